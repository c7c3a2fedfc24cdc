"""Who holds a port on this machine: for a self-check that has no network of its own.

A port may be held by nobody: where a server closed a connection first, TCP keeps its port from
being bound again for a minute (TIME_WAIT). Then waiting helps; against a program it does not. The
minute can be cut short where the server had set SO_REUSEADDR, as ours do: a new connection between
the same two ports takes the old one's place, and a reset ends it without a trace.
"""

from __future__ import annotations

import shutil
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from grader.agent import procfs, procnet
from grader.agent.tables import HAS_TABLES, Tables
from grader.core.model import Endpoint

LSOF_SECONDS = 5
RESTS = 65.0  # seconds that a system keeps a port after use (Linux 60, macOS 30), and some
AT_ONCE = 0.5  # seconds to wait without a word
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing is a reset


def taken(ends: Sequence[Endpoint], tell: Callable[[str], None]) -> str:
    """Wait until programs can bind these ports; say which they cannot, and why: empty if all are
    free. `tell` is told if that takes long.
    """
    for where in ends:
        begun, told = time.monotonic(), False
        if is_busy(where) and where.transport == "tcp" and HAS_TABLES:
            _free(where.port)
        while is_busy(where):
            name, waited = f"{where.transport.upper()} port {where.port}", time.monotonic() - begun
            who = holder(where) if waited > AT_ONCE else ""
            if who or waited > RESTS:
                return f"{name} is in use" + (f" by {who}" if who else "")
            if waited > AT_ONCE and not told:
                told = True
                tell(f"Waiting for {name}: the system keeps it for up to a minute after use.")
            time.sleep(0.02 if waited < AT_ONCE else 1)
    return ""


def _free(port: int) -> None:
    """End what is left of connections to a port of this machine, as far as that can be done."""
    left = [entry for entry in procnet.entries({procnet.TIME_WAIT}) if entry.port == port]
    try:
        with socket.create_server(("", port)) as server:
            for entry in left:
                _reconnect(server, (entry.host, port), (entry.remote_host, entry.remote_port))
    except OSError:
        return  # in use, or without SO_REUSEADDR: only time helps


def _reconnect(server: socket.socket, ours: tuple[str, int], theirs: tuple[str, int]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        client.settimeout(AT_ONCE)
        server.settimeout(AT_ONCE)
        try:
            client.bind(theirs)
            client.connect(ours)
            accepted, _ = server.accept()
        except OSError:
            return  # that port is used again already, or the other end is not here
        accepted.close()


def is_busy(where: Endpoint) -> bool:
    """Tell whether a port cannot be bound by a program as the textbook has it, which asks for no
    SO_REUSEADDR.
    """
    kind = socket.SOCK_STREAM if where.transport == "tcp" else socket.SOCK_DGRAM
    with socket.socket(socket.AF_INET, kind) as probe:
        try:
            probe.bind(("", where.port))
        except PermissionError:
            return False
        except OSError:
            return True
    return False


def holder(where: Endpoint) -> str:
    """Name the process that uses a port, as far as we may see it: `python3 server.py (4711)`."""
    if HAS_TABLES:
        inodes = _inodes(where)
        pid = _owner(inodes)
        if inodes and not pid:
            return "a program of another user"
    else:
        pid = _by_lsof(where)
    if not pid:
        return ""
    words = procfs.read(f"/proc/{pid}/cmdline").split("\0") if sys.platform == "linux" else []
    name = " ".join(word for word in words if word)[:80]
    return f"{name} (process {pid})" if name else f"process {pid}"


def _inodes(where: Endpoint) -> set[int]:
    tables = Tables()
    bound = tables.bound()
    tables.close()
    here = [item for item in bound if (item.transport, item.port) == (where.transport, where.port)]
    return {item.inode for item in here}


def _owner(inodes: set[int]) -> int:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            held = procfs.descriptors(int(entry.name)).values()
            if any(f"socket:[{inode}]" in held for inode in inodes):
                return int(entry.name)
    return 0


def _by_lsof(where: Endpoint) -> int:
    tool = shutil.which("lsof")
    if tool is None:
        return 0
    listening = ["-sTCP:LISTEN"] if where.transport == "tcp" else []
    argv = [tool, "-nP", "-t", f"-i{where.transport.upper()}:{where.port}", *listening]
    try:
        done = subprocess.run(
            argv, capture_output=True, text=True, timeout=LSOF_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    first = done.stdout.split()
    return int(first[0]) if first and first[0].isdigit() else 0
