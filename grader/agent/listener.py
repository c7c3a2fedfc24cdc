"""TCP listeners of ours: each connection becomes an actor of its own, `actor#1`, `actor#2` …

They are open only while they are needed: programs share our network and could connect to them.
"""

from __future__ import annotations

import socket

from grader.agent.loop import READ, Loop
from grader.agent.protocol import Accepted, CouldNot, Listening
from grader.agent.tcp import Connection, error_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.agent.protocol import Event

_BACKLOG = 128
_ACCEPTS = 64  # connections taken in one round


class Listener:
    """Listening sockets of one actor; each connection becomes `actor#1`, `actor#2` …"""

    def __init__(
        self,
        actor: str,
        loop: Loop,
        emit: Callable[[Event], None],
        on_connection: Callable[[Connection], None],
        abandoned: Callable[[socket.socket], bool] | None = None,
    ) -> None:
        self.actor = actor
        self._loop = loop
        self._emit = emit
        self._on_connection = on_connection
        self._abandoned = abandoned
        self._socks: list[socket.socket] = []
        self._accepted = 0

    def listen(self, ports: list[int]) -> bool:
        """Take the first port, which must be free, and those of the others that are."""
        for number, port in enumerate(ports):
            try:
                self._open(port)
            except OSError as exc:
                if number == 0:
                    self._emit(CouldNot(self.actor, "listen", error_name(exc), port))
                    return False
        self._emit(Listening(self.actor, [sock.getsockname()[1] for sock in self._socks]))
        return True

    def close(self) -> None:
        """Listen no more; connections live on."""
        for sock in self._socks:
            self._loop.unwatch(sock.fileno())
            sock.close()
        self._socks.clear()

    def _open(self, port: int) -> None:
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.settimeout(0)
            sock.bind(("0.0.0.0", port))
            sock.listen(_BACKLOG)
        except OSError:
            sock.close()
            raise
        self._socks.append(sock)
        self._loop.watch(sock.fileno(), READ, lambda _events: self._accept(sock))

    def _accept(self, sock: socket.socket) -> None:
        for _ in range(_ACCEPTS):
            try:
                peer, (host, port) = sock.accept()
            except OSError:  # none left, or it went away while it waited
                return
            self._accepted += 1
            name = f"{self.actor}#{self._accepted}"
            conn = Connection(name, peer, self._loop, self._emit, self._abandoned)
            local_port = sock.getsockname()[1]
            self._emit(Accepted(self.actor, conn.actor, local_port, host, port))
            self._on_connection(conn)
            conn.start()
