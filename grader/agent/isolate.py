"""A network of our own on somebody's laptop: user, network, UTS, mount and PID namespace.

Then a server left running in another terminal does not matter, checks may run at the same time,
every port may be bound, and all programs die with the agent, which is PID 1 in there. Where the
kernel refuses the PID namespace the rest is had alone; where it refuses all, nothing changed.
The machine's own name must lead to an address that is in there, too: programs bind gethostname().

Three processes: the one that was started waits, a second one (which entered the namespaces) waits
too, and the third, born in them, goes on as the agent. Each dies with the one before.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import struct

from grader.agent import linux

_NETWORK = linux.CLONE_NEWUSER | linux.CLONE_NEWNET | linux.CLONE_NEWUTS
_ALONE = linux.CLONE_NEWPID | linux.CLONE_NEWNS
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 1
_SYSCTLS = {
    "tcp_max_tw_buckets": "0",  # a server that closed first can be started again at once
    "ip_unprivileged_port_start": "0",  # port 80 is anybody's
}


def isolate() -> bool:
    """Go on in namespaces of our own (in another process), or say that it cannot be."""
    return any(_try(flags) for flags in (_NETWORK | _ALONE, _NETWORK))


def _try(flags: int) -> bool:
    done, report = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(done)
        _enter(flags)
        os.write(report, b"1")
        os.close(report)
        return True
    os.close(report)
    worked = os.read(done, 1) == b"1"
    os.close(done)
    if worked:
        _wait_for(child)
    os.waitpid(child, 0)
    return False


def _enter(flags: int) -> None:
    """Enter the namespaces; returns in the process that is to be the agent, or exits."""
    try:
        uid, gid = os.geteuid(), os.getegid()
        linux.unshare(flags)
        _map_ids(uid, gid)
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)  # unshare would have cleared it
        if flags & linux.CLONE_NEWPID:
            _be_first()
        _bring_up_loopback()
        _be_resolvable()
    except OSError:
        os._exit(1)
    for name, value in _SYSCTLS.items():
        try:
            _write(f"/proc/sys/net/ipv4/{name}", value)
        except OSError:
            continue  # a read-only /proc/sys: the rest is still worth having


def _be_first() -> None:
    """Be PID 1 of the new namespace, with a /proc that shows it."""
    child = os.fork()
    if child:
        _wait_for(child)
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    linux.remount_private()
    linux.mount("proc", "/proc", linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC)


def _wait_for(child: int) -> None:
    """Let go of the channel, so that its end is the agent's end, and end as the agent does."""
    os.closerange(0, 64)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os._exit(code if code >= 0 else 128 - code)


def _map_ids(uid: int, gid: int) -> None:
    """We stay who we are; root becomes somebody, lest programs get our rights by exec."""
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{uid or 1000} {uid} 1")
    _write("/proc/self/gid_map", f"{gid or 1000} {gid} 1")


def _bring_up_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        request = struct.pack("16sH14x", b"lo", _IFF_UP)
        fcntl.ioctl(sock.fileno(), _SIOCSIFFLAGS, request)


def _be_resolvable() -> None:
    """Unless this machine's name stands for a loopback address, be called "localhost" in here."""
    try:
        with open("/etc/hosts", encoding="utf-8", errors="replace") as hosts:
            known = is_loopback_name(socket.gethostname(), hosts.read())
    except OSError:
        known = False
    if not known:
        socket.sethostname("localhost")


def is_loopback_name(name: str, hosts: str) -> bool:
    """Whether a hosts file gives a name an address of 127.0.0.0/8, and none but such."""
    lines = (line.partition("#")[0].split() for line in hosts.splitlines())
    found = [words[0] for words in lines if name in words[1:] and ":" not in words[0]]
    return bool(found) and all(address.startswith("127.") for address in found)


def _write(path: str, value: str) -> None:
    fd = os.open(path, os.O_WRONLY)
    try:
        os.write(fd, value.encode())
    finally:
        os.close(fd)
