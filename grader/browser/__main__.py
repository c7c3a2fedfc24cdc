"""`python -m grader.browser`: visit a page and tell of it.

--browser COMMAND, --url URL, --seconds N for the page to be done, and --folder DIR for the profile.

Each line printed is one JSON object; `what` says which:

asked {url}; answered {url, status, phrase, type, main}; got {url, size}; lost {url, error}
    what the browser fetches, as it happens
script {error}
    an uncaught error of a script of the page
opened {error, done, waiting}
    how it went: why the browser shows no page, whether it was done in time, what it waits for
shows {title, text, type, images: [{src, shown}]}; hangs {}
    what is seen of the page
picture {png}
    what it looks like, in base64
broken {error}
    the browser itself failed: no fault of the page's

Exit status: 0 when it told all, 1 after `broken`, 2 for a command line that is not ours.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from typing import Any
from urllib.parse import urlsplit

from grader.browser.devtools import BrowserError, DevTools
from grader.browser.visit import Visit


def tell(what: str, **facts: Any) -> None:
    """Print one line."""
    print(json.dumps({"what": what, **facts}), flush=True)  # noqa: T201 - its output


def main(argv: list[str]) -> int:
    """Visit a page."""
    words = dict(zip(argv[::2], argv[1::2], strict=False))
    try:
        url, seconds = words["--url"], float(words["--seconds"])
        command, folder = words["--browser"], words.get("--folder")
        port = urlsplit(url).port or 80
    except (KeyError, ValueError):
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 2
    profile = tempfile.mkdtemp(prefix="visit-", dir=folder)
    browser = None
    try:
        # A browser keeps away from the ports of well-known services; a student may choose any.
        browser = DevTools(command, profile, f"--explicitly-allowed-ports={port}")
        visit = Visit(browser, tell)
        visit.prepare()
        visit.open(url, seconds)
    except BrowserError as error:
        tell("broken", error=str(error))
        return 1
    finally:
        if browser:
            browser.close()
        shutil.rmtree(profile, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
