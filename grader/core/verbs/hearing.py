"""Verbs of what our sockets hear: replies, messages, silence, the end of a stream."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from grader.agent import protocol as p
from grader.agent.wire import raw
from grader.core.matching import PADDING, Match, Miss, Pattern, front, whole
from grader.core.noting import goes_elsewhere
from grader.core.outcome import Verdict
from grader.core.stage import Stage, Tube
from grader.core.verbs.blame import culprit, gone, hung_up, port_words, speaker
from grader.core.verbs.expecting import Expecting, first_difference, made, mismatch
from grader.core.verbs.peers import SOCKETS, STREAMS
from grader.core.verbs.registry import DONE, Action, Done, Holds, Judgement, verb


@verb("expects", SOCKETS, example='alice expects: "HELLO ${upper:word}"', shorthand="text")
class Expects(Expecting, frozen=True):
    """Expect bytes on a connection, or one datagram. It fails as soon as what came can no longer
    become what is expected.

    each_of: UDP: each of these datagrams, in whatever order they come
    from_anywhere: UDP: accept the reply from another address or port than the server's
    from_port: UDP: the port it must come from, a number or a value such as `${bind}`: that of a
        client which binds its own socket
    """

    each_of: list[Any] = []
    from_anywhere: bool = False
    from_port: int | str | None = None

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Match what came so far."""
        tube = stage.tube(actor)
        if tube.udp:
            return self._datagrams(stage, actor, tube)
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
        return msgspec.structs.replace(verdict, differs_at=first_difference(pattern, data))

    def pattern(self, stage: Stage, actor: str) -> Pattern:
        """Fill the holes of what is expected."""
        if self.each_of:
            return self._any_of([made(stage, actor, item) for item in self.each_of])
        return super().pattern(stage, actor)

    def _any_of(self, texts: Iterable[bytes]) -> Pattern:
        fold: Any = frozenset(self.ignoring)
        return Pattern(texts=tuple(texts), ignoring=fold)

    def _datagrams(self, stage: Stage, actor: str, tube: Tube) -> Judgement:
        """Match one datagram, or with `each_of` several in whatever order they come."""
        pattern = self.pattern(stage, actor)
        left = list(pattern.texts) if self.each_of else []
        came = list(tube.datagrams)[: len(left) or 1]
        for datagram in came:
            data = raw(datagram.data)
            if failure := self._from_elsewhere(stage, actor, datagram, pattern):
                return failure
            if failure := self._other_port(stage, actor, datagram.port):
                return failure
            answer = whole(pattern, data)
            if isinstance(answer, Miss):
                return mismatch(speaker(stage, actor), pattern, data, answer)
            if answer.padding:
                stage.deviate(padding_note(stage, actor, answer.padding), "padding")
            if left:
                fitting = (x for x in left if isinstance(whole(self._any_of([x]), data), Match))
                left.remove(max(fitting, key=len))
                pattern = self._any_of(left or pattern.texts)
        if left or not came:
            return _strayed(stage, tube, pattern)
        for _ in came:
            _answered(stage, tube, tube.datagrams.popleft())
        return DONE

    def _from_elsewhere(
        self, stage: Stage, actor: str, datagram: p.Datagram, pattern: Pattern
    ) -> Verdict | None:
        """Tell that a reply came from somewhere else than its message was sent to."""
        asked = stage.reached(actor)
        if self.from_anywhere or stage.tube(actor).hosting or not stage.server() or not asked:
            return None
        if datagram.port == asked.port:
            return None
        return _wrong_source(asked.port, pattern, raw(datagram.data))

    def _other_port(self, stage: Stage, actor: str, port: int) -> Verdict | None:
        """Judge where a datagram came from, if that matters."""
        if self.from_port is None:
            return None
        wanted = stage.fill(actor, str(self.from_port))
        if wanted == str(port).encode():
            return None
        words = port_words(stage, port)
        message = (
            f"{speaker(stage, actor).who} sent from {words}, "
            f"not from port {wanted.decode('utf-8', 'replace')}"
        )
        seen = str(port).encode() if words == f"port {port}" else None
        return Verdict("wrong_bind", message, wanted, seen)

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
            came = len(tube.datagrams)
            what = f"only {came} of {len(self.each_of)} datagrams" if came else "nothing"
            return Verdict(
                wrong.missing, f"{who} sent {what} ({why})", pattern.shown(), b"", stage.stuck
            )
        code, message = wrong.partial, f"{who} sent only part of what it should ({why})"
        if not pattern.is_prefix:
            code, message = wrong.wrong, f"{who} sent something else than expected ({why})"
        at = first_difference(pattern, data)
        return Verdict(code, message, pattern.shown(), data, stage.stuck, differs_at=at)


def _answered(stage: Stage, tube: Tube, datagram: p.Datagram) -> None:
    """Remember where a datagram that was expected came from."""
    tube.peer = (datagram.host, datagram.port)
    tube.matched += 1
    if tube.hosting and datagram.local_port not in {0, tube.ports[0]}:
        goes_elsewhere(stage, datagram.local_port, tube.ports[0], "sends")
        tube.local_port = datagram.local_port


def _strayed(stage: Stage, tube: Tube, pattern: Pattern) -> Verdict | None:
    """Tell that a reply is missing because the wire does not know where it came from."""
    wire, asked = stage.tube(tube.through).wire if tube.through else None, stage.serving()
    return _wrong_source(asked.port, pattern, b"") if wire and wire.strays and asked else None


def _wrong_source(port: int, pattern: Pattern, data: bytes) -> Verdict:
    message = f"the reply came from another port than {port}, where the message was sent to"
    return Verdict("wrong_source", message, pattern.shown(), data)


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
        return self._silence(stage, actor) if tube.over and not tube.udp else None

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Silence it was."""
        del why
        return self._silence(stage, actor)

    @staticmethod
    def _silence(stage: Stage, actor: str) -> Done:
        """Note what little came: the newline or the NULs after what was expected."""
        if padding := bytes(stage.tube(actor).inbox):
            stage.deviate(padding_note(stage, actor, padding), "padding")
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
