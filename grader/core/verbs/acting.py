"""Verbs of what our sockets do: speak in pieces or at once, leave, reset, stop reading."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import Any, Literal

from grader.agent import protocol as p
from grader.agent.wire import text
from grader.core.outcome import Verdict
from grader.core.stage import Stage
from grader.core.verbs.blame import culprit, speaker
from grader.core.verbs.expecting import made
from grader.core.verbs.peers import SOCKETS, STREAMS
from grader.core.verbs.registry import DONE, Action, Done, Judgement, verb

RANDOM_CUTS = 4  # at most, of a text in random pieces


@verb("sends", SOCKETS, example='alice sends: "hello ${word}"', shorthand="text")
class Sends(Action, frozen=True):
    """Send bytes on a connection, or one datagram. A UDP actor that `opens` sends to the student's
    server, one that `listens` to where the last datagram it expected came from.

    text: what is sent, a text or a value maker such as {random_text: 3000}
    messages: several texts, sent one after the other in one segment (TCP) or as datagrams (UDP)
    pieces: sizes in bytes of the pieces a text is cut into, the rest being the last one; or
        `random`, drawn from the seed
    each_byte: send byte by byte
    pause: seconds between pieces
    only: TCP: how many bytes are sent before it breaks off in mid-message, or `random`; what comes
        next is for the next step, such as `resets` or `half-closes`
    twice: UDP: send every datagram twice, as a network may
    """

    text: Any = None
    messages: list[Any] = []
    pieces: list[int] | Literal["random"] = []
    each_byte: bool = False
    pause: float = 0.05
    only: int | Literal["random"] | None = None
    twice: bool = False

    def parts(self, stage: Stage, actor: str) -> list[bytes]:
        """Cut what is sent into pieces."""
        texts = [self.text] if self.text is not None else self.messages
        made_texts = [made(stage, actor, item) for item in texts]
        if stage.tube(actor).udp:
            return [item for item in made_texts for _ in range(2 if self.twice else 1)]
        whole = b"".join(made_texts)
        chance = stage.values.chance(f"{actor} sends {whole!r}")
        if self.only is not None and len(whole) > 1:
            whole = whole[: chance.randrange(1, len(whole)) if self.only == "random" else self.only]
        if self.each_byte:
            return [whole[i : i + 1] for i in range(len(whole))]
        if self.pieces == "random":
            return cut(whole, sorted(chance.choices(range(1, max(2, len(whole))), k=RANDOM_CUTS)))
        return cut(whole, accumulate(self.pieces))

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Send it."""
        tube = stage.tube(actor)
        parts = self.parts(stage, actor)
        for part in parts:
            stage.record(actor, "sent", text(part))
        if not tube.udp:
            tube.sending += 1
            tube.pauses = self.pause * max(0, len(parts) - 1)
            yield p.Send(address(stage, actor), [text(part) for part in parts], self.pause)
            return
        host, port = tube.peer
        if not tube.hosting:
            where, server = stage.reached(actor), stage.server()
            host = server.host if server and not tube.through else "127.0.0.1"
            port = where.port if where else 0
        if not port:
            stage.fault = f"{actor} has nobody to send to: it has not heard anything yet"
        for part in parts:
            tube.sending += 1
            yield p.SendTo(actor, text(part), host, port, tube.local_port)

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Wait until the kernel has it all; a reader that does not read shows later."""
        tube = stage.tube(actor)
        return DONE if not tube.sending or tube.over else None

    def settles(self) -> bool:
        """Not between pieces: the program waits for us then."""
        return not (self.pieces or self.each_byte)

    def patience(self, stage: Stage, actor: str) -> float:
        """Leave time for the pauses."""
        return super().patience(stage, actor) + stage.tube(actor).pauses

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """The buffers are full and the student's program does not read."""
        who, wrong, _ = speaker(stage, actor)
        message = f"{who} does not read what we send, so that no more can be sent ({why})"
        return culprit(stage, actor) or Verdict(wrong.missing, message, stuck=stage.stuck)


def cut(whole: bytes, places: Iterable[int]) -> list[bytes]:
    """Cut at these places, in order; no piece is empty."""
    ends = [*places, len(whole)]
    pieces = (whole[start:end] for start, end in zip([0, *ends], ends, strict=False))
    return [piece for piece in pieces if piece]


def address(stage: Stage, actor: str) -> str:
    """Return the name the agent knows an actor's socket by (accepted ones have their own)."""
    return stage.tube(actor).name


@verb("half-closes", STREAMS, example="alice half-closes")
class HalfCloses(Action, frozen=True):
    """Say that we send no more, and go on reading (a FIN, as `shutdown(SHUT_WR)`)."""

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Shut our half."""
        stage.record(actor, "half-closed")
        yield p.Close(address(stage, actor), "half")


@verb("closes", SOCKETS, example="alice closes")
class Closes(Action, frozen=True):
    """Close the socket, as a client that leaves does."""

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Close it."""
        stage.tube(actor).closed = True
        stage.record(actor, "closed")
        yield p.Close(address(stage, actor))


@verb("resets", STREAMS, example="alice resets")
class Resets(Action, frozen=True):
    """End the connection with a reset, as a client that crashes does."""

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Abort it."""
        stage.tube(actor).closed = True
        stage.record(actor, "reset")
        yield p.Close(address(stage, actor), "abort")


@verb("stops reading", STREAMS, example="alice stops reading")
class StopsReading(Action, frozen=True):
    """Read nothing more from the connection: a client that hangs."""

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Hold it."""
        stage.tube(actor).held = True
        yield p.Hold(address(stage, actor))
