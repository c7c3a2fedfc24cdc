"""The programs: what they print, what is typed to them, how they end.

A program's output is read in bounded bites, so that a flood delays nobody, and all it printed is
reported before its end is. The slave side of its terminal stays open here: whatever the program
does to its own descriptors, an empty read means "nothing printed yet" and never an error.
"""

from __future__ import annotations

import errno
import os
import signal
from collections import deque

from grader.agent import procfs
from grader.agent.custody import send_signal
from grader.agent.keyboard import EOF, deliver, keystrokes
from grader.agent.launch import Ends, Launch, launch
from grader.agent.loop import READ, WRITE, Loop
from grader.agent.protocol import CouldNot, Exited, Failed, LimitHit, Printed, Started
from grader.agent.wire import raw, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.agent.custody import Custody
    from grader.agent.protocol import Event, Spawn, Stop, Type

_BITE = 1 << 16  # bytes read from one stream in one round
_LAST_BITES = 64  # of a stream whose program ended while a child of it goes on printing
_FLOOD = 1 << 14  # bytes after which a program is taken to print more than anybody reads …
_BREATH = 0.002  # … and seconds its terminal is then left to fill, as each report has its price


class Program:
    """One started program and our ends of it."""

    def __init__(self, spawn: Spawn, ends: Ends) -> None:
        self.actor = spawn.actor
        self.pid = ends.pid
        self.ends = ends
        self.ended = False
        self.killed = False  # by us
        self.discarding = False
        self.to_print = spawn.output_limit
        self.printed = 0
        self.keys: deque[bytes] = deque()
        self.in_line = False  # typed something since the last newline
        self.open = {ends.out, ends.err, ends.failure} | ({ends.slave} - {-1})


class Programs:
    """All programs of this agent, by actor."""

    def __init__(
        self,
        how: Launch,
        loop: Loop,
        emit: Callable[[Event], None],
        custody: Custody,
    ) -> None:
        self.on_exit: Callable[[Program, int], None] = _nothing
        self.after_exit: Callable[[], None] = _nothing
        self.by_actor: dict[str, Program] = {}
        self._how = how
        self._loop = loop
        self._emit = emit
        self._custody = custody

    def running(self) -> list[Program]:
        """Those whose main process has not ended."""
        return [program for program in self.by_actor.values() if not program.ended]

    @property
    def pending(self) -> bool:
        """Something typed has not reached its terminal, or a program is not yet itself."""
        return any(one.keys or one.ends.failure in one.open for one in self.running())

    def terminals(self) -> dict[str, int]:
        """The slave sides of the programs' terminals, by name."""
        slaves = (one.ends.slave for one in self.by_actor.values())
        return {procfs.link(f"/proc/self/fd/{fd}"): fd for fd in slaves if fd >= 0}

    def pipes(self) -> set[int]:
        """The inodes of the pipes we read from programs."""
        ends = (one.ends for one in self.by_actor.values())
        fds = {fd for end in ends for fd in (end.out, end.err)}
        still_open = {fd for one in self.by_actor.values() for fd in fds & one.open}
        return {os.fstat(fd).st_ino for fd in still_open}

    def spawn(self, spawn: Spawn) -> None:
        """Start one; an ended program of the same actor makes way."""
        old = self.by_actor.get(spawn.actor)
        if old is not None and not old.ended:
            self._emit(Failed(f"{spawn.actor} runs already"))
            return
        if old is not None:
            self._forget(old)
        try:
            ends = launch(self._how, spawn)
        except OSError as exc:
            self._emit(could_not_spawn(spawn.actor, exc))
            return
        for fd in (ends.out, ends.err):
            os.set_blocking(fd, False)
        program = Program(spawn, ends)
        self.by_actor[spawn.actor] = program
        self._custody.add(ends.pid, spawn.actor)
        self._loop.watch(ends.failure, READ, lambda _events: self._settle(program))

    def type(self, command: Type) -> None:
        """Press keys; what does not fit into the terminal waits here."""
        program = self.by_actor.get(command.actor)
        if program is None or program.ends.keyboard < 0:
            self._emit(Failed(f"{command.actor} has no keyboard"))
            return
        if program.ended:
            return
        data = raw(command.data)
        if data:
            program.in_line = not data.endswith(b"\n")
            program.keys.append(keystrokes(data))
        if command.end:  # within a line, the first Ctrl-D only hands the line over
            program.keys.append(EOF * 2 if program.in_line else EOF)
            program.in_line = False
        if program.ends.failure not in program.open:
            self._press(program)

    def stop(self, command: Stop) -> None:
        """Signal a program's process group, or whatever it left behind."""
        program = self.by_actor.get(command.actor)
        if program is None:
            self._emit(Failed(f"{command.actor} was never started"))
        elif not program.ended:
            program.killed = program.killed or command.signal == signal.SIGKILL
            send_signal([-program.pid], command.signal)
        elif command.signal == signal.SIGKILL:
            self._custody.kill_actor(command.actor)

    def reap(self) -> bool:
        """Collect the dead; says whether there are children left."""
        pids = {program.pid: program for program in self.running()}
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return False
            if pid == 0:
                return True
            if pid in pids:
                self._ended(pids[pid], os.waitstatus_to_exitcode(status))

    def expect_death(self) -> None:
        """All are about to be killed, and not for anything they did."""
        for program in self.running():
            program.killed = True

    def take_rest(self) -> bool:
        """Report output that the kernel has and does not show yet: it moves what is written to a
        terminal over when it finds the time, or when somebody reads. Says whether there was any.

        What was typed goes the same way, and is moved over by whoever asks for it: then a program
        that sleeps has nothing to read, and one that has something to read is awake.
        """
        left = [(one, one.to_print) for one in self.by_actor.values()]
        for program, _ in left:
            if program.ends.slave in program.open:
                self._take(program, program.ends.out)
                deliver(program.ends.slave)
        return any(program.to_print != before for program, before in left)

    def clear(self) -> None:
        """Forget all; they have been killed and reaped."""
        for program in list(self.by_actor.values()):
            self._forget(program)

    def _settle(self, program: Program) -> None:
        """Exec worked, or not: say so, once."""
        failure = program.ends.failure
        if failure in program.open:
            problem = os.read(failure, 100).decode()
            self._shut(program, failure)
            if problem:
                self._emit(CouldNot(program.actor, "spawn", problem))
                self._forget(program)
                return
            self._emit(Started(program.actor, program.pid))
            for fd in (program.ends.out, program.ends.err):
                self._listen(program, fd)
            if program.keys:
                self._press(program)

    def _listen(self, program: Program, fd: int) -> None:
        self._loop.watch(fd, READ, lambda _events: self._hear(program, fd))

    def _hear(self, program: Program, fd: int) -> None:
        self._take(program, fd)
        flood = program.printed > _FLOOD and fd == program.ends.out and not program.keys
        if flood and fd in program.open:  # `take_rest` sees meanwhile to what is there
            self._loop.unwatch(fd)
            self._loop.later(_BREATH, lambda: self._resume(program, fd))

    def _resume(self, program: Program, fd: int) -> None:
        if fd in program.open and not program.keys:  # or typing has resumed it
            self._listen(program, fd)

    def _take(self, program: Program, fd: int) -> bool:
        """Report up to a bite of what was printed; says whether there may be more."""
        chunks = []
        size = 0
        more = True
        while more and size < _BITE:
            try:
                chunk = os.read(fd, _BITE - size)
            except BlockingIOError:
                more = False
                break
            except OSError:
                chunk = b""
            if not chunk:
                self._shut(program, fd)
                more = False
            chunks.append(chunk)
            size += len(chunk)
        if size:
            self._printed(program, "err" if fd == program.ends.err else "out", b"".join(chunks))
        return more

    def _printed(self, program: Program, stream: str, data: bytes) -> None:
        if program.discarding:
            return
        kept = data[: program.to_print]
        program.to_print -= len(kept)
        program.printed += len(kept)
        if kept:
            self._emit(Printed(program.actor, stream, text(kept)))
        if len(kept) < len(data):
            program.discarding = program.killed = True
            self._emit(LimitHit(program.actor, "output"))
            self._custody.kill_actor(program.actor)

    def _press(self, program: Program) -> None:
        keyboard = program.ends.keyboard
        keys = program.keys
        while keys:
            try:
                written = os.write(keyboard, keys[0])
            except BlockingIOError:
                written = 0
            if written == len(keys[0]):
                keys.popleft()
                continue
            keys[0] = keys[0][written:]
            break
        events = READ | WRITE if keys else READ
        self._loop.watch(keyboard, events, lambda events: self._at_terminal(program, events))

    def _at_terminal(self, program: Program, events: int) -> None:
        if events & READ:
            self._hear(program, program.ends.out)
        if events & WRITE and not program.ended:
            self._press(program)

    def _ended(self, program: Program, code: int) -> None:
        self._settle(program)
        program.ended = True
        program.keys.clear()
        if self.by_actor.get(program.actor) is not program:
            return  # exec had failed
        for fd in (program.ends.out, program.ends.err):
            for _ in range(_LAST_BITES):
                if fd not in program.open or not self._take(program, fd):
                    break
        self.on_exit(program, code)
        if code < 0:
            self._emit(Exited(program.actor, signal=-code))
        else:
            self._emit(Exited(program.actor, status=code))
        self.after_exit()

    def _shut(self, program: Program, fd: int) -> None:
        program.open.discard(fd)
        self._loop.unwatch(fd)
        os.close(fd)

    def _forget(self, program: Program) -> None:
        program.ended = True
        for fd in list(program.open):
            self._shut(program, fd)
        del self.by_actor[program.actor]


def _nothing(*_args: object) -> None:
    """What happens at an exit unless somebody cares."""


def could_not_spawn(actor: str, exc: OSError) -> CouldNot:
    """What is reported when a program cannot be started."""
    return CouldNot(actor, "spawn", errno.errorcode.get(exc.errno or 0, str(exc)))
