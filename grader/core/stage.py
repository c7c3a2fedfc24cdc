"""The stage: all that is known of one run of a check, kept up to date from events.

`Stage.note` folds an event into the state; nothing here decides. Steps read it through `judge`.
Every event and command that a person would want to see also becomes a line of the transcript.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from grader.agent import protocol as p
from grader.agent.wire import raw
from grader.core.model import Check, Endpoint, Exchange, Limits, Spec
from grader.core.values import Values

ANY = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared with, never bound


@dataclass(frozen=True)
class Launch:
    """How a student's program is started."""

    argv: tuple[str, ...]
    cwd: str = ""
    env: dict[str, str] = field(default_factory=dict)
    port_hints: tuple[int, ...] = ()  # ports its source names: a client may use one of them


@dataclass
class Tube:
    """One socket of ours: a connection, a listener or a UDP socket."""

    name: str
    udp: bool = False
    open: bool = False
    failed: str = ""
    inbox: bytearray = field(default_factory=bytearray)
    datagrams: deque[p.Datagram] = field(default_factory=deque)
    waiting: deque[p.Accepted] = field(default_factory=deque)  # accepted, not yet given a name
    ended: bool = False
    broken: str = ""
    local_port: int = 0
    ports: list[int] = field(default_factory=list)
    peer: tuple[str, int] = ("", 0)
    sending: int = 0
    pauses: float = 0.0  # seconds that what is being sent takes, by our own will
    matched: int = 0  # expectations met so far
    hosting: bool = False  # ours waits for the student's client here, or is what it accepted
    closed: bool = False  # by us
    held: bool = False  # we read nothing from it
    binds: int = 0  # how often the server had bound a port when we tried to connect

    @property
    def over(self) -> bool:
        """Nothing more can come."""
        return self.ended or bool(self.broken)


@dataclass
class Running:
    """One program: the student's or one of ours."""

    name: str
    started: bool = False
    failed: str = ""
    screen: bytearray = field(default_factory=bytearray)  # stdout and stderr as they came
    errors: bytearray = field(default_factory=bytearray)
    read: int = 0  # how far expectations have read the screen
    bound: list[p.Bound] = field(default_factory=list)
    binds: int = 0  # ports bound so far, those given back included
    exited: p.Exited | None = None
    told_to_stop: bool = False
    limit: str = ""
    port: int = 0  # where it is served, once known
    host: str = "127.0.0.1"


class Stage:
    """The state of one run."""

    def __init__(
        self, spec: Spec, check: Check, launches: dict[str, Launch], values: Values, begun: float
    ) -> None:
        self.spec, self.check, self.launches, self.values = spec, check, launches, values
        self.begun, self.now = begun, begun
        self.within = check.within
        self.tubes: dict[str, Tube] = {}
        self.programs: dict[str, Running] = {}
        self.threads: list[p.Blocked] = []  # where the student's threads stand, when probed
        self.notes: list[str] = []
        self.deviations: set[str] = set()
        self.transcript: list[Exchange] = []
        self.files: dict[str, bytes] = {}  # the student's files, for `source`
        self.client_port = 0  # where the student's client was seen to go, if elsewhere
        self.limits = Limits()
        self.fault = ""  # ours

    # ------------------------------------------------------------------------- looking up

    def tube(self, actor: str) -> Tube:
        """Return the socket of an actor, making its entry at first use."""
        return self.tubes.setdefault(actor, Tube(actor))

    def program(self, actor: str) -> Running:
        """Return a program's state, making its entry at first use."""
        return self.programs.setdefault(actor, Running(actor))

    def server(self) -> Running | None:
        """Return the student's server that runs, or the reference server beside it."""
        servers = [item.name for item in self.spec.programs if item.listens]
        ours = [item for item in self.programs.values() if item.port]
        for item in [self.programs[name] for name in servers if name in self.programs] + ours:
            if item.started:
                return item
        return None

    def serving(self) -> Endpoint | None:
        """Return the assignment's endpoint of the server, followed to the port it uses."""
        running = self.server()
        endpoints = [item.listens or item.connects for item in self.spec.programs]
        known = next((item for item in endpoints if item), None)
        if running and running.port and known:
            return Endpoint(known.transport, running.port)
        return known

    def fill(self, actor: str, text: str) -> bytes:
        """Fill a text's holes; `{n}` is the actor's number in its group, `${port}` the server's."""
        where = self.serving()
        self.values.define("port", where.port if where else 0)
        return self.values.fill(text, member(actor))

    @property
    def stuck(self) -> str:
        """Where the student's threads stand, in words; empty when not known."""
        from grader.core.stuck import describe  # noqa: PLC0415 - describe reads a Stage

        return describe(self)

    def students(self) -> list[Running]:
        """Return the student's programs that were started."""
        names = {item.name for item in self.spec.programs}
        return [item for item in self.programs.values() if item.name in names and item.started]

    # -------------------------------------------------------------------------- recording

    def deviate(self, text: str) -> None:
        """Note something that honest programs do and the assignment does not ask for."""
        if text not in self.notes:
            self.notes.append(text)

    def record(self, actor: str, what: str, data: str = "", at: float | None = None) -> None:
        """Add a line to the transcript."""
        when = max(0.0, (at if at is not None else self.now) - self.begun)
        self.transcript.append(Exchange(round(when, 4), actor, what, data))

    def note(self, event: p.Event) -> None:
        """Fold an event into the state."""
        handler = _HANDLERS.get(type(event))
        if handler:
            handler(self, event)
        elif isinstance(event, p.Failed):
            self.fault = event.message


def member(actor: str) -> int:
    """Return the number of a group's member: 3 for `crowd#3`, 0 for a lone actor."""
    _, _, number = actor.partition("#")
    return int(number) if number.isdigit() else 0


# ------------------------------------------------------------------- one handler an event


def _connected(stage: Stage, event: p.Connected) -> None:
    tube = stage.tube(event.actor)
    tube.open, tube.local_port, tube.peer = True, event.local_port, (event.host, event.port)
    # An actor that connects anew may have heard the last of its old connection after we asked.
    tube.inbox.clear()
    tube.ended, tube.broken = False, ""
    stage.record(event.actor, "connected", f"port {event.port}", event.at)


def _could_not(stage: Stage, event: p.CouldNot) -> None:
    if event.what == "spawn":
        stage.program(event.actor).failed = event.error
    elif event.what == "send":
        tube = stage.tube(event.actor)
        tube.sending = 0
        tube.broken = tube.broken or event.error
    else:
        stage.tube(event.actor).failed = event.error
    stage.record(event.actor, f"could not {event.what}", event.error, event.at)


def _listening(stage: Stage, event: p.Listening) -> None:
    tube = stage.tube(event.actor)
    tube.open, tube.ports, tube.local_port = True, event.ports, event.ports[0]


def _accepted(stage: Stage, event: p.Accepted) -> None:
    stage.tube(event.actor).waiting.append(event)
    tube = stage.tube(event.conn)
    tube.open, tube.local_port, tube.peer = True, event.local_port, (event.host, event.port)
    stage.record(event.actor, "accepted", f"port {event.local_port}", event.at)


def _data(stage: Stage, event: p.Data) -> None:
    stage.tube(event.actor).inbox += raw(event.data)
    stage.record(event.actor, "received", event.data, event.at)


def _datagram(stage: Stage, event: p.Datagram) -> None:
    stage.tube(event.actor).datagrams.append(event)
    stage.record(event.actor, "received", event.data, event.at)


def _ended(stage: Stage, event: p.Ended) -> None:
    stage.tube(event.actor).ended = True
    stage.record(event.actor, "saw the end", "", event.at)


def _broken(stage: Stage, event: p.Broken) -> None:
    stage.tube(event.actor).broken = event.error
    stage.record(event.actor, "saw a reset", event.error, event.at)


def _sent(stage: Stage, event: p.Sent) -> None:
    tube = stage.tube(event.actor)
    tube.sending = max(0, tube.sending - 1)


def _started(stage: Stage, event: p.Started) -> None:
    stage.program(event.actor).started = True
    stage.record(event.actor, "started", "", event.at)


def _printed(stage: Stage, event: p.Printed) -> None:
    running = stage.program(event.actor)
    running.screen += raw(event.data)
    if event.stream == "err":
        running.errors += raw(event.data)
    stage.record(event.actor, "printed", event.data, event.at)


def _exited(stage: Stage, event: p.Exited) -> None:
    stage.program(event.actor).exited = event
    how = f"status {event.status}" if event.signal is None else f"signal {event.signal}"
    stage.record(event.actor, "exited", how, event.at)


def _limit(stage: Stage, event: p.LimitHit) -> None:
    running = stage.program(event.actor)
    running.limit = running.limit or event.what
    stage.record(event.actor, "hit a limit", event.what, event.at)


def _bound(stage: Stage, event: p.Bound) -> None:
    running = stage.program(event.actor)
    running.bound.append(event)
    running.binds += 1
    stage.record(event.actor, "listens", f"{event.transport}/{event.port}", event.at)


def _unbound(stage: Stage, event: p.Unbound) -> None:
    running = stage.program(event.actor)
    running.bound = [
        item
        for item in running.bound
        if (item.transport, item.host, item.port) != (event.transport, event.host, event.port)
    ]
    stage.record(event.actor, "stopped listening", f"{event.transport}/{event.port}", event.at)


_HANDLERS: dict[type[p.Event], Callable[[Stage, Any], None]] = {
    p.Connected: _connected,
    p.CouldNot: _could_not,
    p.Listening: _listening,
    p.Accepted: _accepted,
    p.Data: _data,
    p.Datagram: _datagram,
    p.Ended: _ended,
    p.Broken: _broken,
    p.Sent: _sent,
    p.Started: _started,
    p.Printed: _printed,
    p.Exited: _exited,
    p.LimitHit: _limit,
    p.Bound: _bound,
    p.Unbound: _unbound,
}
