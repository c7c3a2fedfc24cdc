"""Verbs of what our sockets hear: replies, messages, silence, the end of a stream."""

from __future__ import annotations

from grader.agent.wire import raw
from grader.core.matching import PADDING, Match, Miss, Pattern, front, whole
from grader.core.outcome import Verdict
from grader.core.stage import Stage, Tube
from grader.core.verbs.blame import culprit, gone, hung_up, speaker
from grader.core.verbs.expecting import Expecting, mismatch
from grader.core.verbs.peers import SOCKETS, STREAMS
from grader.core.verbs.registry import DONE, Action, Done, Holds, Judgement, verb


@verb("expects", SOCKETS, example='alice expects: "HELLO ${upper:word}"', shorthand="text")
class Expects(Expecting, frozen=True):
    """Expect bytes on a connection, or one datagram. It fails as soon as what came can no longer
    become what is expected.

    from_anywhere: UDP: accept the reply from another address or port than the server's
    from_port: UDP: the port it must come from, a number or a value such as `${bind}`: that of a
        client which binds its own socket
    """

    from_anywhere: bool = False
    from_port: int | str | None = None

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Match what came so far."""
        tube = stage.tube(actor)
        if tube.udp:
            return self._datagram(stage, actor, tube)
        return self._stream(stage, actor, tube)

    def _stream(self, stage: Stage, actor: str, tube: Tube) -> Judgement:
        pattern = self.pattern(stage, actor)
        _skip_padding(stage, actor, tube, pattern)
        data = bytes(tube.inbox)
        answer = front(pattern, data)
        if isinstance(answer, Match):
            if pattern.exact and len(data) > answer.used:
                answer = Miss(answer.used, extra=True)
            elif tube.over or not (pattern.exact or answer.open):
                return _take(tube, answer)
            else:
                return Holds()
        if isinstance(answer, Miss):
            return mismatch(speaker(stage, actor), pattern, data, answer)
        return self._unmet(stage, actor, pattern, data) if tube.over else None

    @staticmethod
    def _unmet(stage: Stage, actor: str, pattern: Pattern, data: bytes) -> Verdict:
        """The connection has ended before it had come."""
        verdict = hung_up(stage, actor, pattern.shown(), data)
        who, wrong, _ = speaker(stage, actor)
        if data and not pattern.is_prefix and verdict.reason == wrong.partial:
            message = f"{who} sent something else than expected"
            return Verdict(wrong.wrong, message, pattern.shown(), data)
        return verdict

    def _datagram(self, stage: Stage, actor: str, tube: Tube) -> Judgement:
        if not tube.datagrams:
            return None
        datagram = tube.datagrams[0]
        data, pattern = raw(datagram.data), self.pattern(stage, actor)
        server = None if tube.hosting else stage.server()
        if server and not self.from_anywhere and datagram.port != server.port:
            message = (
                f"the reply came from port {datagram.port}, "
                f"but the message was sent to port {server.port}"
            )
            return Verdict("wrong_source", message, pattern.shown(), data)
        if failure := self._other_port(stage, actor, datagram.port):
            return failure
        answer = whole(pattern, data)
        if isinstance(answer, Miss):
            return mismatch(speaker(stage, actor), pattern, data, answer)
        if answer.padding:
            stage.deviate(padding_note(stage, actor, answer.padding), "padding")
        tube.datagrams.popleft()
        tube.peer = (datagram.host, datagram.port)
        if tube.hosting and datagram.local_port not in {0, tube.ports[0]}:
            note = f"sends to port {datagram.local_port}, not {tube.ports[0]}"
            stage.deviate(note, "port")
            tube.local_port = stage.client_port = datagram.local_port
        tube.matched += 1
        return DONE

    def _other_port(self, stage: Stage, actor: str, port: int) -> Verdict | None:
        """Judge where a datagram came from, if that matters."""
        if self.from_port is None:
            return None
        wanted = stage.fill(actor, str(self.from_port))
        if wanted == str(port).encode():
            return None
        message = (
            f"{speaker(stage, actor).who} sent from port {port}, "
            f"not from port {wanted.decode('utf-8', 'replace')}"
        )
        return Verdict("wrong_bind", message, wanted, str(port).encode())

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Take what holds, or tell what is missing."""
        tube = stage.tube(actor)
        pattern, data = self.pattern(stage, actor), bytes(tube.inbox)
        if not tube.udp and isinstance(answer := front(pattern, data), Match):
            return _take(tube, answer)
        if failure := culprit(stage, actor, expected=pattern.shown(), received=data):
            return failure
        who, wrong, _ = speaker(stage, actor)
        why = gone(stage, actor) or why
        if not data:
            return Verdict(
                wrong.missing, f"{who} sent nothing ({why})", pattern.shown(), b"", stage.stuck
            )
        code, message = wrong.partial, f"{who} sent only part of what it should ({why})"
        if not pattern.is_prefix:
            code, message = wrong.wrong, f"{who} sent something else than expected ({why})"
        return Verdict(code, message, pattern.shown(), data, stage.stuck)


def _take(tube: Tube, match: Match) -> Done:
    """Take what was expected off the connection."""
    del tube.inbox[: match.used]
    tube.matched += 1
    return DONE


def _skip_padding(stage: Stage, actor: str, tube: Tube, pattern: Pattern) -> None:
    """Drop what the reply before left behind: println's newline, a fixed buffer's NULs."""
    if not tube.matched or not pattern.shown()[:1].strip(PADDING):
        return
    rest = tube.inbox.lstrip(PADDING)
    if padding := bytes(tube.inbox[: len(tube.inbox) - len(rest)]):
        stage.deviate(padding_note(stage, actor, padding), "padding")
        del tube.inbox[: len(padding)]


def padding_note(stage: Stage, actor: str, padding: bytes) -> str:
    """Say which harmless bytes followed a reply."""
    due = speaker(stage, actor).due
    if padding.strip(b"\r\n") == b"":
        return f"sends a newline after {due}"
    return f"fills {due} up with NUL bytes"


@verb("hears nothing", SOCKETS, example="alice hears nothing", bare=True)
class HearsNothing(Action, frozen=True):
    """Expect silence, until all has settled; the end of the stream is silence too.

    within: seconds to listen at most
    """

    within: float | None = 0.5

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Fail on the first byte."""
        tube = stage.tube(actor)
        heard = bytes(tube.inbox) + b"".join(raw(item.data) for item in tube.datagrams)
        if heard.strip(PADDING) if tube.matched else heard:
            who = speaker(stage, actor).who
            return Verdict("spoke_unasked", f"{who} sent something unasked", b"", heard)
        return DONE if tube.over and not tube.udp else None

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Silence it was."""
        del stage, actor, why
        return DONE


@verb("sees the end", STREAMS, example="alice sees the end", bare=True)
class SeesTheEnd(Action, frozen=True):
    """Expect the student's program to close the connection, with nothing more before it. A reset
    after a complete exchange is noted and accepted.

    strict: a reset, or padding before the end, is a failure
    within: seconds to wait at most, instead of the check's
    """

    strict: bool = False
    within: float | None = None

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Wait for the end."""
        tube = stage.tube(actor)
        data = bytes(tube.inbox)
        extra = data if self.strict else data.strip(PADDING)
        who, wrong, _ = speaker(stage, actor)
        if extra:
            message = f"{who} sent {len(data)} more byte{'s' * (len(data) != 1)} before the end"
            return Verdict(wrong.extra, message, b"", data)
        if data and tube.over:
            stage.deviate(padding_note(stage, actor, data), "padding")
        if tube.broken and not tube.ended:
            if self.strict:
                return Verdict("reset", f"{who} reset the connection instead of closing it")
            stage.deviate("resets the connection instead of closing it", "reset")
        return DONE if tube.over else None

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """It is still open."""
        message = f"{speaker(stage, actor).who} keeps the connection open ({why})"
        return culprit(stage, actor) or Verdict("not_closed", message, stuck=stage.stuck)


@verb("stays connected", STREAMS, example="alice stays connected", bare=True)
class StaysConnected(Action, frozen=True):
    """Expect the connection to be still open once all has settled.

    within: seconds to watch it at most
    """

    within: float | None = 0.5

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Fail when it ends."""
        tube = stage.tube(actor)
        if not tube.over:
            return None
        how = "reset" if tube.broken else "closed"
        message = f"{speaker(stage, actor).who} {how} the connection too early"
        return culprit(stage, actor) or Verdict("closed_early", message)

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """It is."""
        del stage, actor, why
        return DONE
