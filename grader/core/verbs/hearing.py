"""Verbs of what our sockets hear: replies, messages, silence, the end of a stream."""

from __future__ import annotations

from collections.abc import Iterable

from grader.agent import protocol as p
from grader.agent.wire import raw
from grader.core.matching import PADDING, Match, Miss, Pattern, front, whole
from grader.core.outcome import Verdict
from grader.core.stage import Stage, Tube
from grader.core.verbs.expecting import MESSAGE, REPLY, Expecting, Wrong, mismatch
from grader.core.verbs.peers import SOCKETS, STREAMS, culprit, gone
from grader.core.verbs.registry import DONE, Action, Done, Judgement, verb


def speaker(stage: Stage, actor: str) -> tuple[str, Wrong]:
    """Say who is heard, and with which reasons it can fail."""
    if stage.tube(actor).ports and stage.server() is None:
        return "your client", MESSAGE
    return "your server", REPLY


@verb("expects", SOCKETS, example='alice expects: "HELLO ${upper:word}"', shorthand="text")
class Expects(Expecting, frozen=True):
    """Expect bytes on a connection, or one datagram. It fails as soon as what came can no longer
    become what is expected.

    from_anywhere: UDP: accept the reply from another address or port than the server's
    """

    from_anywhere: bool = False

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Match what came so far."""
        tube = stage.tube(actor)
        if tube.udp:
            return self._datagram(stage, actor, tube)
        return self._stream(stage, actor, tube)

    def _stream(self, stage: Stage, actor: str, tube: Tube) -> Judgement:
        pattern = self.pattern(stage, actor)
        data = bytes(tube.inbox)
        if tube.matched and pattern.shown()[:1].strip(PADDING):
            # Bytes left behind by the reply before: println's newline, a fixed buffer's NULs.
            stripped = data.lstrip(PADDING)
            if stripped != data:
                stage.deviate(padding_note(data[: len(data) - len(stripped)]))
                del tube.inbox[: len(data) - len(stripped)]
                data = stripped
        answer = front(pattern, data)
        if isinstance(answer, Match):
            if pattern.exact and len(data) > answer.used:
                answer = Miss(answer.used, extra=True)
            elif not pattern.exact or tube.over or stage.quiet:
                del tube.inbox[: answer.used]
                tube.matched += 1
                return DONE
            else:
                return None
        who, wrong = speaker(stage, actor)
        if isinstance(answer, Miss):
            return mismatch(wrong, pattern, data, answer, who)
        if tube.over:
            return self._cut_short(stage, pattern, tube, who)
        return None

    @staticmethod
    def _cut_short(stage: Stage, pattern: Pattern, tube: Tube, who: str) -> Verdict:
        data = bytes(tube.inbox)
        if failure := culprit(stage):
            message = f"{failure.message} (before it had replied)"
            return Verdict(failure.reason, message, pattern.shown(), data)
        reset = bool(tube.broken)
        how = "reset" if reset else "closed"
        got = f"after {len(data)} bytes" if data else "without a word"
        why = gone(stage)
        message = f"{who} {how} the connection {got}" + (f"; {why}" if why else "")
        if data and pattern.texts and any(text.startswith(data) for text in pattern.texts):
            return Verdict("partial_reply", message, pattern.shown(), data)
        return Verdict("reset" if reset else "closed_early", message, pattern.shown(), data)

    def _datagram(self, stage: Stage, actor: str, tube: Tube) -> Judgement:
        if not tube.datagrams:
            return None
        datagram = tube.datagrams[0]
        data, pattern = raw(datagram.data), self.pattern(stage, actor)
        who, wrong = speaker(stage, actor)
        server = stage.server()
        if server and not self.from_anywhere and datagram.port != server.port:
            message = (
                f"the reply came from port {datagram.port}, "
                f"but the message was sent to port {server.port}"
            )
            return Verdict("wrong_source", message, pattern.shown(), data)
        answer = whole(pattern, data)
        if isinstance(answer, Miss):
            return mismatch(wrong, pattern, data, answer, who)
        if answer.padding:
            stage.deviate(padding_note(answer.padding))
        tube.datagrams.popleft()
        tube.peer = (datagram.host, datagram.port)
        if tube.ports and not server and datagram.local_port not in {0, tube.ports[0]}:
            stage.deviations.add("port")
            stage.deviate(f"sends to port {datagram.local_port}, not {tube.ports[0]}")
            tube.local_port = datagram.local_port
        tube.matched += 1
        return DONE

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Tell what is missing."""
        tube = stage.tube(actor)
        pattern, data = self.pattern(stage, actor), bytes(tube.inbox)
        who, wrong = speaker(stage, actor)
        if pattern.exact and isinstance(front(pattern, data), Match):
            del tube.inbox[:]
            return DONE
        if failure := culprit(stage):
            return Verdict(failure.reason, failure.message, pattern.shown(), data)
        if data:
            message = f"{who} sent only part of what it should ({gone(stage) or why})"
            code = "partial_reply" if wrong is REPLY else wrong.wrong
            if pattern.regex or pattern.contains:
                code = wrong.wrong
                message = f"{who} sent something else than expected"
            return Verdict(code, message, pattern.shown(), data, stage.stuck)
        message = f"{who} sent nothing ({gone(stage) or why})"
        return Verdict(wrong.missing, message, pattern.shown(), b"", stage.stuck)


def padding_note(padding: bytes) -> str:
    """Say which harmless bytes followed a reply."""
    if padding.strip(b"\r\n") == b"":
        return "sends a newline after its reply"
    return "fills its reply up with NUL bytes"


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
            who, _ = speaker(stage, actor)
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
        who, wrong = speaker(stage, actor)
        if extra:
            message = f"{who} sent {len(data)} more bytes before the end"
            return Verdict(wrong.extra, message, b"", data)
        if data and tube.over:
            stage.deviate(padding_note(data))
        if tube.broken and not tube.ended:
            if self.strict:
                return Verdict("reset", f"{who} reset the connection instead of closing it")
            stage.deviate("resets the connection instead of closing it")
        return DONE if tube.over else None

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """It is still open."""
        who, _ = speaker(stage, actor)
        message = f"{who} keeps the connection open ({why})"
        return culprit(stage) or Verdict("not_closed", message, stuck=stage.stuck)


@verb("stays connected", STREAMS, example="alice stays connected", bare=True)
class StaysConnected(Action, frozen=True):
    """Expect the connection to be still open once all has settled.

    within: seconds to watch it at most
    """

    within: float | None = 0.5

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Nothing to do."""
        del stage, actor
        return ()

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Fail when it ends."""
        tube = stage.tube(actor)
        if not tube.over:
            return None
        who, _ = speaker(stage, actor)
        how = "reset" if tube.broken else "closed"
        return culprit(stage) or Verdict("closed_early", f"{who} {how} the connection too early")

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """It is."""
        del stage, actor, why
        return DONE
