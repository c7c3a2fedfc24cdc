"""Verbs of our sockets: TCP clients, UDP sockets, and scripted servers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from grader.agent import protocol as p
from grader.agent.wire import text
from grader.core.model import Endpoint
from grader.core.outcome import Verdict
from grader.core.stage import Stage, Tube
from grader.core.verbs.blame import culprit, gone, not_serving, speaker
from grader.core.verbs.expecting import made
from grader.core.verbs.registry import DONE, Action, Done, Judgement, Role, verb

SOCKETS = (Role.CLIENT, Role.UDP, Role.HOST)
STREAMS = (Role.CLIENT, Role.HOST)


@verb(
    "connects",
    [Role.CLIENT],
    example="alice connects",
    shorthand="to",
    bare=True,
    makes=Role.CLIENT,
)
class Connects(Action, frozen=True):
    """Open a TCP connection to the student's server, wherever it listens. A server that makes
    itself a new listening socket for each client is waited for.

    to: another endpoint than the server's, as `tcp/1060`
    """

    to: str | None = None

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Connect."""
        where, server = stage.serving(), stage.server()
        port = endpoint(self.to).port if self.to else (where.port if where else 0)
        stage.tubes[actor] = Tube(actor, binds=server.binds if server else 0)
        yield p.Connect(actor, server.host if server else "127.0.0.1", port)

    def again(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Try again when the server listens anew."""
        server = stage.server()
        if stage.tube(actor).failed and server and server.binds > stage.tube(actor).binds:
            yield from self.begin(stage, actor)

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Wait for the connection."""
        tube = stage.tube(actor)
        if tube.open:
            return DONE
        if not tube.failed:
            return None
        if failure := culprit(stage, actor):
            return failure
        why = not_serving(stage)
        message = f"the connection was refused ({tube.failed})" + (f": {why}" if why else "")
        return Verdict("refused", message, stuck=stage.stuck)

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Nobody took the connection."""
        message = f"the connection was not accepted ({why})"
        return culprit(stage, actor) or Verdict("refused", message, stuck=stage.stuck)


@verb("opens", [Role.UDP], example="alice opens", shorthand="port", bare=True, makes=Role.UDP)
class Opens(Action, frozen=True):
    """Open a UDP socket.

    port: its own port, a number or a value such as `${from}`; any free one when not given
    """

    port: int | str = 0

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Bind it."""
        stage.tubes[actor] = Tube(actor, udp=True)
        written = stage.fill(actor, str(self.port)).decode("utf-8", "replace")
        port = int(written) if written.isascii() and written.isdigit() else -1
        if not 0 <= port <= 65535:
            stage.fault = f"{actor} cannot open a socket at {written!r}: that is no port"
            return
        yield p.Listen(actor, "udp", [port])

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Wait until it is bound."""
        return _bound(stage.tube(actor))

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Ours."""
        del stage
        return Verdict("our_side_failed", f"{actor} could not open a UDP socket ({why})")


@verb("listens", [Role.HOST], example="host listens: tcp/1060", shorthand="at", makes=Role.HOST)
class Listens(Action, frozen=True):
    """Listen for the student's client: at the assignment's port, and at the ports its source
    names, so that a client with another port is followed and told so.

    at: the endpoint, as `tcp/1060`
    """

    at: str

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Listen."""
        where = endpoint(self.at)
        hints = [port for launch in stage.launches.values() for port in launch.port_hints]
        ports = [where.port, *sorted({port for port in hints if port != where.port})]
        stage.tubes[actor] = Tube(actor, udp=where.transport == "udp", hosting=True)
        yield p.Listen(actor, where.transport, ports)

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Wait until we do."""
        return _bound(stage.tube(actor))

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Ours."""
        del stage
        return Verdict("our_side_failed", f"{actor} could not listen at {self.at} ({why})")


def _bound(tube: Tube) -> Judgement:
    if tube.open:
        return DONE
    if tube.failed:
        return Verdict("our_side_failed", f"a socket of ours could not be bound: {tube.failed}")
    return None


@verb("accepts", [Role.HOST], example="host accepts", bare=True)
class Accepts(Action, frozen=True):
    """Take the next connection of the student's client; from here on the actor is this
    connection.

    within: seconds to wait at most, instead of the check's
    """

    within: float | None = None

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Wait for a connection."""
        tube = stage.tube(actor)
        if not tube.waiting:
            return None
        taken = tube.waiting.popleft()
        if taken.local_port != tube.ports[0]:
            note = f"connects to port {taken.local_port}, not {tube.ports[0]}"
            stage.deviate(note, "port")
            stage.client_port = taken.local_port
        connection = stage.tube(taken.conn)
        connection.waiting, connection.ports, connection.hosting = tube.waiting, tube.ports, True
        stage.tubes.setdefault(f"{actor}:listener", tube)
        stage.tubes[actor] = connection
        return DONE

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Say that it never came."""
        wanted, who = stage.tube(actor).ports[0], speaker(stage, actor).who
        message = f"{who} did not connect to port {wanted} ({gone(stage, actor) or why})"
        return culprit(stage, actor) or Verdict("no_connection", message, stuck=stage.stuck)


@verb("sends", SOCKETS, example='alice sends: "hello ${word}"', shorthand="text")
class Sends(Action, frozen=True):
    """Send bytes on a connection, or one datagram. A UDP actor that `opens` sends to the student's
    server, one that `listens` to where the last datagram it expected came from.

    text: what is sent, a text or a value maker such as {random_text: 3000}
    messages: several texts, sent one after the other in one segment (TCP) or as datagrams (UDP)
    pieces: sizes in bytes of the pieces a text is cut into; the rest is the last piece
    each_byte: send byte by byte
    pause: seconds between pieces
    twice: UDP: send every datagram twice, as a network may
    """

    text: Any = None
    messages: list[Any] = []
    pieces: list[int] = []
    each_byte: bool = False
    pause: float = 0.05
    twice: bool = False

    def parts(self, stage: Stage, actor: str) -> list[bytes]:
        """Cut what is sent into pieces."""
        texts = [self.text] if self.text is not None else self.messages
        made_texts = [made(stage, actor, item) for item in texts]
        if stage.tube(actor).udp:
            return [item for item in made_texts for _ in range(2 if self.twice else 1)]
        whole = b"".join(made_texts)
        if self.each_byte:
            return [whole[i : i + 1] for i in range(len(whole))]
        parts, start = [], 0
        for size in self.pieces:
            parts.append(whole[start : start + size])
            start += size
        return [part for part in [*parts, whole[start:]] if part]

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
            where, server = stage.serving(), stage.server()
            host = server.host if server else "127.0.0.1"
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


def endpoint(written: str) -> Endpoint:
    """Read `tcp/1060`; raises `ValueError`."""
    transport, _, port = written.partition("/")
    if transport not in {"tcp", "udp"} or not port.isdigit() or int(port) > 65535:
        raise ValueError(f"{written!r} is no endpoint such as tcp/1060")
    return Endpoint("tcp" if transport == "tcp" else "udp", int(port))
