"""The agent: takes commands, has its parts carry them out, cleans up."""

from __future__ import annotations

import os
import signal
import sys

from grader.agent import procfs, procnet, tree
from grader.agent.adopting import Adoption
from grader.agent.channel import Channel
from grader.agent.custody import Custody
from grader.agent.files import Files
from grader.agent.launch import Launch, Student
from grader.agent.limits import Limits
from grader.agent.loop import READ, Loop
from grader.agent.ports import Ports
from grader.agent.programs import Programs
from grader.agent.protocol import (
    VERSION,
    Adopt,
    Clean,
    Close,
    Connect,
    CountZombies,
    Failed,
    Hold,
    Listen,
    Ping,
    Pong,
    Probe,
    Quit,
    Ready,
    Relay,
    Reset,
    Send,
    SendTo,
    Snapshot,
    Spawn,
    Stop,
    Type,
    Unpack,
)
from grader.agent.sockets import Sockets
from grader.agent.stuck import Prober
from grader.agent.tables import HAS_TABLES, Tables, wait_for_closed
from grader.agent.targets import Surroundings
from grader.agent.zombies import ZombieWatch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.agent.lsof import LsofPorts
    from grader.agent.options import Options
    from grader.agent.protocol import Event
    from grader.agent.wire import Message

_SCRATCH = ("/tmp", "/dev/shm")  # noqa: S108  # where else a container lets programs write
_SOCKETS_GONE = 2.0  # seconds a reset waits for the last trace of a connection
_LINUX = sys.platform == "linux"


class Agent:
    """One agent from its first event to its last."""

    def __init__(self, options: Options, fds: tuple[int, int], *, isolated: bool) -> None:
        alone = os.getpid() == 1
        self._own_network = isolated or not options.local
        self._own_work = not options.work and options.local
        self._work = options.work or ("/work" if not options.local else _make_work())
        self._loop = Loop(self._on_error)
        self._channel = Channel(fds, self._loop, self._on_command, self._quit)
        emit = self._channel.emit
        self._custody = Custody(alone=alone)
        student = _student(options, alone=alone)
        self._files = Files(self._work, student, () if options.local else _SCRATCH)
        self._tables = Tables()
        spared = None if self._own_network else self._tables.abandoned
        self._sockets = Sockets(self._loop, emit, spared)
        how = Launch(student=student, work=self._work, limits=options.limits)
        self._programs = Programs(how, self._loop, emit, self._custody)
        self._loop.take_rest = self._programs.take_rest
        self._ports = self._port_watch()
        pending = lambda: self._sockets.busy or self._programs.pending  # noqa: E731
        self._limits = Limits(options, self._work, emit, self._custody, self._programs)
        self._zombies = ZombieWatch(emit, self._custody)
        self._programs.on_exit = self._limits.judge
        self._programs.after_exit = self._ports.look
        self._adopted = Adoption(self._work, own=self._own_network)
        self._prober = Prober(self._loop, self._probed, self._custody, self._surroundings, pending)
        self._handlers = self._table()
        self._watch_children()
        ready = Ready(VERSION, _platform(), isolated=self._own_network, work=self._work)
        emit(ready)
        self._channel.flush()

    def run(self) -> None:
        """Serve until the grader goes away."""
        try:
            self._loop.run(self._channel.flush)
        finally:
            self._sockets.clear()
            self._custody.kill_all(self._programs.reap)
            self._adopted.end()
            if self._own_work:
                tree.remove(self._work)

    def _port_watch(self) -> Ports | LsofPorts:
        emit = self._channel.emit
        if HAS_TABLES:
            return Ports(self._loop, emit, self._custody, self._tables, self._tick)
        from grader.agent.lsof import LsofPorts  # noqa: PLC0415  # only where there is no /proc

        return LsofPorts(self._loop, emit, self._custody, self._tick)

    def _table(self) -> dict[type[Message], Callable[..., None]]:
        emit = self._channel.emit
        return {
            Reset: self._reset,
            Ping: self._ping,
            Probe: self._prober.probe,
            Quit: lambda _command: self._quit(),
            Connect: self._sockets.connect,
            Listen: self._sockets.listen,
            Relay: self._sockets.relay,
            Send: self._sockets.send,
            SendTo: self._sockets.send_to,
            Close: self._sockets.close,
            Hold: self._sockets.hold,
            Unpack: lambda command: emit(self._files.unpack(command)),
            Snapshot: lambda _command: emit(self._files.snapshot()),
            Adopt: lambda command: emit(self._adopted.take(command)),
            Spawn: self._spawn,
            Type: self._programs.type,
            Stop: self._programs.stop,
            CountZombies: self._zombies.begin,
        }

    def _on_command(self, command: Message) -> None:
        try:
            self._handlers[type(command)](command)
        except Exception as exc:  # noqa: BLE001  # one bad command must not end the agent
            self._on_error(exc)

    def _on_error(self, exc: Exception) -> None:
        where = exc.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        line = f" ({where.tb_frame.f_code.co_name}:{where.tb_lineno})" if where else ""
        self._channel.emit(Failed(f"{type(exc).__name__}: {exc}{line}"))

    def _quit(self) -> None:
        self._loop.running = False

    def _spawn(self, command: Spawn) -> None:
        self._programs.spawn(command)
        self._ports.hurry()

    def _ping(self, command: Ping) -> None:
        def answer(_quiet: object) -> None:
            if self._programs.running():
                self._ports.look()
            self._channel.emit(Pong(command.token))

        self._loop.when_quiet(answer)

    def _probed(self, event: Event) -> None:
        """Report the ports first: a port that just came up is no standstill; zombies, too."""
        self._ports.look()
        self._zombies.look()
        self._channel.emit(event)

    def _surroundings(self, held: list[int], *, thorough: bool) -> Surroundings:
        connections = self._tables.connections() if thorough else []
        programs = frozenset(self._custody.sockets())
        unread = frozenset(held) | self._sockets.held_ports()
        return Surroundings(
            tables=self._tables,
            slaves=self._programs.terminals(),
            our_pipes=frozenset(self._programs.pipes()),
            pids=frozenset(self._custody.pids()),
            programs=programs,
            ours=frozenset(self._sockets.inodes()),
            held=unread,
            half_open=frozenset(procnet.half_open(connections)),
            on_their_way=procnet.on_their_way(
                connections, programs, unread, orphans=self._own_network
            ),
            closed_world=self._own_network,
        )

    def _tick(self) -> bool:
        running = self._programs.running()
        self._limits.look(running)
        self._zombies.look()
        return bool(running or self._custody.pids())

    def _reset(self, _command: Reset) -> None:
        self._sockets.clear()
        self._programs.expect_death()
        self._custody.kill_all(self._programs.reap)
        self._programs.clear()
        self._limits.clear()
        self._zombies.clear()
        self._ports.clear()
        if self._own_network and HAS_TABLES:
            wait_for_closed(_SOCKETS_GONE)
        self._files.restore()
        self._channel.emit(Clean())

    def _watch_children(self) -> None:
        woken, wake = os.pipe()
        os.set_blocking(woken, False)
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda _number, _frame: self._quit())
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the grader to act on

        def wakened(_events: int) -> None:
            os.read(woken, 4096)
            self._programs.reap()

        self._loop.watch(woken, READ, wakened)


def _make_work() -> str:
    path = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"grader-{os.urandom(6).hex()}")  # noqa: S108
    os.mkdir(path, 0o700)
    return os.path.realpath(path)


def _student(options: Options, *, alone: bool) -> Student:
    free = _LINUX and procfs.parse_status(procfs.read("/proc/self/status")).get("NoNewPrivs") == "0"
    return Student(
        uid=None if options.local or os.geteuid() else options.student_uid,
        dies_with_us=_LINUX and not alone,
        no_new_privileges=free,
    )


def _platform() -> str:
    return f"{sys.platform}-{os.uname().machine}"
