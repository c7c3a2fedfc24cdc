"""Makes the images, for set-up scripts: all that grading needs, with the course's packages.

Run as a program (`python -m grader.run.prepare`). It says nothing if there is nothing to do. With
names (`… browser`) it makes those images instead, the optional ones too.
"""

from __future__ import annotations

import sys
from pathlib import Path

from grader.loading import LoadError, load_course
from grader.testbed.engine import EngineError, connect
from grader.testbed.images import NEEDED, PARENTS, ensure_images
from grader.testbed.packages import ensure_packages


def main(names: list[str]) -> int:
    """Make what is missing; 0 when all is there, 2 for an image that we don't have."""
    if unknown := sorted(set(names) - set(PARENTS)):
        print(f"no image is called {', '.join(unknown)}", file=sys.stderr)  # noqa: T201 - a command
        return 2
    try:
        packages = load_course(Path()).packages.python
        client = connect()
        try:
            ensure_images(client, names or NEEDED, say)
            if not names:
                ensure_packages(client, packages, say)
        finally:
            client.close()
    except (EngineError, LoadError) as error:
        print(f"set-up: {error}", file=sys.stderr)  # noqa: T201 - a command
        return 1
    return 0


def say(line: str) -> None:
    """Tell the person what is being done."""
    print(f"set-up: {line}", flush=True)  # noqa: T201 - a command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
