"""Ways to run an agent here: as a plain child, isolated in namespaces, and as in a container."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests.agent.client import Client

ROOT = Path(__file__).parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"  # the student's uid may not enter our own
LIMITS = ["--limit", "nofile=256", "--limit", f"fsize={8 << 20}"]
_LOOPBACK = (  # brings `lo` up and becomes the program that follows
    "import os, sys; sys.path.insert(0, sys.argv[1])\n"
    "from grader.agent import isolate; isolate._bring_up_loopback()\n"
    "os.execvp(sys.argv[2], sys.argv[2:])"
)
_CONTAINED = """
mount -t tmpfs tmpfs /tmp && mount -t tmpfs tmpfs /dev/shm &&
mount -t tmpfs -o size=32m,uid=1000,gid=1000,mode=755 tmpfs /mnt &&
echo 0 > /proc/sys/net/ipv4/tcp_max_tw_buckets
echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start
export PATH=/usr/local/bin:/usr/bin:/bin
exec unshare --pid --fork --mount-proc --kill-child "$@"
"""


def child(*options: str, private: bool = True) -> Client:
    """As `grade check` runs it where the kernel grants nothing.

    For the sake of other tests on this machine its network is `private` if that can be had,
    which it does not know and makes no use of.
    """
    argv = [sys.executable, "-m", "grader.agent", "--local", *LIMITS, *options]
    if private and may_contain():
        argv = ["unshare", "--net", sys.executable, "-c", _LOOPBACK, str(ROOT), *argv]
    return Client(argv, cwd=str(ROOT))


def isolated() -> Client:
    """As `grade check` runs it on a usual Linux laptop."""
    return child("--isolate")


@cache
def _visible_root() -> str:
    """Return a place of the agent's code that a container's own /tmp does not hide."""
    if not ROOT.is_relative_to("/tmp"):  # where a clone under test may well be
        return str(ROOT)
    copy = Path(tempfile.mkdtemp(prefix="grader-agent-", dir="/var/tmp"))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    (copy / "grader").mkdir()
    shutil.copy(ROOT / "grader/__init__.py", copy / "grader")
    shutil.copytree(ROOT / "grader/agent", copy / "grader/agent")
    copy.chmod(0o755)
    return str(copy)


def contained() -> Client:
    """As a container runs it: PID 1, root, programs under another uid."""
    root = _visible_root()
    agent = [SYSTEM_PYTHON, "-m", "grader.agent", "--work", "/mnt", *LIMITS]
    inner = ["sh", "-c", _CONTAINED, "sh", *agent]
    argv = ["unshare", "--mount", "--net", sys.executable, "-c", _LOOPBACK, root, *inner]
    client = Client(argv, cwd=root)
    client.interpreter = SYSTEM_PYTHON
    return client


@cache
def may_contain() -> bool:
    """Whether this machine lets us make namespaces as a container engine does."""
    if os.geteuid() != 0 or not shutil.which("unshare") or not os.access(SYSTEM_PYTHON, os.X_OK):
        return False
    tried = subprocess.run(["unshare", "--mount", "--net", "--pid", "--fork", "true"], check=False)
    return tried.returncode == 0


FACTORIES = {"child": child, "isolated": isolated, "contained": contained}
