"""The kernel's socket tables, /proc/net/{tcp,tcp6,udp,udp6}, as values."""

from __future__ import annotations

import socket
import sys

from grader.agent import procfs
from grader.agent.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator

TABLES = ("tcp", "tcp6", "udp", "udp6")
ESTABLISHED, SYN_SENT, SYN_RECV, TIME_WAIT, CLOSE, LISTEN = 0x01, 0x02, 0x03, 0x06, 0x07, 0x0A
_NEW_SYN_RECV = 0x0C
_HALF_OPEN = {SYN_SENT, SYN_RECV, _NEW_SYN_RECV}
CONNECTED = set(range(1, 13)) - {TIME_WAIT, CLOSE, LISTEN}
_BACKLOG = 11  # column of softnet_stat
UDP_STATES = {ESTABLISHED, CLOSE}


class Entry(Record):
    """One socket. `unread` and `unsent` are bytes waiting in its queues (of a listener: `unread`
    is how many connections wait to be accepted).
    """

    transport: str
    host: str
    port: int
    remote_host: str
    remote_port: int
    state: int
    unsent: int
    unread: int
    uid: int
    inode: int


def parse_address(text: str) -> tuple[str, int]:
    """`0100007F:2EE0` as ("127.0.0.1", 12000); addresses are words in the host's byte order."""
    digits, _, port = text.partition(":")
    raw = bytes.fromhex(digits)
    if sys.byteorder == "little":
        raw = b"".join(raw[start : start + 4][::-1] for start in range(0, len(raw), 4))
    family = socket.AF_INET if len(raw) == 4 else socket.AF_INET6
    return socket.inet_ntop(family, raw).removeprefix("::ffff:"), int(port, 16)


def parse_table(text: str, name: str, states: Container[int] = range(256)) -> Iterator[Entry]:
    """The sockets of one table that are in one of these states."""
    for line in text.splitlines()[1:]:
        words = line.split()
        state = int(words[3], 16)
        if state not in states:
            continue
        host, port = parse_address(words[1])
        remote_host, remote_port = parse_address(words[2])
        unsent, _, unread = words[4].partition(":")
        yield Entry(
            transport=name[:3],
            host=host,
            port=port,
            remote_host=remote_host,
            remote_port=remote_port,
            state=state,
            unsent=int(unsent, 16),
            unread=int(unread, 16),
            uid=int(words[7]),
            inode=int(words[9]),
        )


def read_tables() -> dict[str, str]:
    """All tables as text, as seen from our network namespace."""
    return {name: procfs.read(f"/proc/net/{name}") for name in TABLES}


def entries(states: Container[int] = range(256)) -> list[Entry]:
    """Every socket of our network namespace that is in one of these states."""
    return [
        entry for name, text in read_tables().items() for entry in parse_table(text, name, states)
    ]


def bound(tables: dict[str, str]) -> list[Entry]:
    """Sockets that have a port for others to reach: TCP listening, UDP bound."""
    found: list[Entry] = []
    for name, text in tables.items():
        found += parse_table(text, name, UDP_STATES if name.startswith("udp") else {LISTEN})
    return found


def lingers(entry: Entry) -> bool:
    """Whether this is what is left of a closed TCP socket and may keep its port from being
    bound again. (TIME_WAIT is too, but waiting for its end is hopeless.)
    """
    return entry.transport == "tcp" and entry.inode == 0 and entry.state not in {TIME_WAIT, LISTEN}


def half_open(entries: list[Entry]) -> set[int]:
    """The ports to which connections are still being made. What is lost when many come at once
    is sent again after a second: a SYN, or (where SYN cookies left no trace of a connection on
    the server's side) the first bytes.
    """
    ends = {(one.host, one.port, one.remote_host, one.remote_port) for one in entries}
    ports = set()
    for one in entries:
        if one.state in _HALF_OPEN:
            ports.add(one.remote_port if one.state == SYN_SENT else one.port)
        elif one.unsent and (one.remote_host, one.remote_port, one.host, one.port) not in ends:
            ports.add(one.remote_port)
    return ports


def on_their_way(
    entries: list[Entry], programs: frozenset[int], held: frozenset[int], *, orphans: bool
) -> bool:
    """Whether bytes of a program have not reached us yet: its kernel holds small pieces back until
    earlier ones are acknowledged. (To a connection that is held they never get.) `orphans`: a
    socket that nobody has open any more is a program's, too.
    """
    inodes = {(one.host, one.port, one.remote_host, one.remote_port): one.inode for one in entries}
    return any(
        one.unsent
        and one.remote_port not in held
        and (one.inode in programs or (orphans and one.inode == 0))
        and inodes.get((one.remote_host, one.remote_port, one.host, one.port)) not in programs
        for one in entries
    )


def parse_backlog(text: str) -> int | None:
    """How many packets wait to be delivered, by /proc/net/softnet_stat; old kernels don't say."""
    lines = [line.split() for line in text.splitlines()]
    if not lines or any(len(line) < _BACKLOG + 1 for line in lines):
        return None
    return sum(int(line[_BACKLOG], 16) for line in lines)


def parse_in_use(text: str) -> int:
    """How many TCP sockets there are, by /proc/net/sockstat and sockstat6."""
    words = (line.split() for line in text.splitlines() if line.startswith("TCP"))
    return sum(int(line[2]) for line in words)
