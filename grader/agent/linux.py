"""The few Linux system calls Python has no name for. `ctypes` is only imported when one is used."""

from __future__ import annotations

import os
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_SET_PTRACER = 0x59616D61
PR_SET_PTRACER_ANY = -1

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_NOSUID, MS_NODEV, MS_NOEXEC = 2, 4, 8
MS_BIND = 0x1000

_PIDFD_GETFD = 438  # the same number on every architecture


@cache
def libc() -> Any:
    """The C library of this process; load it before a fork that wants it."""
    import ctypes  # noqa: PLC0415  # 4 ms that most containers need not pay

    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> int:
    if result < 0:
        import ctypes  # noqa: PLC0415

        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def prctl(option: int, value: int) -> None:
    """Set an attribute of this process."""
    _checked(libc().prctl(option, value, 0, 0, 0))


def unshare(flags: int) -> None:
    """Leave namespaces for new ones."""
    _checked(libc().unshare(flags))


def mount(kind: str, target: str, flags: int) -> None:
    """Mount a file system that has no source."""
    name = kind.encode()
    _checked(libc().mount(name, target.encode(), name, flags, None))


def bind(source: str, target: str) -> None:
    """Show one file in the place of another, in this mount namespace."""
    _checked(libc().mount(source.encode(), target.encode(), None, MS_BIND, None))


def remount_private() -> None:
    """Keep mounts made from now on to this namespace."""
    ms_rec_private = 0x4000 | 0x40000
    _checked(libc().mount(b"none", b"/", None, ms_rec_private, None))


def pidfd_getfd(pid: int, fd: int) -> int:
    """A duplicate of another process's descriptor; needs the right to trace it."""
    pidfd = os.pidfd_open(pid)
    try:
        return _checked(libc().syscall(_PIDFD_GETFD, pidfd, fd, 0))
    finally:
        os.close(pidfd)
