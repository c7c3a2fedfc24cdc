"""Verbs by which our sockets come to be: TCP clients, UDP sockets, and scripted servers."""

from __future__ import annotations

from collections.abc import Iterable

from grader.agent import protocol as p
from grader.core.model import Endpoint
from grader.core.noting import goes_elsewhere
from grader.core.outcome import Verdict
from grader.core.stage import Stage, Tube
from grader.core.verbs.blame import culprit, gone, not_serving, speaker
from grader.core.verbs.registry import DONE, Action, Done, Judgement, Role, verb
from grader.core.wires import doors, place_after, place_before

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
    through: the wire by which it reaches the student's server, see `relays`
    """

    port: int | str = 0
    through: str = ""

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Bind it."""
        stage.tubes[actor] = Tube(actor, udp=True, through=self.through)
        written = stage.fill(actor, str(self.port)).decode("utf-8", "replace")
        port = int(written) if written.isascii() and written.isdigit() else -1
        if not 0 <= port <= 65535:
            stage.fault = f"{actor} cannot open a socket at {written!r}: that is no port"
            return
        if self.through:
            yield from place_after(stage, self.through)
        yield p.Listen(actor, "udp", [port])

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Wait until it is bound."""
        return _bound(stage, actor, self.through)

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Ours."""
        del stage
        return Verdict("our_side_failed", f"{actor} could not open a UDP socket ({why})")


@verb("listens", [Role.HOST], example="host listens: tcp/1060", shorthand="at", makes=Role.HOST)
class Listens(Action, frozen=True):
    """Listen for the student's client: at the assignment's port, and at the ports its source
    names, so that a client with another port is followed and told so.

    at: the endpoint, as `tcp/1060`
    through: UDP: the wire it stands behind, which is met there in its place, see `relays`
    leaves: a port that the client is to bind itself, a number or a value such as `${bind}`: it is
        left free, and so are the ports its source names if the assignment's is one of them
    """

    at: str
    through: str = ""
    leaves: int | str = ""

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Listen."""
        where = endpoint(self.at)
        leaves = stage.fill(actor, str(self.leaves)).decode("utf-8", "replace")
        ports = [0] if self.through else doors(stage, where.port, leaves)
        udp = where.transport == "udp"
        stage.tubes[actor] = Tube(actor, udp=udp, hosting=True, through=self.through)
        yield p.Listen(actor, where.transport, ports)

    def again(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Put the wire before it."""
        tube = stage.tube(actor)
        if self.through and tube.open:
            yield from place_before(stage, self.through, endpoint(self.at).port, tube.local_port)

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Wait until we do."""
        return _bound(stage, actor, self.through)

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Ours."""
        del stage
        return Verdict("our_side_failed", f"{actor} could not listen at {self.at} ({why})")


def _bound(stage: Stage, *names: str) -> Judgement:
    """Wait until all of these are bound (a name may be empty)."""
    tubes = [stage.tube(name) for name in names if name]
    failed = next((tube.failed for tube in tubes if tube.failed), "")
    if failed:
        return Verdict("our_side_failed", f"a socket of ours could not be bound: {failed}")
    return DONE if all(tube.open for tube in tubes) else None


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
            goes_elsewhere(stage, taken.local_port, tube.ports[0], "connects")
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


def endpoint(written: str) -> Endpoint:
    """Read `tcp/1060`; raises `ValueError`."""
    transport, _, port = written.partition("/")
    if transport not in {"tcp", "udp"} or not port.isdigit() or int(port) > 65535:
        raise ValueError(f"{written!r} is no endpoint such as tcp/1060")
    return Endpoint("tcp" if transport == "tcp" else "udp", int(port))
