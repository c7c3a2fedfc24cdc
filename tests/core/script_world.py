"""A world in which a check is played by hand: no socket, no process, no clock but ours.

The script machine sends commands; what is ours to do is done at once (connections open, sends
succeed, programs start and bind the port they should), and the test tells the rest as a story:

    world = World("server starts", "alice connects", "alice sends: hi", "alice expects: HI")
    world.hears("alice", b"HI")
    assert world.outcome == "passes"

`outcome` is `waits`, `passes`, or the reason of the verdict. What our side does by itself can be
taken over (`by_hand`), and the student's programs can be probed: `settles` proves them blocked,
`time_passes` finds them busy.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from grader.agent import protocol as p
from grader.agent.wire import raw, text
from grader.core.model import Spec
from grader.core.outcome import Verdict
from grader.core.page import Browser
from grader.core.script import SIDECAR, Addressed, Script
from grader.core.stage import Launch, Stage
from grader.core.values import Values
from grader.loading.spec import load_spec

HEAD = """\
assignment: t
programs:
  server: {{listens: {transport}/{port}, loopback: {loopback}}}
  client: {{connects: {transport}/{port}}}
checks:
- id: check
  title: A check
  points: 1
"""
PORT = 1060
MICRO = 0.0001  # seconds between two things that happen at once
FOREVER = {"forever": True}
BROWSER = Browser("browser")
_LOADED: dict[str, Spec] = {}


def load(source: str) -> Spec:
    """Load a spec from its text, once."""
    if source not in _LOADED:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "t.yml"
            path.write_text(source, "utf-8")
            _LOADED[source] = load_spec(path)
    return _LOADED[source]


class World:
    """One run of a check, and what happens in it."""

    def __init__(
        self,
        *steps: str,
        transport: str = "tcp",
        extra: str = "",
        by_hand: str = "",
        agents: dict[str, str] | None = None,
        hints: tuple[int, ...] = (),
        limit: float = 60.0,
        client_port: int = 0,
        wanting: dict[str, Launch] | None = None,
        loopback: bool = False,
        browser: Browser = BROWSER,
    ) -> None:
        """`by_hand` names commands and programs that the test answers itself: "Connect server";
        `wanting` are programs that are started in a way of their own.
        """
        lines = "".join(f"  - {step}\n" for step in steps)
        head = HEAD.format(transport=transport, port=PORT, loopback=str(loopback).lower())
        self.spec = load(f"{head}{extra}  steps:\n{lines}")
        (self.check,) = (check for check in self.spec.checks if check.id == "check")
        self.by_hand = by_hand.split()
        self.agents = {"server": "sandbox", "client": "sandbox"} if agents is None else agents
        self.values = Values("seed")
        for name, value in self.check.let.items():
            self.values.define(name, value)
        launches = {name: Launch((f"./{name}",), port_hints=hints) for name in ("server", "client")}
        launches |= wanting or {}
        self.now = 100.0
        self.stage = Stage(self.spec, self.check, launches, self.values, self.now)
        self.stage.client_port, self.stage.browser = client_port, browser
        self.script = Script(self.stage, self.check, self.agents, limit)
        self.commands: list[p.Command] = []  # all that were given
        self.probes: list[Addressed] = []  # not answered yet
        self.ports = iter(range(40001, 50000))
        self._accepted = 0
        self._obey(self.script.start(self.now))

    # --------------------------------------------------------------------------- what came of it

    @property
    def outcome(self) -> str:
        """`waits`, `passes`, or the reason of the verdict."""
        if not self.script.finished:
            return "waits"
        return self.script.verdict.reason if self.script.verdict else "passes"

    @property
    def verdict(self) -> Verdict:
        """Why it did not pass."""
        assert self.script.verdict is not None, self.outcome
        return self.script.verdict

    @property
    def is_failing(self) -> bool:
        """Whether failing is certain, though the last word may not be said yet."""
        return self.script._failing or (self.script.finished and self.script.verdict is not None)

    @property
    def step(self) -> str:
        """The step being played, as it is written."""
        return self.script.step.shown if self.script.step else ""

    @property
    def notes(self) -> list[str]:
        """What was noted and forgiven."""
        return self.stage.notes

    def given(self, kind: type[p.Command]) -> list[Any]:
        """Return the commands of a kind that were given."""
        return [command for command in self.commands if isinstance(command, kind)]

    def word(self, name: str = "word") -> bytes:
        """Return the nonce of that name."""
        return self.values.get(name)

    # ----------------------------------------------------------------- what happens in the world

    def happens(self, event: p.Event, agent: str = SIDECAR) -> None:
        """Any event."""
        if not self.script.finished:
            self.now += MICRO
            self._obey(self.script.feed(agent, event, self.now))

    def starts(self, name: str, *ports: int, host: str = "0.0.0.0") -> None:
        """A program of the student's runs, and binds ports."""
        self.happens(p.Started(name, 7), self._agent(name))
        for port in ports:
            self.binds(name, port, host=host)

    def binds(
        self, name: str, port: int = PORT, *, host: str = "0.0.0.0", transport: str = ""
    ) -> None:
        """A program binds a port."""
        kind = transport or self._transport()
        self.happens(p.Bound(name, kind, host, port), self._agent(name))

    def unbinds(self, name: str, port: int = PORT) -> None:
        """A program gives a port back."""
        event = p.Unbound(name, self._transport(), "0.0.0.0", port)
        self.happens(event, self._agent(name))

    def prints(self, name: str, data: bytes, stream: str = "out") -> None:
        """A program prints."""
        self.happens(p.Printed(name, stream, text(data)), self._agent(name))

    def exits(self, name: str, status: int | None = 0, signal: int | None = None) -> None:
        """A program ends."""
        status = None if signal else status
        self.happens(p.Exited(name, status=status, signal=signal), self._agent(name))

    def crashes(self, name: str, error: str = "ValueError: no") -> None:
        """A Python program ends by an uncaught exception."""
        trace = f'Traceback (most recent call last):\n  File "x.py", line 1\n    boom()\n{error}\n'
        self.prints(name, trace.encode(), "err")
        self.exits(name, 1)

    def hits(self, name: str, limit: str) -> None:
        """A program reaches a limit."""
        self.happens(p.LimitHit(name, limit), self._agent(name))

    def hears(self, actor: str, *pieces: bytes) -> None:
        """One of our connections receives bytes, in pieces."""
        for piece in pieces:
            self.happens(p.Data(self._socket(actor), text(piece)))

    def gets(self, actor: str, data: bytes, port: int = PORT, local_port: int = 0) -> None:
        """One of our UDP sockets receives a datagram."""
        self.happens(p.Datagram(actor, text(data), "127.0.0.1", port, local_port))

    def ends(self, *actors: str) -> None:
        """The other side closes connections."""
        for actor in actors:
            self.happens(p.Ended(self._socket(actor)))

    def breaks(self, *actors: str, error: str = "ECONNRESET") -> None:
        """Connections are reset."""
        for actor in actors:
            self.happens(p.Broken(self._socket(actor), error))

    def comes(self, host: str = "host", port: int = PORT) -> None:
        """The student's client connects to a listener of ours."""
        self._accepted += 1
        conn = f"{host}#{self._accepted}"
        self.happens(p.Accepted(host, conn, port, "127.0.0.1", next(self.ports)))

    def shows(self, actor: str, *lines: dict[str, Any], ends: bool = True) -> None:
        """Our program that visits pages tells what the browser does and shows, and ends."""
        told = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
        self.happens(p.Printed(actor, "out", text(told)), "browser")
        if ends:
            self.happens(p.Exited(actor, status=0), "browser")

    def refuses(self, actor: str) -> None:
        """A connection of ours is refused."""
        self.happens(p.CouldNot(actor, "connect", "ECONNREFUSED", PORT))

    # ------------------------------------------------------------------------------- time, probes

    def settles(self, *threads: p.Blocked, ours: list[p.Blocked] | None = None) -> None:
        """All programs are, and stay, blocked for good (`ours` are programs in the sidecar)."""
        at = self.script.index
        for _ in range(60):
            self._wake()
            while self.probes and not self.script.finished:
                probe = self.probes.pop(0)
                who = (ours or []) if probe.agent == SIDECAR and self._sandboxed else threads
                stuck = all(thread.forever for thread in who)
                self._answer(probe, [*who], stuck=stuck)
            if self.script.verdict or self.script.finished or self.script.index != at:
                return

    def time_passes(self, seconds: float, *threads: p.Blocked) -> None:
        """Time passes, and whenever the programs are looked at, they are busy."""
        end = self.now + seconds
        while not self.script.finished and self.script.wake_at <= end:
            self._wake()
            while self.probes and not self.script.finished:
                self._answer(self.probes.pop(0), [*threads], stuck=False)
        self.now = max(self.now, end)

    def probe(self) -> Addressed:
        """Wait until an agent is asked; the test answers with `happens`."""
        while not self.probes:
            self._wake()
        return self.probes.pop(0)

    def _wake(self) -> None:
        self.now = max(self.now, self.script.wake_at)
        self._obey(self.script.tick(self.now))

    def _answer(self, probe: Addressed, threads: list[p.Blocked], *, stuck: bool) -> None:
        assert isinstance(probe.command, p.Probe)
        told = [dict(vars(thread)) for thread in threads]
        self.happens(p.Probed(probe.command.token, stuck, told), probe.agent)

    # ---------------------------------------------------------------------------- our own doings

    def _obey(self, commands: list[Addressed]) -> None:
        for item in commands:
            command = item.command
            if isinstance(command, p.Probe):
                self.probes.append(item)
                continue
            self.commands.append(command)
            named = {type(command).__name__, getattr(command, "actor", "")}
            if not named & set(self.by_hand):
                self._carry_out(command)

    def _carry_out(self, command: p.Command) -> None:
        match command:
            case p.Connect(actor, host, port):
                self.happens(p.Connected(actor, next(self.ports), host, port))
            case p.Listen(actor, _, ports) | p.Relay(actor, ports):
                self.happens(p.Listening(actor, [port or next(self.ports) for port in ports]))
            case p.Send(actor, pieces):
                self.happens(p.Sent(actor, sum(map(len, pieces))))
            case p.SendTo(actor, data):
                self.happens(p.Sent(actor, len(data)))
            case p.Spawn(actor):
                self.starts(actor, *([PORT] if actor == "server" else []))
            case p.Stop(actor):
                self.exits(actor, signal=15)

    def _transport(self) -> str:
        listens = self.spec.program("server").listens
        assert listens is not None
        return listens.transport

    @property
    def _sandboxed(self) -> bool:
        return "sandbox" in self.agents.values()

    def _agent(self, name: str) -> str:
        return self.agents.get(name, SIDECAR)

    def _socket(self, actor: str) -> str:
        return self.stage.tube(actor).name


def blocked(
    call: str, target: str = "", actor: str = "server", *, forever: bool = True
) -> p.Blocked:
    """Where a thread stands."""
    return p.Blocked(actor, 7, call, target, forever=forever)


def sent_by(world: World, actor: str) -> bytes:
    """Return all bytes that one of our connections was told to send."""
    sends = [command for command in world.given(p.Send) if command.actor == actor]
    return b"".join(raw(piece) for command in sends for piece in command.pieces)
