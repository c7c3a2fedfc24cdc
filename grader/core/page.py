"""A page as a real browser showed it: made line by line from what `grader.browser` prints.

The browser is ours and told to be brief; what a page says in it is the student's, like anything a
program prints. Nothing here decides: the verbs of a browser read it.
"""

from __future__ import annotations

import base64
import binascii
from urllib.parse import unquote, urlsplit

import msgspec

PNG = b"\x89PNG\r\n\x1a\n"


class Browser(msgspec.Struct, frozen=True):
    """The browser a bench has."""

    agent: str = ""  # which runs it; empty: there is none …
    why_not: str = "no browser is here"  # … for this reason
    borrowed: bool = False  # not ours, but what this machine has: it need not work


class Image(msgspec.Struct, frozen=True):
    """An image of the page, and whether it is to be seen."""

    src: str
    shown: bool


class Fetch(msgspec.Struct):
    """One thing the browser asked the server for."""

    url: str
    status: int = 0  # 0: no answer came
    phrase: str = ""
    type: str = ""
    size: int = 0
    error: str = ""  # why it was lost, in the browser's words
    over: bool = False


class Told(msgspec.Struct, frozen=True):
    """One line; see `grader.browser.__main__` for which has what."""

    what: str
    url: str = ""
    error: str = ""
    status: int = 0
    phrase: str = ""
    type: str = ""
    size: int = 0
    main: bool = False
    done: bool = False
    title: str = ""
    text: str = ""
    images: list[Image] = []
    waiting: list[str] = []
    png: str = ""


class Page:
    """One visit to a page."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.fetches: list[Fetch] = []
        self.main: Fetch | None = None  # the page itself, once it was answered
        self.refused = ""  # why the browser shows an error page instead
        self.opened = self.done = self.hangs = self.seen = False
        self.title = self.text = self.type = ""
        self.images: list[Image] = []
        self.waiting: list[str] = []
        self.script_errors: list[str] = []
        self.picture = b""
        self.broken = ""  # the browser itself failed
        self._rest = b""

    def take(self, data: bytes) -> list[tuple[str, str]]:
        """Take in what was printed; return what a transcript should say of it."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        said: list[tuple[str, str]] = []
        for line in lines:
            try:
                told = msgspec.json.decode(line, type=Told)
            except msgspec.MsgspecError as error:
                self.broken = self.broken or f"it said what is not understood: {error}"
                continue
            said += self._fold(told)
        return said

    def fetch(self, name: str) -> Fetch | None:
        """Return the last fetch of a file by its path, or the end of it."""
        found = [item for item in self.fetches if named(item.url, name)]
        return found[-1] if found else None

    def image(self, name: str) -> Image | None:
        """Return the image of that name; one that is to be seen, if there are several."""
        found = [item for item in self.images if named(item.src, name)]
        return next((item for item in found if item.shown), found[0] if found else None)

    def _fold(self, told: Told) -> list[tuple[str, str]]:
        match told.what:
            case "asked":
                self.fetches.append(Fetch(told.url))
                return [("asked for", path_of(told.url))]
            case "answered":
                fetch = self._open(told.url)
                fetch.status, fetch.phrase, fetch.type = told.status, told.phrase, told.type
                self.main = fetch if told.main else self.main
                words = f"{told.status} {told.phrase}".rstrip()
                return [("was answered", f"{path_of(told.url)}: {words}, {told.type}")]
            case "got":
                fetch = self._open(told.url)
                fetch.size, fetch.over = told.size, True
            case "lost":
                fetch = self._open(told.url)
                fetch.error, fetch.over = told.error, True
                return [("lost", f"{path_of(told.url)}: {told.error}")]
            case "script":
                self.script_errors.append(told.error)
                return [("script error", told.error.partition("\n")[0])]
            case "opened":
                self.opened, self.refused, self.done = True, told.error, told.done
                self.waiting = told.waiting
            case "shows":
                self.seen = True
                self.title, self.text, self.type = told.title, told.text, told.type
                self.images = told.images
                return [("shows", told.title or "(no title)")]
            case "hangs":
                self.hangs = True
            case "picture":
                self.picture = _png(told.png)
            case "broken":
                self.broken = told.error or "for an unknown reason"
        return []

    def _open(self, url: str) -> Fetch:
        """Return the fetch of a URL that goes on; redirects begin one anew."""
        for fetch in self.fetches:
            if fetch.url == url and not fetch.over:
                return fetch
        self.fetches.append(Fetch(url))
        return self.fetches[-1]


def path_of(url: str) -> str:
    """Return the path of a URL, with its host where that is not our own."""
    parts = urlsplit(url)
    if parts.hostname in {"127.0.0.1", "localhost", "::1"}:
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return url


def named(url: str, name: str) -> bool:
    """Tell whether a URL's path is, or ends with, a name: `logo.png`, `images/logo.png`."""
    path = unquote(urlsplit(url).path)
    return path.lstrip("/") == name.lstrip("/") or path.endswith("/" + name.lstrip("/"))


def _png(coded: str) -> bytes:
    try:
        data = base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return data if data.startswith(PNG) else b""
