"""Verbs of HTTP."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from grader.agent import protocol as p
from grader.agent.wire import text
from grader.core import http
from grader.core.matching import PADDING, differs_at
from grader.core.outcome import Verdict
from grader.core.stage import Stage, Tube
from grader.core.verbs.blame import culprit, gone, hung_up
from grader.core.verbs.expecting import made
from grader.core.verbs.registry import DONE, Action, Done, Holds, Judgement, Role, verb

KEPT = 2000  # bytes of what came that a report shows


@verb("requests", [Role.CLIENT], example="alice requests: GET /index.html", shorthand="line")
class Requests(Action, frozen=True):
    """Send an HTTP request, with `Connection: close` unless the headers say otherwise.

    line: method and target, with another version than HTTP/1.1 behind it if need be
    headers: header lines beside Host, User-Agent, Accept and Connection
    body: the request's body
    """

    line: str
    headers: dict[str, str] = {}
    body: Any = ""

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Send it."""
        where = stage.serving()
        line = stage.fill(actor, self.line).decode()
        host = f"localhost:{where.port if where else 0}"
        data = http.request(line, self.headers, made(stage, actor, self.body), host)
        tube = stage.tube(actor)
        tube.sending += 1
        stage.record(actor, "sent", text(data))
        yield p.Send(tube.name, [text(data)])

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Go on when it is sent."""
        tube = stage.tube(actor)
        return DONE if not tube.sending or tube.over else None

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """The request is not read."""
        message = f"your server does not read the request ({why})"
        return culprit(stage, actor) or Verdict("no_reply", message, stuck=stage.stuck)


@verb("gets response", [Role.CLIENT], example="alice gets response: 200", shorthand="status")
class GetsResponse(Action, frozen=True):
    """Expect a complete HTTP response.

    status: the status code, a class such as 4xx, or a list of them
    type: what Content-Type must begin with
    headers: values that header lines must have; an empty text means any value
    body: the exact body
    contains: a text that occurs in the body
    lacks: a text that must not occur in the body
    head: the request was HEAD: a header without a body
    strict: breaches of RFC 9112 that browsers forgive are failures, as are bytes after the body and
    a wrong Content-Length; without, they are noted
    or_close: a connection closed without any response is accepted too
    within: seconds to wait at most, instead of the check's
    """

    status: int | str | list[int | str] = "2xx"
    type: str | None = None
    headers: dict[str, str] = {}
    body: Any = None
    contains: Any = None
    lacks: Any = None
    head: bool = False
    strict: bool = False
    or_close: bool = False
    within: float | None = None

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Parse what came so far."""
        tube = stage.tube(actor)
        data = _heard(tube)
        if tube.over and self.or_close and not data:
            return culprit(stage, actor) or Holds()
        answer = self._parsed(data, ended=tube.over)
        if answer is None:
            return None
        if isinstance(answer, http.Malformed):
            return _malformed(stage, actor, answer, data)
        if verdict := self._wrong(stage, actor, answer, data):
            return verdict
        more = self.strict or self.head or self.lacks is not None  # what comes later counts, too
        if answer.short or (more and not tube.over):  # … as does why it is short
            return Holds()
        return self._take(stage, tube, answer)

    def _parsed(self, data: bytes, *, ended: bool) -> http.Response | http.Malformed | None:
        return http.response(data, ended=ended, method="HEAD" if self.head else "GET")

    @staticmethod
    def _take(stage: Stage, tube: Tube, answer: http.Response) -> Done:
        if tube.broken and not tube.ended:
            stage.deviate("resets the connection instead of closing it", "reset")
        for finding in answer.findings:
            stage.deviate(finding, "http")
        rest = answer.extra.lstrip(PADDING)  # on a connection kept open, the next response
        tube.inbox[:] = rest if rest.startswith(b"HTTP/") else b""
        tube.matched += 1
        return DONE

    def _wrong(self, stage: Stage, actor: str, got: http.Response, data: bytes) -> Verdict | None:
        if leaked := self._leaked(stage, actor, got):  # whatever the status says
            return leaked
        head = data.split(b"\r\n\r\n", 1)[0][:1000]
        wanted = self.status if isinstance(self.status, list) else [self.status]
        if not any(_fits(item, got.status) for item in wanted):
            shown = " or ".join(str(item) for item in wanted)
            message = f"the status is {got.status}, it should be {shown}"
            return Verdict("wrong_status", message, f"HTTP/1.1 {shown}".encode(), head)
        headers = {**self.headers, **({"Content-Type": self.type} if self.type else {})}
        for name, value in headers.items():
            has = got.header(name)
            if has is None:
                message = f"the header {name} is missing"
                return Verdict("wrong_header", message, f"{name}: {value}".encode(), head)
            if not has.lower().startswith(stage.fill(actor, value).decode().lower()):
                message = f"the header {name} is {has!r}, it should be {value!r}"
                return Verdict("wrong_header", message, f"{name}: {value}".encode(), head)
        if got.short and (failure := culprit(stage, actor)):
            return msgspec.structs.replace(failure, received=data[:KEPT])
        if self.strict and got.short:
            return Verdict("wrong_header", got.short, None, head)
        if self.strict and got.findings:
            return Verdict("not_http", got.findings[0], None, head)
        if self.strict and got.extra:
            message = f"{len(got.extra)} bytes came after the end of the body"
            return Verdict("wrong_header", message, b"", got.extra)
        return self._wrong_body(stage, actor, got)

    def _wrong_body(self, stage: Stage, actor: str, got: http.Response) -> Verdict | None:
        whole = got.body + got.extra
        if self.head and got.extra:
            message = "a response to HEAD has no body (RFC 9110, section 9.3.2)"
            return Verdict("wrong_body", message, b"", got.extra[:KEPT])
        if got.short and self.body is None and stage.tube(actor).broken:
            return Verdict("partial_reply", got.short, None, got.body[:KEPT])
        if self.body is not None:
            body = made(stage, actor, self.body)
            if not _same(stage, body, got):
                at = differs_at(body, whole)
                message = (
                    f"the body is not the file: {len(whole)} bytes instead of {len(body)}, "
                    f"different from byte {at + 1} on"
                )
                return Verdict("wrong_body", message, body[:KEPT], whole[:KEPT], differs_at=at)
        if self.contains is not None:
            part = made(stage, actor, self.contains)
            if part not in whole:
                return Verdict(
                    "wrong_body",
                    f"the body does not have {_named(self.contains)}",
                    part,
                    whole[:KEPT],
                )
        return None

    def _leaked(self, stage: Stage, actor: str, got: http.Response) -> Verdict | None:
        whole = got.body + got.extra
        if self.lacks is None or made(stage, actor, self.lacks) not in whole:
            return None
        message = "the body shows what must not leave the server"
        return Verdict("file_leaked", message, None, whole[:KEPT])

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Take what holds, or tell that the response is missing or incomplete."""
        tube = stage.tube(actor)
        data = _heard(tube)
        answer = self._parsed(data, ended=tube.over)
        if isinstance(answer, http.Response):
            return self._take(stage, tube, answer)
        if failure := culprit(stage, actor):
            return failure
        if tube.over and self.or_close and not data:
            return DONE
        if not data:
            message = f"your server sent nothing ({gone(stage, actor) or why})"
            return Verdict("no_reply", message, None, b"", stage.stuck)
        answer = self._parsed(data, ended=True)
        if isinstance(answer, http.Malformed) and not answer.header_only:
            message = f"{answer.problem}, and the connection stays open ({why})"
            return Verdict("not_http", message, None, data[:KEPT], stage.stuck)
        said = "no Content-Length says where it ends, and the connection was not closed"
        if isinstance(answer, http.Malformed):
            said = answer.problem
        elif answer is not None and answer.short:
            said = answer.short.replace("before the end", "so far")
        message = f"the response is not complete: {said} ({why})"
        return Verdict("partial_reply", message, None, data[:KEPT], stage.stuck)


def _same(stage: Stage, body: bytes, got: http.Response) -> bool:
    """Compare the content apart from its framing: a wrong Content-Length, or bytes after what it
    says, are failures only where the response is judged strictly.
    """
    if got.body == body:
        return True
    if got.body + got.extra != body:
        return False
    finding = f"Content-Length says {len(got.body)} bytes, the body has {len(body)}"
    stage.deviate(finding, "http")
    return True


def _heard(tube: Tube) -> bytes:
    """Return what came, without the line end that may have followed the response before."""
    data = bytes(tube.inbox)
    return data.lstrip(b"\r\n") if tube.matched else data


def _malformed(stage: Stage, actor: str, answer: http.Malformed, data: bytes) -> Verdict:
    if not data:
        return hung_up(stage, actor, b"HTTP/1.1 ", data)
    if (answer.cut or answer.header_only) and (failure := culprit(stage, actor)):
        return msgspec.structs.replace(failure, received=data[:KEPT])
    why = gone(stage, actor)
    problem = answer.problem + (f"; {why}" if why else "")
    if answer.header_only:
        return Verdict("partial_reply", problem, None, data[:KEPT])
    return Verdict("not_http", problem, b"HTTP/1.1 ", data[:KEPT])


def _named(value: Any) -> str:
    return (
        f"the text of {value['file']}" if isinstance(value, dict) and "file" in value else "a text"
    )


def _fits(wanted: int | str, status: int) -> bool:
    text_ = str(wanted).lower()
    return text_ == str(status) or (text_.endswith("xx") and text_[0] == str(status)[0])
