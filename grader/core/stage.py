"""The stage: all that is known of one run of a check, kept up to date from events.

`Stage.note` folds an event into the state; nothing here decides. Steps read it through `judge`.
Every event and command that a person would want to see also becomes a line of the transcript.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from grader.agent import protocol as p
from grader.core.model import Check, Endpoint, Exchange, Limits, Spec
from grader.core.noting import HANDLERS
from grader.core.page import Browser, Page
from grader.core.values import Values
from grader.core.wires import Wire

ANY = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared with, never bound


@dataclass(frozen=True)
class Launch:
    """How a student's program is started."""

    argv: tuple[str, ...]
    cwd: str = ""
    env: dict[str, str] = field(default_factory=dict)
    port_hints: tuple[int, ...] = ()  # ports its source names: a client may use one of them
    language: str = ""  # how it is asked where it stands
    args: tuple[str, ...] = ()  # that it was found to want, unless the spec gives it others
    answers: tuple[str, ...] = ()  # lines typed as it starts
    remarks: tuple[tuple[str, str], ...] = ()  # (deviation, words), said when it starts


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
    through: str = ""  # the wire it goes through, or stands behind
    wire: Wire | None = None  # of a wire: what it does

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
    through: str = ""  # the wire a program of ours goes through, or stands behind
    asked: bool = False  # a program of ours was asked to start
    zombies: int | None = None  # children it has not waited for, once counted; -1: unknown


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
        self.pages: dict[str, Page] = {}  # what each browser was last sent to
        self.threads: list[p.Blocked] = []  # where the student's threads stand, when probed
        self.busy: tuple[float, float] = (0.0, 0.0)  # for how long, and of one processor how much
        self.notes: list[str] = []
        self.deviations: dict[str, str] = {}  # what was seen first of each, by its code
        self.transcript: list[Exchange] = []
        self.files: dict[str, bytes] = {}  # the student's files, for `source`
        self.addresses: frozenset[str] = frozenset()  # its own, which this machine has taken on
        self.findings: list[str] = []  # lines of them that a step complains of
        self.client_port = 0  # where the student's client was seen to go, if elsewhere
        self.limits = Limits()
        self.browser = Browser()
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
            wire = self.tubes.get(running.through)
            return Endpoint(known.transport, wire.ports[0] if wire else running.port)
        return known

    def reached(self, actor: str) -> Endpoint | None:
        """Return where an actor reaches the server: through its wire, if there is one."""
        ours = self.programs.get(actor) or self.tubes.get(actor)
        wire = self.tubes.get(ours.through) if ours else None
        return Endpoint("udp", wire.ports[0]) if wire and wire.ports else self.serving()

    def fill(self, actor: str, text: str) -> bytes:
        """Fill a text's holes; `{n}` is the actor's number in its group, `${port}` the server's."""
        where = self.reached(actor)
        self.values.define("port", where.port if where else 0)
        return self.values.fill(text, member(actor))

    @property
    def stuck(self) -> str:
        """Where the student's threads stand, in words; empty when not known."""
        from grader.core.stuck import describe  # noqa: PLC0415 - describe reads a Stage

        return describe(self)

    @property
    def picture(self) -> bytes:
        """The last screenshot there is of a page; empty without one."""
        pictures = [page.picture for page in self.pages.values() if page.picture]
        return pictures[-1] if pictures else b""

    def students(self) -> list[Running]:
        """Return the student's programs that were started."""
        names = {item.name for item in self.spec.programs}
        return [item for item in self.programs.values() if item.name in names and item.started]

    # -------------------------------------------------------------------------- recording

    def deviate(self, text: str, code: str = "") -> None:
        """Note something that honest programs do and the assignment does not ask for; `code` is the
        deviation's, one of `core.deviations`.
        """
        if text not in self.notes:
            self.notes.append(text)
        if code:
            self.deviations.setdefault(code, text)

    def record(self, actor: str, what: str, data: str = "", at: float | None = None) -> None:
        """Add a line to the transcript."""
        when = max(0.0, (at if at is not None else self.now) - self.begun)
        self.transcript.append(Exchange(round(when, 4), actor, what, data))

    def note(self, event: p.Event) -> None:
        """Fold an event into the state."""
        handler = HANDLERS.get(type(event))
        if handler:
            handler(self, event)
        elif isinstance(event, p.Failed):
            self.fault = event.message


def member(actor: str) -> int:
    """Return the number of a group's member: 3 for `crowd#3`, 0 for a lone actor."""
    _, _, number = actor.partition("#")
    return int(number) if number.isdigit() else 0
