"""Whether every program is blocked for good: then waiting for it any longer is pointless.

Two looks, a moment apart. A thread seen in the same call with the same count of context switches
did not run in between, so at the moment between the looks all of them slept at once, and none of
them can wake another. What could still wake one is ruled out one by one: time-outs of the call or
of its socket, alarms and timers, bytes that are there or on their way (unread, typed, in the
sender's queue, in the kernel's backlog), and whatever this agent is about to send. What programs
said before has been reported when the verdict is: nothing of theirs is on its way to us either.

The verdict is only ever wrong in one direction: *not stuck* when in doubt.
"""

from __future__ import annotations

import sys

from grader.agent import procfs
from grader.agent.procnet import parse_backlog
from grader.agent.protocol import Blocked, Probed
from grader.agent.sightings import Seen, Sight, look
from grader.agent.syscalls import wait_of
from grader.agent.targets import Surroundings, Target, targets_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.agent.custody import Custody
    from grader.agent.loop import Loop
    from grader.agent.protocol import Event, Probe

_BETWEEN = 0.03  # seconds between the two looks
_LINUX = sys.platform == "linux"

Look = dict[int, Seen]


def may_be_stuck(seen: Look) -> bool:
    """One look is enough to say no: something runs, or its call has a time-out."""
    return all(
        not process.clock and all(_may_stay(thread) for thread in process.threads.values())
        for process in seen.values()
    )


def nothing_ran(first: Look, second: Look) -> bool:
    """Whether no thread that counts ran between two looks."""
    if first.keys() != second.keys():
        return False
    return all(_same_threads(first[pid].threads, second[pid].threads) for pid in first)


def _may_stay(thread: Sight) -> bool:
    if thread.service or thread.state == "T":
        return thread.sleeps
    return thread.sleeps and wait_of(thread.call).endless


def _same_threads(first: dict[int, Sight], second: dict[int, Sight]) -> bool:
    return first.keys() == second.keys() and all(
        second[task].sleeps if one.service and not one.at_the_end else one == second[task]
        for task, one in first.items()
    )


def blocked(
    actor: str,
    pid: int,
    thread: Sight,
    targets: list[Target] | None,
    *,
    clock: bool,
    task: int = 0,
) -> Blocked:
    """Where a thread stands, in the protocol's words."""
    if thread.state == "T":
        return Blocked(actor, pid, "stopped", forever=True, task=task)
    wait = wait_of(thread.call)
    known = targets or []
    endless = wait.endless and targets is not None and all(one.endless for one in known)
    runs = not thread.sleeps and thread.state != "D"
    return Blocked(
        actor,
        pid,
        "running" if runs else wait.name,
        ",".join(sorted({one.name for one in known if one.name})),
        forever=endless and thread.sleeps and not clock,
        task=task,
        cpu=procfs.cpu_seconds(pid, task) if runs else 0.0,
    )


class Prober:
    """Answers `Probe`."""

    def __init__(
        self,
        loop: Loop,
        emit: Callable[[Event], None],
        custody: Custody,
        surroundings: Callable[..., Surroundings],
        pending: Callable[[], bool],
    ) -> None:
        self._loop = loop
        self._emit = emit
        self._custody = custody
        self._surroundings = surroundings
        self._pending = pending

    def probe(self, command: Probe) -> None:
        """Look now and, if that leaves it open, once more in a moment."""
        self._loop.when_quiet(lambda quiet: self._first(command, quiet=quiet))

    def _first(self, command: Probe, *, quiet: bool) -> None:
        seen = look(self._custody.pids())
        if not quiet or not _LINUX or self._pending() or not may_be_stuck(seen):
            self._answer(command, seen, stuck=False)
        elif not seen:
            self._answer(command, seen, stuck=True)
        else:
            self._loop.later(_BETWEEN, lambda: self._wait(command, seen))

    def _wait(self, command: Probe, first: Look) -> None:
        self._loop.when_quiet(lambda quiet: self._second(command, first, quiet=quiet))

    def _second(self, command: Probe, first: Look, *, quiet: bool) -> None:
        delivered = not parse_backlog(procfs.read("/proc/net/softnet_stat"))
        second = look(self._custody.pids())
        still = quiet and delivered and not self._pending() and nothing_ran(first, second)
        self._answer(command, second, stuck=still and may_be_stuck(second))

    def _answer(self, command: Probe, seen: Look, *, stuck: bool) -> None:
        around = self._surroundings(command.held, thorough=stuck and bool(seen))
        threads = list(self._threads(seen, around))
        stuck = stuck and all(thread.forever for thread in threads) and not around.on_their_way
        stuck = stuck and self._loop.is_quiet()  # last: what was on its way has come by now
        told = [dict(vars(thread)) for thread in threads]
        self._emit(Probed(command.token, stuck, told, pending=self._pending()))

    def _threads(self, seen: Look, around: Surroundings) -> Iterator[Blocked]:
        for process in seen.values():
            actor = self._custody.actor_of(process.pid)
            for task, thread in process.threads.items():
                if not thread.service:
                    targets = self._targets(process.pid, thread, around)
                    clock = process.clock
                    yield blocked(actor, process.pid, thread, targets, clock=clock, task=task)

    def _targets(self, pid: int, thread: Sight, around: Surroundings) -> list[Target] | None:
        if thread.call is None or thread.call.number < 0:
            return None
        return targets_of(pid, thread.call, wait_of(thread.call), around)
