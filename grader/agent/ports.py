"""Which ports the programs have: by asking the kernel, never by connecting.

Right after a start we look every few milliseconds, later now and then. Whose a socket is is looked
up once, when its inode first shows up.
"""

from __future__ import annotations

import os
from time import monotonic

from grader.agent import procfs
from grader.agent.protocol import Bound, Unbound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.agent.custody import Custody
    from grader.agent.loop import Loop, Timer
    from grader.agent.procnet import Entry
    from grader.agent.protocol import Event
    from grader.agent.tables import Tables

_FAST, _SLOW = 0.003, 0.05  # seconds between looks …
_FAST_FOR = 2.0  # … in the first seconds of a program, and after
_MOST = 0.05  # share of one processor that looking may take
_TRIES = 3  # looks after which an unknown socket is held for somebody else's


class Ports:
    """Reports `Bound` and `Unbound` while programs run."""

    def __init__(
        self,
        loop: Loop,
        emit: Callable[[Event], None],
        custody: Custody,
        tables: Tables,
        on_tick: Callable[[], bool],
    ) -> None:
        self._loop = loop
        self._emit = emit
        self._custody = custody
        self._tables = tables
        self._on_tick = on_tick
        self._timer: Timer | None = None
        self._fast_until = 0.0
        self._known: dict[int, tuple[str, str, str, int]] = {}
        self._unknown: dict[int, int] = {}  # inode: how often nobody was found to have it

    def hurry(self) -> None:
        """A program was started: look often for a while."""
        self._fast_until = monotonic() + _FAST_FOR
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.later(_FAST, self._tick)

    def clear(self) -> None:
        """Nothing runs any more; what was known is forgotten without a word."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._known.clear()
        self._unknown.clear()

    def look(self) -> None:
        """Report what changed."""
        found = {entry.inode: entry for entry in self._tables.bound() if entry.inode}
        if found.keys() == self._known.keys() | self._foreign():
            return
        self._report_gone(found)
        self._unknown = {inode: n for inode, n in self._unknown.items() if inode in found}
        new = {
            inode: entry
            for inode, entry in found.items()
            if inode not in self._known and self._unknown.get(inode, 0) < _TRIES
        }
        if new:
            self._report_new(new)

    def _foreign(self) -> set[int]:
        return {inode for inode, tries in self._unknown.items() if tries >= _TRIES}

    def _tick(self) -> None:
        began = monotonic()
        self.look()
        busy = self._on_tick()
        now = monotonic()
        if busy or self._known:
            pause = _FAST if now < self._fast_until else _SLOW
            self._timer = self._loop.later(max(pause, (now - began) / _MOST), self._tick)
        else:
            self._timer = None

    def _report_gone(self, found: dict[int, Entry]) -> None:
        for inode in [inode for inode in self._known if inode not in found]:
            gone = self._known.pop(inode)
            if gone not in self._known.values():
                self._emit(Unbound(*gone))

    def _report_new(self, new: dict[int, Entry]) -> None:
        owners = self._owners(set(new))
        for inode, entry in new.items():
            pid = owners.get(inode)
            actor = self._custody.actor_of(pid) if pid else ""
            if not actor:
                self._unknown[inode] = self._unknown.get(inode, 0) + 1
                continue
            port = (actor, entry.transport, entry.host, entry.port)
            if port not in self._known.values():
                self._emit(Bound(*port))
            self._known[inode] = port
            self._unknown.pop(inode, None)

    def _owners(self, inodes: set[int]) -> dict[int, int]:
        found: dict[int, int] = {}
        # A program that is just being started has our sockets as well, till it becomes itself.
        ours = procfs.descriptors(os.getpid()).values()
        inodes = inodes - {procfs.socket_inode(target) for target in ours}
        for pid in self._custody.pids():
            for target in procfs.descriptors(pid).values():
                inode = procfs.socket_inode(target)
                if inode in inodes:
                    found.setdefault(inode, pid)
        return found
