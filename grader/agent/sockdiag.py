"""Sockets that have a port, asked of the kernel by netlink (sock_diag(7)).

Reading /proc/net/tcp makes the kernel walk its table of *all* connections, 5 ms on a machine with
much memory even when there are none; asking for listening sockets takes 0.02 ms. Where a kernel
has no such netlink, `procnet` reads the tables.
"""

from __future__ import annotations

import socket
import struct

from grader.agent.procnet import CONNECTED, LISTEN, UDP_STATES, Entry

_NETLINK_SOCK_DIAG = 4
_SOCK_DIAG_BY_FAMILY = 20
_REQUEST_ONE = 0x1  # NLM_F_REQUEST
_REQUEST_DUMP = _REQUEST_ONE | 0x300  # … | NLM_F_DUMP
_ERROR, _DONE = 2, 3
_HEADER = struct.Struct("=IHHII")  # length, type, flags, sequence, port
_REQUEST = struct.Struct("=BBBBI")  # family, protocol, extensions, padding, states
_SOCKET = struct.Struct("!HH16s16s4x8s")  # ports, addresses, interface, cookie
_ANY_COOKIE = b"\xff" * 8
_ALL_STATES = 0xFFFFFFFF
_ANSWER = struct.Struct("!BBBBHH16s16s12x")  # family, state, timer, retries, ports, addresses
_NUMBERS = struct.Struct("=IIIII")  # expires, unread, unsent, uid, inode
_UDP_MASK = sum(1 << state for state in UDP_STATES)
_CONNECTED_MASK = sum(1 << state for state in CONNECTED)
_FAMILIES = (socket.AF_INET, socket.AF_INET6)
_BOUND = ((socket.IPPROTO_TCP, 1 << LISTEN), (socket.IPPROTO_UDP, _UDP_MASK))


class RefusedError(Exception):
    """The kernel does not answer such questions."""


def question(family: int, protocol: int, states: int) -> bytes:
    """The request for all sockets of one family and protocol in these states (a bit mask)."""
    return _message(_REQUEST.pack(family, protocol, 0, 0, states) + bytes(48), _REQUEST_DUMP)


def question_for(local: tuple[str, int], remote: tuple[str, int]) -> bytes:
    """The request for the TCP socket between these two addresses."""
    family = socket.AF_INET6 if ":" in local[0] else socket.AF_INET
    ends = [socket.inet_pton(family, host).ljust(16, b"\0") for host, _ in (local, remote)]
    body = _REQUEST.pack(family, socket.IPPROTO_TCP, 0, 0, _ALL_STATES)
    return _message(body + _SOCKET.pack(local[1], remote[1], *ends, _ANY_COOKIE), _REQUEST_ONE)


def _message(body: bytes, flags: int) -> bytes:
    size = _HEADER.size + len(body)
    return _HEADER.pack(size, _SOCK_DIAG_BY_FAMILY, flags, 1, 0) + body


def split(data: bytes) -> tuple[list[bytes], bool]:
    """The bodies of an answer's messages, and whether the last of them was there."""
    bodies: list[bytes] = []
    start = 0
    while start + _HEADER.size <= len(data):
        size, kind, *_ = _HEADER.unpack_from(data, start)
        if kind == _ERROR:
            raise RefusedError
        if kind == _DONE or size < _HEADER.size:
            return bodies, True
        bodies.append(data[start + _HEADER.size : start + size])
        start += (size + 3) & ~3
    return bodies, False


def parse(body: bytes, transport: str) -> Entry:
    """One socket of an answer."""
    family, state, _, _, port, remote_port, host, remote_host = _ANSWER.unpack_from(body)
    _, unread, unsent, uid, inode = _NUMBERS.unpack_from(body, _ANSWER.size)
    size = 4 if family == socket.AF_INET else 16
    return Entry(
        transport=transport,
        host=socket.inet_ntop(family, host[:size]).removeprefix("::ffff:"),
        port=port,
        remote_host=socket.inet_ntop(family, remote_host[:size]).removeprefix("::ffff:"),
        remote_port=remote_port,
        state=state,
        unsent=unsent,
        unread=unread,
        uid=uid,
        inode=inode,
    )


class Diag:
    """Asks; raises `RefusedError` or `OSError` where the kernel cannot be asked."""

    def __init__(self) -> None:
        self._sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_SOCK_DIAG)
        self._sock.settimeout(1)
        self._bound = [
            (question(family, protocol, states), protocol)
            for protocol, states in _BOUND
            for family in _FAMILIES
        ]

    def answers(self) -> list[tuple[int, bytes]]:
        """Sockets that have a port, unparsed: cheap to compare with the time before."""
        return self._ask(self._bound)

    def connections(self) -> list[tuple[int, bytes]]:
        """TCP connections in the making, in use and in closing, unparsed."""
        tcp = socket.IPPROTO_TCP
        return self._ask([(question(family, tcp, _CONNECTED_MASK), tcp) for family in _FAMILIES])

    def _ask(self, questions: list[tuple[bytes, int]]) -> list[tuple[int, bytes]]:
        found: list[tuple[int, bytes]] = []
        for request, protocol in questions:
            self._sock.send(request)
            done = False
            while not done:
                bodies, done = split(self._sock.recv(1 << 17))
                found += [(protocol, body) for body in bodies]
        return found

    def parsed(self, answers: list[tuple[int, bytes]]) -> list[Entry]:
        """The sockets of an answer."""
        names = {socket.IPPROTO_TCP: "tcp", socket.IPPROTO_UDP: "udp"}
        return [parse(body, names[protocol]) for protocol, body in answers]

    def find(self, local: tuple[str, int], remote: tuple[str, int]) -> Entry | None:
        """The TCP socket between these two addresses, if there is one."""
        self._sock.send(question_for(local, remote))
        try:
            bodies, _ = split(self._sock.recv(1 << 16))
        except RefusedError:
            return None
        found = parse(bodies[0], "tcp") if bodies else None
        return found if found and found.remote_port == remote[1] else None

    def close(self) -> None:
        """Ask no more."""
        self._sock.close()
