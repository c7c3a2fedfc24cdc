"""Which limit a program ran into, told before its end is.

Memory and processes are counted by the container's control group (both versions); disk, file size
and open files are looked at; output is counted where it is read. What cannot be known on a
machine is not reported.
"""

from __future__ import annotations

import os
import signal
import stat
from time import monotonic

from grader.agent import procfs
from grader.agent.protocol import LimitHit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.agent.custody import Custody
    from grader.agent.options import Options
    from grader.agent.programs import Program, Programs
    from grader.agent.protocol import Event

_ROOT = "/sys/fs/cgroup"
_PAUSE = 0.05  # seconds between looks at what runs
_MOST_FILES = 2000  # that are looked at for a full one
_COUNTERS = {  # what: where each version of control groups counts it, and under which word
    "memory": (("memory.events", "memory/memory.oom_control"), "oom_kill"),
    "processes": (("pids.events", "pids/pids.events"), "max"),
}
_BY_SIGNAL = {signal.SIGXFSZ: "file_size", signal.SIGXCPU: "cpu"}


def parse_counter(text: str, word: str) -> int:
    """The number behind a word in a control group's file, 0 when it is not there."""
    for line in text.splitlines():
        name, _, value = line.partition(" ")
        if name == word:
            return int(value)
    return 0


def places(own: str) -> dict[str, str]:
    """Where our control group's files are below the root, by /proc/self/cgroup: a prefix for
    each controller, "" for version 2.
    """
    found = {}
    for line in own.splitlines():
        _, controllers, path = line.split(":", 2)
        for controller in controllers.split(","):
            found[controller] = path.strip("/")
    return found


def candidates(name: str, own: dict[str, str]) -> Iterator[str]:
    """Where a counter may be: in a container, the root of the hierarchy is our own group."""
    controller, slash, file = name.rpartition("/")
    prefix = own.get(controller, "")
    if prefix:
        yield f"{_ROOT}/{controller}{slash}{prefix}/{file}"
    yield f"{_ROOT}/{name}"


class Limits:
    """Watches for limits while programs run and when they end."""

    def __init__(
        self,
        options: Options,
        work: str,
        emit: Callable[[Event], None],
        custody: Custody,
        programs: Programs,
    ) -> None:
        self._limits = options.limits
        self._shared = options.local  # a control group with others in it proves little
        self._work = work
        self._emit = emit
        self._custody = custody
        self._programs = programs
        self._next_look = 0.0
        self._hits: set[tuple[str, str]] = set()
        own = places(procfs.read("/proc/self/cgroup"))
        self._files = {what: _find(names, own) for what, (names, _) in _COUNTERS.items()}
        self._counts = {what: self._count(what) for what in _COUNTERS}

    def clear(self) -> None:
        """What was hit is history."""
        self._hits.clear()
        self._counts = {what: self._count(what) for what in _COUNTERS}

    def judge(self, program: Program, code: int) -> None:
        """A program ended: was it a limit that ended it?"""
        if program.killed:
            return
        if (code == -signal.SIGKILL or not self._shared) and self._grew("memory"):
            self._hit(program.actor, "memory")
        if not self._shared and self._grew("processes"):
            self._hit(program.actor, "processes")
        if -code in _BY_SIGNAL:
            self._hit(program.actor, _BY_SIGNAL[signal.Signals(-code)])
        elif code and self._has_full_file():
            self._hit(program.actor, "file_size")
        if code and self._disk_is_full():
            self._hit(program.actor, "disk")

    def look(self, running: list[Program]) -> None:
        """Look at what runs, now and then."""
        now = monotonic()
        if not running or now < self._next_look:
            return
        self._next_look = now + _PAUSE
        only = running[0].actor if len(running) == 1 else ""
        if not self._shared and only and self._grew("memory"):
            self._hit(only, "memory")
        if not self._shared and self._grew("processes"):
            self._hit(only or self._busiest(), "processes")
        if self._disk_is_full():
            self._hit(only or running[0].actor, "disk")
        self._look_at_files()

    def _hit(self, actor: str, what: str) -> None:
        if (actor, what) not in self._hits:
            self._hits.add((actor, what))
            self._emit(LimitHit(actor, what))

    def _count(self, what: str) -> int:
        path = self._files[what]
        return parse_counter(procfs.read(path), _COUNTERS[what][1]) if path else 0

    def _grew(self, what: str) -> bool:
        before, self._counts[what] = self._counts[what], self._count(what)
        return self._counts[what] > before

    def _busiest(self) -> str:
        actors = [self._custody.actor_of(pid) for pid in self._custody.pids()]
        return max(set(actors), key=actors.count, default="")

    def _look_at_files(self) -> None:
        most = self._limits.get("nofile")
        if most is None:
            return
        for pid in self._custody.pids():
            if procfs.count_descriptors(pid) >= most:
                self._hit(self._custody.actor_of(pid), "files")

    def _disk_is_full(self) -> bool:
        try:
            found = os.statvfs(self._work)
        except OSError:
            return False
        return bool(found.f_blocks) and (found.f_bfree == 0 or 0 == found.f_ffree < found.f_files)

    def _has_full_file(self) -> bool:
        most = self._limits.get("fsize")
        return most is not None and any(size >= most for size in _file_sizes(self._work))


def _find(names: tuple[str, ...], own: dict[str, str]) -> str:
    paths = (path for name in names for path in candidates(name, own))
    return next((path for path in paths if procfs.exists(path)), "")


def _file_sizes(directory: str) -> Iterator[int]:
    seen = 0
    waiting = [directory]
    while waiting and seen < _MOST_FILES:
        where = waiting.pop()
        for name in procfs.names(where):
            seen += 1
            path = os.path.join(where, name)
            try:
                found = os.lstat(path)
            except OSError:
                continue
            if stat.S_ISDIR(found.st_mode):
                waiting.append(path)
            elif stat.S_ISREG(found.st_mode):
                yield found.st_size
