"""One look at every thread of every program.

What runs for the language and not for the student (a JVM's collector, compilers, clean-up) is
told by the names such threads have; it waits with time-outs for ever and does not count, as
long as it waits.
"""

from __future__ import annotations

from grader.agent import procfs
from grader.agent.record import Record
from grader.agent.syscalls import Call, parse_call

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_ALARMS = {14, 26, 27}  # SIGALRM, SIGVTALRM, SIGPROF: somebody set a clock
_REAL_TIME = range(34, 65)
_JVM_EXIT = "VM Thread"  # HotSpot's VM_Exit::wait_for_threads_in_native_to_block
_JVM_SERVICES = (
    "GC Thread#", "G1 ", "VM Thread", "VM Periodic Tas", "C1 CompilerThre", "C2 CompilerThre",
    "Common-Cleaner", "Finalizer", "Reference Handl", "Signal Dispatch", "Service Thread",
    "Monitor Deflati", "Sweeper thread", "Notification Th", "Attach Listener", "Cleaner-",
    "DestroyJavaVM", "ParGC Thread", "Concurrent Mark", "ZWorker", "Shenandoah", "StringDedup",
)  # fmt: skip


class Sight(Record):
    """A thread as it was seen. `switches` counts how often it was put to sleep."""

    comm: str
    state: str
    call: Call | None
    switches: tuple[int, int]
    service: bool = False  # runs for the language

    @property
    def at_the_end(self) -> bool:
        """Whether it also carries out the end of the program: then it wakes up every 10 ms, for
        up to 300, to see whether threads in system calls come back, while all others wait.
        """
        return self.service and self.comm == _JVM_EXIT

    @property
    def sleeps(self) -> bool:
        """Waits in a system call (or was stopped)."""
        return self.state == "T" or (
            self.state == "S" and self.call is not None and self.call.number >= 0
        )


class Seen(Record):
    """A process as it was seen."""

    pid: int
    threads: dict[int, Sight]
    clock: bool = False  # has an alarm or a timer that may be running


def parse_sight(status: str, syscall: str, *, jvm: bool = False) -> Sight:
    """A thread by its status and syscall files."""
    fields = procfs.parse_status(status)
    comm = fields["Name"]
    return Sight(
        comm=comm,
        state=fields["State"][:1],
        call=parse_call(syscall),
        switches=(
            int(fields["voluntary_ctxt_switches"]),
            int(fields["nonvoluntary_ctxt_switches"]),
        ),
        service=jvm and comm.startswith(_JVM_SERVICES),
    )


def signals(mask: str) -> set[int]:
    """The signals in a mask of a status file."""
    bits = int(mask or "0", 16)
    return {number for number in range(1, 65) if bits >> (number - 1) & 1}


def has_clock(status: str, timers: str | None) -> bool:
    """Whether a process may be woken by an alarm: it handles or awaits one, or has timers.
    Where timers cannot be listed, a real-time signal's handler is taken for one.
    """
    fields = procfs.parse_status(status)
    handled = signals(fields.get("SigCgt", "")) | signals(fields.get("SigBlk", ""))
    if timers is None and handled.intersection(_REAL_TIME):
        return True
    return bool(timers) or bool(handled & _ALARMS)


def armed(fdinfo: str) -> bool:
    """Whether a timerfd is running, by its fdinfo."""
    left = procfs.parse_status(fdinfo).get("it_value", "(0, 0)")
    return left.replace(" ", "") != "(0,0)"


def look(pids: Iterable[int]) -> dict[int, Seen]:
    """Every living process among these, every thread of it."""
    found = (_look_at(pid) for pid in pids)
    return {seen.pid: seen for seen in found if seen is not None}


def _look_at(pid: int) -> Seen | None:
    jvm = procfs.link(f"/proc/{pid}/exe").endswith("/java")
    threads: dict[int, Sight] = {}
    timers = _timers(pid)
    clock = _has_running_timer(pid)
    for task in procfs.names(f"/proc/{pid}/task"):
        where = f"/proc/{pid}/task/{task}"
        syscall = procfs.read(f"{where}/syscall")
        status = procfs.read(f"{where}/status")
        if "ctxt_switches" not in status:
            continue
        sight = parse_sight(status, syscall, jvm=jvm)
        if sight.state not in "ZX":
            threads[int(task)] = sight
            clock = clock or has_clock(status, timers)
    return Seen(pid, threads, clock) if threads else None


def _timers(pid: int) -> str | None:
    path = f"/proc/{pid}/timers"
    return procfs.read(path) if procfs.exists(path) else None


def _has_running_timer(pid: int) -> bool:
    for fd, target in procfs.descriptors(pid).items():
        if target == "anon_inode:[io_uring]":
            return True
        if target == "anon_inode:[timerfd]" and armed(procfs.read(f"/proc/{pid}/fdinfo/{fd}")):
            return True
    return False
