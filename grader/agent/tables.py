"""Who has which port, by the best means this machine has."""

from __future__ import annotations

import socket
import sys
from time import monotonic, sleep

from grader.agent import procfs, procnet
from grader.agent.sockdiag import Diag, RefusedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from grader.agent.procnet import Entry

HAS_TABLES = sys.platform == "linux"


class Tables:
    """The socket tables of our network namespace."""

    def __init__(self) -> None:
        self._diag: Diag | None = None
        self._seen: tuple[list[tuple[int, bytes]], list[Entry]] = ([], [])
        if HAS_TABLES:
            try:
                self._diag = Diag()
            except OSError:
                self._diag = None

    def bound(self) -> list[Entry]:
        """Every socket with a port for others to reach: TCP listening, UDP bound."""
        if self._diag is not None:
            try:
                return self._ask(self._diag)
            except (RefusedError, OSError):
                self.close()
        return procnet.bound(procnet.read_tables())

    def find(self, local: tuple[str, int], remote: tuple[str, int]) -> Entry | None:
        """The TCP connection between two addresses, as seen from the first."""
        if self._diag is not None:
            try:
                return self._diag.find(local, remote)
            except OSError:
                return None
        ends = (*local, *remote)
        for entry in procnet.entries():
            if (entry.host, entry.port, entry.remote_host, entry.remote_port) == ends:
                return entry
        return None

    def abandoned(self, ours: socket.socket) -> bool:
        """Whether no process has the other end of a connection of ours any more, as far as can be
        seen: a reset then disturbs nobody, and leaves no TIME_WAIT at a server's port.
        """
        try:
            remote, local = ours.getpeername()[:2], ours.getsockname()[:2]
        except OSError:
            return True
        found = self.find(remote, local) if HAS_TABLES else None
        return found is None or not found.inode

    def connections(self) -> list[Entry]:
        """Every TCP connection of our network namespace. (Dear: the kernel walks all it has.)"""
        if self._diag is not None:
            try:
                return self._diag.parsed(self._diag.connections())
            except (RefusedError, OSError):
                self.close()
        return procnet.entries(procnet.CONNECTED)

    def close(self) -> None:
        """Ask by netlink no more."""
        if self._diag is not None:
            self._diag.close()
            self._diag = None

    def _ask(self, diag: Diag) -> list[Entry]:
        answers = diag.answers()
        if answers != self._seen[0]:
            self._seen = (answers, diag.parsed(answers))
        return self._seen[1]


def wait_for_closed(patience: float) -> None:
    """Wait until no trace of a connection is left in our network namespace."""
    deadline = monotonic() + patience
    soon = monotonic() + 0.01  # the other agent of this network is being reset as well
    while monotonic() < deadline and in_use():
        if monotonic() > soon and not any(map(procnet.lingers, procnet.entries())):
            return
        sleep(0.0005)


def in_use() -> bool:
    """Whether any TCP socket is left; cheaper than to look at each."""
    lines = procfs.read("/proc/net/sockstat") + procfs.read("/proc/net/sockstat6")
    return procnet.parse_in_use(lines) > 0
