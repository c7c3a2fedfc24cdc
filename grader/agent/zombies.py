"""Ended children that a program has not waited for.

A zombie counts while its parent is one of the program's own processes: orphans are ours to
collect. A process whose first thread alone has ended looks like one and is none.
"""

from __future__ import annotations

import os

from grader.agent import procfs
from grader.agent.protocol import Zombies
from grader.agent.tables import HAS_TABLES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.agent.custody import Custody
    from grader.agent.procfs import Stat
    from grader.agent.protocol import CountZombies, Event

_UNKNOWN = -1


class ZombieWatch:
    """Reports the number for the actors asked about, and each change of it."""

    def __init__(self, emit: Callable[[Event], None], custody: Custody) -> None:
        self._emit = emit
        self._custody = custody
        self._told: dict[str, int | None] = {}

    def begin(self, command: CountZombies) -> None:
        """From now on an actor's zombies are counted; the first number is reported at once."""
        self._told[command.actor] = None
        self.look()

    def clear(self) -> None:
        """Nothing runs any more."""
        self._told.clear()

    def look(self) -> None:
        """Report what changed."""
        if not self._told:
            return
        counts = self._counts()
        for actor, told in self._told.items():
            count = counts.get(actor, 0) if HAS_TABLES else _UNKNOWN
            if count != told:
                self._told[actor] = count
                self._emit(Zombies(actor, count))

    def _counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        us = os.getpid()
        for pid in self._custody.pids():
            stat = procfs.stat(pid)
            if stat is not None and stat.ppid != us and is_zombie(stat):
                actor = self._custody.actor_of(pid)
                counts[actor] = counts.get(actor, 0) + 1
        return counts


def is_zombie(stat: Stat) -> bool:
    """Whether a process has ended as a whole and waits to be waited for."""
    return stat.state == "Z" and stat.threads <= 1
