"""What /proc says about processes: text into values, and the reading of that text.

A process may be gone at any moment: readers then return nothing rather than raise.
"""

from __future__ import annotations

import os

from grader.agent.record import Record


class Stat(Record):
    """Of /proc/P/stat what we use; `ticks` is CPU time, user and system."""

    pid: int
    comm: str
    state: str
    ppid: int
    session: int
    ticks: int
    threads: int


def parse_stat(text: str) -> Stat:
    """One line of /proc/P/stat; the name in brackets may hold anything."""
    pid, _, rest = text.partition(" (")
    comm, _, rest = rest.rpartition(") ")
    words = rest.split()
    return Stat(
        pid=int(pid),
        comm=comm,
        state=words[0],
        ppid=int(words[1]),
        session=int(words[3]),
        ticks=int(words[11]) + int(words[12]),
        threads=int(words[17]),
    )


def cpu_seconds(pid: int, task: int) -> float:
    """How much processor time a thread has used; 0 if it is gone."""
    text = read(f"/proc/{pid}/task/{task}/stat")
    return parse_stat(text).ticks / os.sysconf("SC_CLK_TCK") if text else 0.0


def parse_status(text: str) -> dict[str, str]:
    """/proc/P/status (or any `Name: value` lines) as a dictionary."""
    lines = (line.partition(":") for line in text.splitlines())
    return {name: value.strip() for name, _, value in lines}


def parse_environ(text: str) -> dict[str, str]:
    """/proc/P/environ as a dictionary."""
    pairs = (entry.partition("=") for entry in text.split("\0") if "=" in entry)
    return {name: value for name, _, value in pairs}


def socket_inode(link: str) -> int:
    """The inode in `socket:[123]`, or 0."""
    if link.startswith("socket:[") and link.endswith("]"):
        return int(link[8:-1])
    return 0


def read(path: str) -> str:
    """A whole file under /proc as latin-1, "" when it is gone or not ours to read."""
    try:
        fd = os.open(path, os.O_RDONLY)
    except OSError:
        return ""
    try:
        chunks = []
        while chunk := os.read(fd, 1 << 16):
            chunks.append(chunk)
        return b"".join(chunks).decode("latin-1")
    except OSError:
        return ""
    finally:
        os.close(fd)


def exists(path: str) -> bool:
    """Whether there is such a file."""
    return os.access(path, os.F_OK)


def memory(pid: int, address: int, size: int) -> bytes:
    """Some of a process's memory, b"" when we may not look."""
    try:
        fd = os.open(f"/proc/{pid}/mem", os.O_RDONLY)
    except OSError:
        return b""
    try:
        return os.pread(fd, size, address)
    except (OSError, OverflowError):
        return b""
    finally:
        os.close(fd)


def names(path: str) -> list[str]:
    """The entries of a directory, none when it is gone."""
    try:
        return os.listdir(path)
    except OSError:
        return []


def link(path: str) -> str:
    """Where a symbolic link points, "" when it is gone."""
    try:
        return os.readlink(path)
    except OSError:
        return ""


def all_pids() -> list[int]:
    """Every process of this PID namespace."""
    return [int(name) for name in names("/proc") if name.isdigit()]


def stat(pid: int) -> Stat | None:
    """A process's stat, None when it is gone."""
    text = read(f"/proc/{pid}/stat")
    return parse_stat(text) if text else None


def children(pid: int) -> list[int]:
    """The children of every thread of a process."""
    tasks = names(f"/proc/{pid}/task")
    lists = (read(f"/proc/{pid}/task/{task}/children") for task in tasks)
    return [int(word) for text in lists for word in text.split()]


def descendants(pid: int) -> list[int]:
    """All below a process, parents before children."""
    found: list[int] = []
    waiting = children(pid)
    seen = set(waiting)
    while waiting:
        one = waiting.pop()
        found.append(one)
        new = [child for child in children(one) if child not in seen]
        seen.update(new)
        waiting += new
    return found


def descriptors(pid: int) -> dict[int, str]:
    """A process's open descriptors and what they point to."""
    where = f"/proc/{pid}/fd"
    return {int(name): link(f"{where}/{name}") for name in names(where)}


def count_descriptors(pid: int) -> int:
    """How many descriptors a process has open; newer kernels tell it as a size."""
    where = f"/proc/{pid}/fd"
    try:
        return os.stat(where).st_size or len(os.listdir(where))
    except OSError:
        return 0


def environ(pid: int) -> dict[str, str]:
    """The environment a process was started with."""
    return parse_environ(read(f"/proc/{pid}/environ"))
