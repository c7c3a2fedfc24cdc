"""Which processes are the programs', whose each is, and the end of them.

*Alone* (PID 1 of a container or of our own namespace) every process but the agent is a program's
and one `kill(-1)` ends them all at once, fork bombs included. Otherwise programs are what
descends from us: we adopt orphans (child subreaper), so a daemon stays findable, and freeze the
whole tree before killing it so that nothing can slip away. Without /proc: process groups.
"""

from __future__ import annotations

import os
import signal
import sys
from time import monotonic, sleep

from grader.agent import linux, procfs
from grader.agent.launch import ACTOR_VARIABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_HAS_PROC = sys.platform == "linux"
_PATIENCE = 5.0  # seconds until a process that SIGKILL cannot end is left behind


class Custody:
    """Keeps track of every process that a program of ours made."""

    def __init__(self, *, alone: bool) -> None:
        self.alone = alone
        self._actors: dict[int, str] = {}
        if _HAS_PROC and not alone:
            linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)

    def add(self, pid: int, actor: str) -> None:
        """A program was started."""
        self._actors[pid] = actor

    def groups(self) -> dict[int, str]:
        """The process groups programs were started in, and whose they are."""
        return dict(self._actors)

    def pids(self) -> list[int]:
        """Every living process of every program, zombies included."""
        if not _HAS_PROC:
            return []
        us = os.getpid()
        if self.alone:
            return [pid for pid in procfs.all_pids() if pid != us]
        return procfs.descendants(us)

    def actor_of(self, pid: int) -> str:
        """Whose process this is: by session, by environment, by ancestry."""
        for _ in range(64):
            stat = procfs.stat(pid)
            if stat is None:
                break
            found = self._actors.get(stat.session) or procfs.environ(pid).get(ACTOR_VARIABLE)
            if found:
                return found
            pid = stat.ppid
        only = set(self._actors.values())
        return only.pop() if len(only) == 1 else ""

    def sockets(self) -> set[int]:
        """The inodes of all sockets of all programs."""
        links = (procfs.descriptors(pid).values() for pid in self.pids())
        return {procfs.socket_inode(link) for targets in links for link in targets} - {0}

    def kill_actor(self, actor: str) -> None:
        """End all processes of one actor, daemonised ones too."""
        others = set(self._actors.values()) - {actor}
        if self.alone and not others:
            send_signal([-1], signal.SIGKILL)
            return
        groups = [-pid for pid, one in self._actors.items() if one == actor]
        send_signal(groups, signal.SIGKILL)
        self._freeze_and_kill(lambda pid: self.actor_of(pid) == actor)

    def kill_all(self, reap: Callable[[], bool]) -> None:
        """End every program; `reap` collects the dead and says whether there are children yet."""
        deadline = monotonic() + _PATIENCE
        while monotonic() < deadline:
            if self.alone:
                send_signal([-1], signal.SIGKILL)
            else:
                send_signal((-pid for pid in self._actors), signal.SIGKILL)
                self._freeze_and_kill(lambda _pid: True)
            if not reap():
                break
            sleep(0.0005)
        self._actors.clear()

    def _freeze_and_kill(self, is_one: Callable[[int], bool]) -> None:
        frozen: set[int] = set()
        while new := {pid for pid in self.pids() if pid not in frozen and is_one(pid)}:
            send_signal(new, signal.SIGSTOP)
            frozen |= new
        send_signal(frozen, signal.SIGKILL)


def send_signal(pids: Iterable[int], number: int) -> None:
    """Signal processes (or, negative, groups), those that are still there."""
    for pid in pids:
        try:
            os.kill(pid, number)
        except OSError:
            continue
