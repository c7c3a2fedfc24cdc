"""Who holds a port on this machine: for a self-check that has no network of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

from grader.agent import procfs
from grader.agent.tables import HAS_TABLES, Tables
from grader.core.model import Endpoint

LSOF_SECONDS = 5


def is_busy(where: Endpoint) -> bool:
    """Tell whether a program of this machine uses a port, so that a student's could not bind it."""
    kind = socket.SOCK_STREAM if where.transport == "tcp" else socket.SOCK_DGRAM
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, where.transport == "tcp")
        try:
            probe.bind(("", where.port))
        except PermissionError:
            return False
        except OSError:
            return True
    return False


def holder(where: Endpoint) -> str:
    """Name the process that uses a port, as far as we may see it: `python3 server.py (4711)`."""
    pid = _by_tables(where) if HAS_TABLES else _by_lsof(where)
    if not pid:
        return ""
    words = procfs.read(f"/proc/{pid}/cmdline").split("\0") if sys.platform == "linux" else []
    name = " ".join(word for word in words if word)[:80]
    return f"{name} (process {pid})" if name else f"process {pid}"


def _by_tables(where: Endpoint) -> int:
    tables = Tables()
    bound = tables.bound()
    tables.close()
    here = [item for item in bound if (item.transport, item.port) == (where.transport, where.port)]
    inodes = {item.inode for item in here}
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
