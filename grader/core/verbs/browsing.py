"""Verbs of a real browser: it visits a page of the student's server, and what it then shows."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from grader.agent import protocol as p
from grader.core.matching import Match, whole, within
from grader.core.outcome import Verdict
from grader.core.page import Page, path_of
from grader.core.stage import Running, Stage
from grader.core.verbs.blame import culprit, ended, gone
from grader.core.verbs.expecting import Matching
from grader.core.verbs.registry import DONE, Action, Done, Judgement, Role, verb

LOAD_SECONDS = 15.0  # for a page to be done, from when the browser begins to ask for it
OUTPUT_LIMIT = 4 << 20  # bytes; a screenshot is the most of it
SHOWN = 2000  # characters of a page that a report shows

# What the browser says when it shows an error page, in words that lead to the mistake.
_ERRORS = {
    "ERR_EMPTY_RESPONSE": "your server closed the connection without sending anything",
    "ERR_CONNECTION_RESET": "your server reset the connection",
    "ERR_CONNECTION_CLOSED": "your server closed the connection too early",
    "ERR_CONNECTION_ABORTED": "the connection broke off",
    "ERR_CONNECTION_REFUSED": "your server refused the connection",
    "ERR_SOCKET_NOT_CONNECTED": "the connection broke off",
    "ERR_INVALID_HTTP_RESPONSE": "what your server sent is not an HTTP response",
    "ERR_RESPONSE_HEADERS_TRUNCATED": "the header ended before its empty line",
    "ERR_RESPONSE_HEADERS_TOO_BIG": "the header has no end",
    "ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH": "Content-Length is there twice, and differs",
    "ERR_CONTENT_LENGTH_MISMATCH": "fewer bytes came than Content-Length says",
    "ERR_INCOMPLETE_CHUNKED_ENCODING": "the chunks of the body have no end",
    "ERR_INVALID_CHUNKED_ENCODING": "Transfer-Encoding says chunked, but the body has no chunks",
    "ERR_CONTENT_DECODING_FAILED": "Content-Encoding names what the body is not",
    "ERR_TOO_MANY_REDIRECTS": "one redirect follows the other without end",
    "ERR_UNSAFE_REDIRECT": "the redirect leads where a browser must not go",
    "ERR_NAME_NOT_RESOLVED": "it leads to another machine, which is not there in the test",
}


@verb(
    "visits",
    [Role.BROWSER],
    example="visitor visits: /index.html",
    shorthand="path",
    makes=Role.BROWSER,
)
class Visits(Action, frozen=True):
    """Open a page of the student's server in a real browser (headless Chromium), with all that
    belongs to it, and wait until it is shown. A screenshot goes into the result. Without a browser
    on this machine the check is skipped, and its points do not count.

    path: the page's path
    status: the status code it must have, or a class such as 4xx
    """

    path: str
    status: int | str = "2xx"

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Start the browser."""
        where, server = stage.serving(), stage.server()
        host = server.host if server else "127.0.0.1"
        host = f"[{host}]" if ":" in host else host
        path = stage.fill(actor, self.path).decode("utf-8", "replace")
        url = f"http://{host}:{where.port if where else 80}/{path.lstrip('/')}"
        stage.programs[actor] = Running(actor)
        stage.pages[actor] = Page(url)
        if stage.browser.agent:
            argv = ["{visit}", "--url", url, "--seconds", str(LOAD_SECONDS)]
            yield p.Spawn(actor, argv, terminal=False, output_limit=OUTPUT_LIMIT)

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Wait until it has told all, then judge what came of the page."""
        if not stage.browser.agent:
            return Verdict("no_tool", f"not tried: {stage.browser.why_not}")
        page, running = stage.pages[actor], stage.program(actor)
        if running.failed:
            return Verdict("our_side_failed", f"the browser could not be run: {running.failed}")
        if running.exited is None:
            return None
        if page.broken or running.limit or not page.opened:
            why = page.broken or running.limit or ended(running)
            if stage.browser.borrowed and not page.fetches:
                return Verdict("no_tool", f"not tried: this machine's browser failed: {why}")
            return Verdict("our_side_failed", f"the browser failed: {why}")
        return self._came(stage, actor, page) or DONE

    def _came(self, stage: Stage, actor: str, page: Page) -> Verdict | None:
        """Say why the page is not there; None when it is."""
        got = page.main
        if got and got.status and not fits(self.status, got.status):
            message = f"your server answered the browser with {got.status} {got.phrase}".rstrip()
            return culprit(stage, actor) or Verdict(
                "wrong_status",
                f"{message}, it should be {self.status}",
                f"HTTP/1.1 {self.status}".encode(),
                f"HTTP/1.1 {got.status} {got.phrase}".encode(),
            )
        if (why := _not_shown(page)) is None:
            for fetch in page.fetches:
                if fetch.error:
                    stage.deviate(f"the browser lost {path_of(fetch.url)}: {words(fetch.error)}")
            return None
        after = gone(stage, actor)
        message = f"the browser shows no page: {why}" + (f"; {after}" if after else "")
        return culprit(stage, actor) or Verdict("not_shown", message, stuck=stage.stuck)

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Our program has limits of its own, and should have ended long ago."""
        del stage, actor
        return Verdict("our_side_failed", f"the browser does not come to an end ({why})")

    def settles(self) -> bool:
        """A server that waits may be waiting for the browser, which is at work."""
        return False

    def patience(self, stage: Stage, actor: str) -> float:
        """Long enough for the browser's own limits."""
        del actor
        return stage.limits.check_seconds


def _not_shown(page: Page) -> str | None:
    """Say why the browser does not show the page; None if it does."""
    got = page.main
    if page.refused:
        if "ERR_ABORTED" in page.refused and got:
            kind = got.type or "unknown"
            return f"it would save the page as a file, because its Content-Type is {kind}"
        return words(page.refused)
    if page.seen and (page.done or not (got and not got.over)):
        return None
    if page.hangs:
        return "a script of the page never ends"
    if got and got.error:
        return words(got.error)
    if got:
        return (
            f"it was still loading after {LOAD_SECONDS:g} seconds, because your server neither "
            "closed the connection nor sent as many bytes as Content-Length says"
        )
    return f"it waited {LOAD_SECONDS:g} seconds and got no answer"


def words(error: str) -> str:
    """Say what one of the browser's errors means, with its own name for it."""
    code = error.removeprefix("net::")
    meaning = _ERRORS.get(code)
    return f"{meaning} ({code})" if meaning else code


def fits(wanted: int | str, status: int) -> bool:
    """Tell whether a status is the one wanted, or of its class (`4xx`)."""
    text = str(wanted).lower()
    return text == str(status) or (text.endswith("xx") and text[0] == str(status)[0])


class _Looking(Matching, frozen=True):
    """What the expectations on a page share."""

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """All is known as soon as it begins."""
        del stage, actor
        return Verdict("internal", f"a look at a page has waited: {why}")


@verb(
    "sees title", [Role.BROWSER], example='visitor sees title: "Welcome ${word}"', shorthand="text"
)
class SeesTitle(_Looking, frozen=True):
    """Expect the page to have a title, as the browser shows it on its tab: without white space
    around it, and after its scripts have run.
    """

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Compare it."""
        page, pattern = stage.pages[actor], self.pattern(stage, actor)
        title = page.title.encode()
        if isinstance(whole(pattern, title), Match):
            return DONE
        message = "the page has no title in the browser"
        if title:
            message = "the title in the browser is another than it should be"
        return Verdict("wrong_page", message + _instead(page), pattern.shown(), title[:SHOWN])


@verb("sees", [Role.BROWSER], example='visitor sees: "Hello ${word}"', shorthand="text")
class Sees(_Looking, frozen=True):
    """Expect a text to be seen on the page, as a person would read it: tags, comments, scripts and
    what is hidden are no part of it.
    """

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Look for it."""
        page, pattern = stage.pages[actor], self.pattern(stage, actor)
        if within(pattern, page.text.encode()):
            return DONE
        message = "the text is not to be seen on the page"
        if not page.text.strip():
            message = "the page is blank in the browser"
        seen = page.text.encode()[:SHOWN]
        return Verdict("wrong_page", message + _instead(page), pattern.shown(), seen)


@verb("sees image", [Role.BROWSER], example="visitor sees image: logo.png", shorthand="name")
class SeesImage(Action, frozen=True):
    """Expect an image of the page to be shown, and not the sign of a broken one.

    name: its file name, or the end of its path
    """

    name: str

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Look for it."""
        page = stage.pages[actor]
        name = stage.fill(actor, self.name).decode("utf-8", "replace")
        image, fetch = page.image(name), page.fetch(name)
        if image and image.shown:
            return DONE
        if image is None:
            message = f"the page has no image {name}{_instead(page)}"
        elif fetch is None:
            message = f"the browser could not ask for the image {name}"
        elif fetch.error:
            message = f"the browser shows the image {name} as broken: {words(fetch.error)}"
        elif not fetch.over:
            message = f"the browser still waits for the image {name}"
            message += " to be complete" if fetch.status else ""
        elif fetch.status >= 400:
            status = f"{fetch.status} {fetch.phrase}".rstrip()
            message = f"the browser shows the image {name} as broken: it was answered {status}"
        else:
            message = (
                f"the browser shows the image {name} as broken: what came "
                f"({fetch.type or 'without a Content-Type'}) is no image"
            )
        failure = culprit(stage, actor)
        if failure:
            return msgspec.structs.replace(failure, message=f"{failure.message} ({message})")
        after = gone(stage, actor)
        return Verdict("wrong_page", message + (f"; {after}" if after else ""), stuck=stage.stuck)


def _instead(page: Page) -> str:
    """Add what the browser took the page for, where that explains what is missing."""
    if page.type and page.type not in {"text/html", "application/xhtml+xml"}:
        return f": it was taken for {page.type}, not for HTML"
    if page.main and page.main.error:
        return f": {words(page.main.error)}"
    return ""
