"""One visit: opens a page, follows what the browser fetches, and tells what it shows.

A page is *done* when its load event has fired (or its transfer has failed half-way, after which
there is none) and nothing has been fetched for a moment after it, for scripts fetch, too; one that
fetches for ever is done after `LINGER`. A page that is not done in time is told as it then is: what
a person would see who waited that long.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from time import monotonic
from typing import Any

from grader.browser.devtools import BrowserError, DevTools, TimeIsUpError

START_SECONDS = 40.0  # for the browser to start and to answer: a backstop for loaded machines
LOOK_SECONDS = 10.0  # for a page to let us look at it
QUIET = 0.15  # seconds without a fetch after which a loaded page is done
LINGER = 3.0  # seconds after its load event in which a page may go on fetching
WIDTH, HEIGHT = 1024, 768
MAX_TEXT = 64 * 1024  # characters of a page's text
MAX_ITEMS = 50  # images, and fetches told
MAX_PICTURE = 1 << 20  # bytes of a screenshot

Tell = Callable[..., None]

_LOOK = f"""(() => ({{
  title: document.title.slice(0, 1000),
  text: (document.body ? document.body.innerText : "").slice(0, {MAX_TEXT}),
  type: document.contentType,
  images: [...document.images].slice(0, {MAX_ITEMS}).map(image => ({{
    src: image.currentSrc.slice(0, 2000) || image.src.slice(0, 2000),
    shown: image.complete && image.naturalWidth > 0,
  }})),
}}))()"""


class Visit:
    """A browser with one page open."""

    def __init__(self, browser: DevTools, tell: Tell) -> None:
        self._browser, self._tell = browser, tell
        self._urls: dict[str, str] = {}  # what is being fetched, by the browser's number for it
        self._navigation = 0
        self._refused = ""  # why no page came of it
        self._mains: set[str] = set()  # its numbers for the page itself
        self._told = 0
        self._loaded_at: float | None = None
        self._quiet_since = 0.0

    def prepare(self) -> None:
        """Take over the browser's page; raises `BrowserError`."""
        try:
            self._frame = self._page()
            attached = self._ask("Target.attachToTarget", targetId=self._frame, flatten=True)
            self._browser.session = attached["sessionId"]
            for domain in ("Page", "Network", "Runtime", "Inspector"):
                self._ask(f"{domain}.enable")
            self._ask(
                "Emulation.setDeviceMetricsOverride",
                width=WIDTH,
                height=HEIGHT,
                deviceScaleFactor=1,
                mobile=False,
            )
        except TimeIsUpError as error:
            raise BrowserError(f"the browser did not answer ({error})") from error

    def open(self, url: str, seconds: float) -> None:
        """Go to the page and wait until it is done; then tell what is seen of it."""
        self._quiet_since = monotonic()
        self._navigation = self._browser.send("Page.navigate", url=url)
        done = self._wait(monotonic() + seconds)
        waiting = [url[:2000] for url in list(self._urls.values())[:MAX_ITEMS]]
        self._tell("opened", error=self._refused, done=done, waiting=waiting)
        if self._begun and not self._refused and self._look():
            self._picture()

    # ------------------------------------------------------------------------------ inside

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        answer = self._browser.call(method, START_SECONDS, **params)
        if "error" in answer:
            raise BrowserError(f"{method}: {answer['error'].get('message', 'refused')}")
        return answer

    def _page(self) -> str:
        """Return the browser's page, which comes a moment after the browser."""
        end = monotonic() + START_SECONDS
        while monotonic() < end:
            for target in self._ask("Target.getTargets")["targetInfos"]:
                if target["type"] == "page":
                    return str(target["targetId"])
            list(self._browser.messages(0.05))
        raise BrowserError("the browser opened no page")

    def _wait(self, end: float) -> bool:
        """Follow what happens until the page is done, and tell whether it was in time."""
        while not self._refused:
            now = monotonic()
            if self._loaded_at is not None:
                quiet = not self._urls and now >= self._quiet_since + QUIET
                if quiet or now >= self._loaded_at + LINGER:
                    return True
            if now >= end:
                return False
            for message in self._browser.messages(min(0.05, end - now)):
                if message.get("id") == self._navigation:
                    self._refused = message.get("result", {}).get("errorText", "")
                self._heed(message.get("method", ""), message.get("params", {}))
        return True

    def _heed(self, what: str, news: dict[str, Any]) -> None:
        match what:
            case "Page.frameNavigated":
                self._begun = True
            case "Page.loadEventFired":
                self._loaded_at = self._quiet_since = monotonic()
            case "Page.javascriptDialogOpening":  # alert() would keep the page waiting for a click
                self._browser.send("Page.handleJavaScriptDialog", accept=True)
            case "Inspector.targetCrashed":
                raise BrowserError("the browser's page crashed")
            case "Runtime.exceptionThrown":
                details = news.get("exceptionDetails", {})
                thrown = details.get("exception", {}).get("description") or details.get("text", "")
                self._say("script", error=thrown[:500])
            case _ if what.startswith("Network."):
                self._fetched(what, news)

    def _fetched(self, what: str, news: dict[str, Any]) -> None:
        number = news.get("requestId", "")
        match what:
            case "Network.requestWillBeSent":
                url = news["request"]["url"]
                if url.startswith("http"):
                    self._urls[number] = url
                    self._quiet_since = monotonic()
                    self._say("asked", url=url[:2000])
            case "Network.responseReceived" if number in self._urls:
                answer = news["response"]
                self._say(
                    "answered",
                    url=answer["url"][:2000],
                    status=answer["status"],
                    phrase=answer.get("statusText", "")[:200],
                    type=answer.get("mimeType", "")[:200],
                    main=self._is_main(number, news),
                )
            case "Network.loadingFinished" if number in self._urls:
                url = self._urls.pop(number)
                self._quiet_since = monotonic()
                self._say("got", url=url[:2000], size=int(news.get("encodedDataLength", 0)))
            case "Network.loadingFailed" if number in self._urls:
                url = self._urls.pop(number)
                self._quiet_since = monotonic()
                self._say("lost", url=url[:2000], error=news.get("errorText", ""))
                if number in self._mains:
                    self._loaded_at = self._loaded_at or monotonic()

    def _is_main(self, number: str, news: dict[str, Any]) -> bool:
        """Tell whether it is the page itself and no part of it, nor a page within it."""
        if news.get("type") == "Document" and news.get("frameId") == self._frame:
            self._mains.add(number)
        return number in self._mains

    def _say(self, what: str, **facts: Any) -> None:
        """Tell something that a page may cause without end."""
        self._told += 1
        if self._told <= 4 * MAX_ITEMS:
            self._tell(what, **facts)

    def _look(self) -> bool:
        """Tell what the page shows; a script that never ends keeps even us from looking."""
        try:
            answer = self._browser.call(
                "Runtime.evaluate", LOOK_SECONDS, expression=_LOOK, returnByValue=True
            )
        except TimeIsUpError:
            self._tell("hangs")
            return False
        seen = answer.get("result", {}).get("value")
        if not isinstance(seen, dict):
            raise BrowserError("the browser did not say what it shows")
        self._tell("shows", **seen)
        return True

    def _picture(self) -> None:
        """Tell what it looks like, smaller if it would be too large."""
        for scale in (1, 0.5, 0.25):
            clip = {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "scale": scale}
            try:
                answer = self._browser.call(
                    "Page.captureScreenshot", LOOK_SECONDS, format="png", clip=clip
                )
            except TimeIsUpError:
                return
            data = answer.get("data", "")
            if data and len(base64.b64decode(data)) <= MAX_PICTURE:
                self._tell("picture", png=data)
                return
