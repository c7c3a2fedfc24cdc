"""What a thread's descriptors are, and whether waiting on one can end by itself.

A socket is duplicated into this process (pidfd_getfd) and asked: its addresses, its time-outs,
whether something is there to be read. Where we may not do that, nothing is proven. A connection
whose other end is neither ours nor a program's may always be answered.
"""

from __future__ import annotations

import errno
import os
import select
import socket
import stat
import struct
import sys
import termios

from grader.agent import linux, procfs
from grader.agent.record import Record
from grader.agent.syscalls import Call, Wait

TYPE_CHECKING = False
if TYPE_CHECKING:
    from grader.agent.tables import Tables

_POLLFD = struct.Struct("=ihh")
_MOST = 64  # descriptors of one poll that are looked at
_EVENTS = {"read": select.POLLIN, "accept": select.POLLIN, "write": select.POLLOUT}


class Target(Record):
    """What a descriptor is, and whether nothing but others' doing can end a wait on it."""

    name: str
    endless: bool = False


class Surroundings(Record):
    """What this agent knows and a process's descriptors do not tell."""

    tables: Tables
    slaves: dict[str, int]  # the programs' terminals, by name
    our_pipes: frozenset[int]  # inodes of pipes that we read
    pids: frozenset[int]  # of the programs
    programs: frozenset[int]  # inodes of the programs' sockets
    ours: frozenset[int]  # inodes of ours
    held: frozenset[int]  # ports of connections that we don't read from
    half_open: frozenset[int]  # ports to which connections are being made
    on_their_way: bool  # bytes from a program to us
    closed_world: bool  # nobody else is on this network


def targets_of(pid: int, call: Call, wait: Wait, around: Surroundings) -> list[Target] | None:
    """All a thread waits on; None when that cannot be found out."""
    if not wait.kind:
        return []
    if wait.kind == "connect":
        return [_connecting(pid, call, around)]
    if wait.kind in {"read", "write", "accept"}:
        return [_descriptor(pid, call.args[0], _EVENTS[wait.kind], around)]
    lists = {"poll": _polled, "select": _selected, "epoll": _epolled}
    wanted = lists[wait.kind](pid, call.args)
    if wanted is None or len(wanted) > _MOST:
        return None
    return [_descriptor(pid, fd, events, around) for fd, events in wanted]


def parse_pollfds(data: bytes) -> list[tuple[int, int]]:
    """An array of `struct pollfd`: descriptors and the events they are polled for."""
    entries = ((fd, events) for fd, events, _ in _POLLFD.iter_unpack(data))
    return [(fd, events) for fd, events in entries if fd >= 0]


def parse_fd_set(data: bytes, count: int) -> list[int]:
    """The descriptors in an fd_set."""
    bits = int.from_bytes(data, "little")
    return [fd for fd in range(count) if bits >> fd & 1]


def parse_epoll(fdinfo: str) -> list[tuple[int, int]]:
    """What an epoll descriptor watches, by its fdinfo."""
    lines = (line.split() for line in fdinfo.splitlines() if line.startswith("tfd:"))
    return [(int(words[1]), int(words[3], 16)) for words in lines]


def _polled(pid: int, args: tuple[int, ...]) -> list[tuple[int, int]] | None:
    size = args[1] * _POLLFD.size
    data = procfs.memory(pid, args[0], size) if size <= 1 << 16 else b""
    return parse_pollfds(data) if len(data) == size else None


def _selected(pid: int, args: tuple[int, ...]) -> list[tuple[int, int]] | None:
    count = min(args[0], 1024)
    size = (count + 63) // 64 * 8
    found: list[tuple[int, int]] = []
    for address, events in zip(args[1:4], (select.POLLIN, select.POLLOUT, 0), strict=True):
        data = procfs.memory(pid, address, size) if address else bytes(size)
        if len(data) != size:
            return None
        found += [(fd, events) for fd in parse_fd_set(data, count)]
    return found


def _epolled(pid: int, args: tuple[int, ...]) -> list[tuple[int, int]] | None:
    fdinfo = procfs.read(f"/proc/{pid}/fdinfo/{args[0]}")
    return parse_epoll(fdinfo) if fdinfo else None


def _descriptor(pid: int, fd: int, events: int, around: Surroundings) -> Target:
    path = f"/proc/{pid}/fd/{fd}"
    link = procfs.link(path)
    if link.startswith("socket:"):
        return _socket(pid, fd, events, around)
    if link.startswith("pipe:"):
        ours = int(link[6:-1]) in around.our_pipes
        return Target("pipe", not ours)  # a full one of ours is about to be emptied
    if link.startswith("/dev/pts/") or link == "/dev/tty":
        idle = not events & select.POLLOUT and _is_idle(around.slaves.get(link))
        return Target("terminal", idle)  # what is written to it is about to be read
    if link == "anon_inode:[timerfd]":
        return Target("timer", endless=True)  # a running one was found before
    if link in {"anon_inode:[eventfd]", "anon_inode:inotify", "anon_inode:[pidfd]"}:
        return Target("event", endless=True)
    return Target("file" if _is_file(path) else "")


def _is_file(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def _is_idle(slave: int | None) -> bool:
    """Nothing was typed that is not read, and reading has no time-out."""
    if slave is None or _ready(slave, select.POLLIN):
        return False
    _, _, _, lflag, _, _, keys = termios.tcgetattr(slave)
    timed = keys[termios.VTIME] not in {0, b"\0"}
    return bool(lflag & termios.ICANON) or not timed


def _ready(fd: int, events: int) -> bool:
    poll = select.poll()
    poll.register(fd, events)
    return bool(poll.poll(0))


def _socket(pid: int, fd: int, events: int, around: Surroundings) -> Target:
    try:
        sock = socket.socket(fileno=linux.pidfd_getfd(pid, fd))
    except OSError:
        return Target("socket")
    with sock:
        ready = _ready(sock.fileno(), events & (select.POLLIN | select.POLLOUT))
        may_end = ready or _has_timeout(sock)
        if sock.family not in {socket.AF_INET, socket.AF_INET6}:
            return Target("socket", _is_local(sock, around) and not may_end)
        name, is_alone = _internet_socket(sock, events, around)
    return Target(name, is_alone and not may_end)


def _is_local(sock: socket.socket, around: Surroundings) -> bool:
    """Whether the other end of a Unix socket was made by a program, too."""
    if sock.family != socket.AF_UNIX:
        return False
    peer = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 4)
    return around.closed_world or int.from_bytes(peer, sys.byteorder) in around.pids


def _has_timeout(sock: socket.socket) -> bool:
    options = (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO)
    return any(any(sock.getsockopt(socket.SOL_SOCKET, option, 16)) for option in options)


def _internet_socket(sock: socket.socket, events: int, around: Surroundings) -> tuple[str, bool]:
    """A socket's name, and whether nothing is on its way to it."""
    local = _address(sock.getsockname())
    remote = _peer(sock)
    if sock.type == socket.SOCK_DGRAM:
        far = remote is not None and not remote[0].startswith("127.")
        return f"udp:{local[1]}", around.closed_world or not far
    if sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
        return f"listener:{local[1]}", local[1] not in around.half_open
    if remote is None:
        return f"tcp:{local[1]}", False
    name = f"tcp:{local[1]}>{remote[0]}:{remote[1]}"
    other = around.tables.find(remote, local)
    if other is None:
        return name, False
    known = around.closed_world or other.inode in around.ours | around.programs
    still = other.unsent == 0
    if events & select.POLLOUT:  # ours are always read, unless they are held
        still = remote[1] in around.held or other.inode in around.programs
    return name, known and still


def _address(name: object) -> tuple[str, int]:
    host, port = name[:2]  # type: ignore[index]  # an internet socket's
    return host.removeprefix("::ffff:"), port


def _peer(sock: socket.socket) -> tuple[str, int] | None:
    try:
        return _address(sock.getpeername())
    except OSError as exc:
        if exc.errno == errno.ENOTCONN:
            return None
        raise


def _connecting(pid: int, call: Call, around: Surroundings) -> Target:
    """A connect waits for good only when a listener's queue is full (nobody accepts)."""
    data = procfs.memory(pid, call.args[1], min(call.args[2], 28))
    to = parse_sockaddr(data)
    if to is None:
        return Target("socket")
    full = any(
        entry.port == to[1] and entry.unread > entry.unsent
        for entry in around.tables.bound()
        if entry.transport == "tcp"
    )
    return Target(f"tcp:0>{to[0]}:{to[1]}", full and around.closed_world)


def parse_sockaddr(data: bytes) -> tuple[str, int] | None:
    """The internet address in a `struct sockaddr`."""
    if len(data) < 8:
        return None
    family = int.from_bytes(data[:2], sys.byteorder)
    port = int.from_bytes(data[2:4], "big")
    if family == socket.AF_INET:
        return socket.inet_ntop(family, data[4:8]), port
    if family == socket.AF_INET6 and len(data) >= 24:
        return socket.inet_ntop(family, data[8:24]).removeprefix("::ffff:"), port
    return None
