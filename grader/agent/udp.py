"""UDP sockets of ours: whole datagrams with their source, and refusals.

On Linux the kernel queues ICMP's "port unreachable" for us (IP_RECVERR), so that a datagram to
a port where nobody is can be told from one that was ignored.
"""

from __future__ import annotations

import errno
import socket
import sys
from collections import deque

from grader.agent.loop import READ, WRITE, Loop
from grader.agent.protocol import Broken, CouldNot, Datagram, Listening, Sent
from grader.agent.tcp import error_name
from grader.agent.wire import text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.agent.protocol import Event

_LARGEST = 1 << 16
_ROOM = 4 << 20  # the kernel gives what it allows
_BITES = 64  # datagrams read in one round
_IP_RECVERR = 11
_MSG_ERRQUEUE = 0x2000
_LINUX = sys.platform == "linux"


class Datagrams:
    """The UDP sockets of one actor, one for each of its ports."""

    def __init__(self, actor: str, loop: Loop, emit: Callable[[Event], None]) -> None:
        self.actor = actor
        self._loop = loop
        self._emit = emit
        self._socks: dict[int, socket.socket] = {}
        self._queue: deque[tuple[socket.socket, bytes, tuple[str, int]]] = deque()

    def listen(self, ports: list[int]) -> bool:
        """Take the first port, which must be free, and those of the others that are."""
        for number, port in enumerate(ports):
            try:
                self._open(port)
            except OSError as exc:
                if number == 0:
                    self._emit(CouldNot(self.actor, "listen", error_name(exc), port))
                    return False
        self._emit(Listening(self.actor, list(self._socks)))
        return True

    def send_to(self, data: bytes, host: str, port: int, local_port: int) -> None:
        """Send one datagram from one of our ports."""
        sock = self._socks.get(local_port) if local_port else next(iter(self._socks.values()))
        if sock is None:
            self._emit(CouldNot(self.actor, "send", "ENOTCONN", local_port))
            return
        self._queue.append((sock, data, (host, port)))
        self._advance()

    def close(self) -> None:
        """Give the ports back."""
        for sock in self._socks.values():
            self._loop.unwatch(sock.fileno())
            sock.close()
        self._socks.clear()
        self._queue.clear()

    def _open(self, port: int) -> None:
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            sock.settimeout(0)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _ROOM)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            if _LINUX:
                sock.setsockopt(socket.IPPROTO_IP, _IP_RECVERR, 1)
            sock.bind(("0.0.0.0", port))
        except OSError:
            sock.close()
            raise
        self._socks[sock.getsockname()[1]] = sock
        self._watch(sock)

    def _watch(self, sock: socket.socket) -> None:
        blocked = bool(self._queue) and self._queue[0][0] is sock
        events = READ | WRITE * blocked
        self._loop.watch(sock.fileno(), events, lambda events: self._ready(sock, events))

    def _ready(self, sock: socket.socket, events: int) -> None:
        if events & READ:
            self._take(sock)
        if events & WRITE:
            self._advance()
            self._watch(sock)

    def _take(self, sock: socket.socket) -> None:
        local_port = sock.getsockname()[1]
        for _ in range(_BITES):
            try:
                data, source = sock.recvfrom(_LARGEST)
            except BlockingIOError:
                break
            except OSError as exc:  # a refusal of something sent before, reported once
                if not _LINUX:
                    self._emit(Broken(self.actor, error_name(exc)))
                continue
            self._emit(Datagram(self.actor, text(data), source[0], source[1], local_port))
        self._take_refusals(sock)

    def _take_refusals(self, sock: socket.socket) -> None:
        while _LINUX:
            try:
                _, ancillary, _, _ = sock.recvmsg(0, 512, _MSG_ERRQUEUE)
            except OSError:
                return
            for _, _, extended in ancillary:
                code = int.from_bytes(extended[:4], sys.byteorder)
                self._emit(Broken(self.actor, errno.errorcode.get(code, str(code))))

    def _advance(self) -> None:
        while self._queue:
            sock, data, to = self._queue[0]
            try:
                sent = _send(sock, data, to)
            except BlockingIOError:
                self._watch(sock)
                return
            except OSError as exc:
                self._emit(CouldNot(self.actor, "send", error_name(exc), to[1]))
            else:
                self._emit(Sent(self.actor, sent))
            self._queue.popleft()


def _send(sock: socket.socket, data: bytes, to: tuple[str, int]) -> int:
    try:
        return sock.sendto(data, to)
    except ConnectionRefusedError:  # of an earlier datagram; its details are in the error queue
        return sock.sendto(data, to)
