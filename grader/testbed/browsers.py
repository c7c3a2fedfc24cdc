"""Browsers: the one in our image, and the one that a student's machine may have."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from grader.resources import browser_command

CHROMIUM = "/usr/lib/chromium/chromium-headless-shell"
"""Where Debian's package, and so our image, has it."""

CANDIDATES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

NO_IMAGE = f"the browser's image is not here (to get it: {browser_command()})"
NO_CHROMIUM = "neither Chromium nor Chrome is on this machine"


def find_browser(which: Callable[[str], str | None] = shutil.which) -> str:
    """Return the Chromium or Chrome of this machine, or an empty text."""
    return next((found for name in CANDIDATES if (found := which(name))), "")


def visit_command(browser: str, *, python: str = sys.executable, root: Path | str) -> list[str]:
    """Return the command of our program that visits pages with that browser; the URL and the rest
    follow. `root` is the folder that has the package `grader`.

    -I: nothing is imported from where it runs, or from where the environment says.
    """
    code = (
        "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "
        "runpy.run_module('grader.browser', run_name='__main__', alter_sys=True)"
    )
    return [python, "-I", "-S", "-c", code, str(root), "--browser", browser]
