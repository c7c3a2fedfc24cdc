"""System calls in which a thread waits: which they are, for what, and whether for ever.

All of it is read off one line of /proc/P/task/T/syscall: the call's number and its arguments.
Numbers differ by processor; a call that is not in the table is no proof of anything.
"""

from __future__ import annotations

import os

from grader.agent.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_X86_64 = {
    0: "read", 1: "write", 7: "poll", 19: "readv", 20: "writev", 23: "select", 34: "pause",
    35: "nanosleep", 42: "connect", 43: "accept", 44: "sendto", 45: "recvfrom", 46: "sendmsg",
    47: "recvmsg", 61: "wait4", 65: "semop", 69: "msgsnd", 70: "msgrcv", 72: "fcntl", 73: "flock",
    128: "rt_sigtimedwait", 130: "rt_sigsuspend", 202: "futex", 219: "restart_syscall",
    220: "semtimedop", 230: "clock_nanosleep", 232: "epoll_wait", 242: "mq_timedsend",
    243: "mq_timedreceive", 247: "waitid", 270: "pselect6", 271: "ppoll", 281: "epoll_pwait",
    288: "accept4", 299: "recvmmsg", 441: "epoll_pwait2", 449: "futex_waitv",
}  # fmt: skip
_AARCH64 = {
    22: "epoll_pwait", 25: "fcntl", 32: "flock", 63: "read", 64: "write", 65: "readv",
    66: "writev", 72: "pselect6", 73: "ppoll", 95: "waitid", 98: "futex", 101: "nanosleep",
    115: "clock_nanosleep", 128: "restart_syscall", 133: "rt_sigsuspend", 137: "rt_sigtimedwait",
    182: "mq_timedsend", 183: "mq_timedreceive", 188: "msgrcv", 189: "msgsnd", 192: "semtimedop",
    193: "semop", 202: "accept", 203: "connect", 206: "sendto", 207: "recvfrom", 211: "sendmsg",
    212: "recvmsg", 242: "accept4", 243: "recvmmsg", 260: "wait4", 441: "epoll_pwait2",
    449: "futex_waitv",
}  # fmt: skip
TABLES = {"x86_64": _X86_64, "aarch64": _AARCH64}

_FUTEX_WAITS = {0, 6, 9, 11, 13}  # WAIT, LOCK_PI, WAIT_BITSET, WAIT_REQUEUE_PI, LOCK_PI2
_FUTEX_COMMAND = 127
_SETLKW, _OFD_SETLKW = 7, 38
_NARROW = 1 << 32  # a stack below this is a 32-bit program's, whose call numbers are others


class Call(Record):
    """A system call a thread is in. `number` -1: blocked outside of any (a page fault)."""

    number: int
    args: tuple[int, ...] = ()
    stack: int = 0


class Wait(Record):
    """What a call waits for.

    `name` is the call's plain name; `kind` how its descriptors are used: "read", "write",
    "accept", "connect" (all on argument 0), "poll", "select", "epoll", or "" for none.
    `endless`: the call itself has no time-out.
    """

    name: str
    kind: str = ""
    endless: bool = False


def parse_call(text: str) -> Call | None:
    """A line of /proc/P/task/T/syscall; None for a thread that runs (or cannot be looked at)."""
    words = text.split()
    if not words or words[0] == "running":
        return None
    numbers = [int(word, 0) for word in words]
    if numbers[0] == -1:
        return Call(-1)
    return Call(numbers[0], tuple(numbers[1:7]), numbers[7])


def _always(_args: tuple[int, ...]) -> bool:
    return True


def _never(_args: tuple[int, ...]) -> bool:
    return False


def _null(argument: int) -> Callable[[tuple[int, ...]], bool]:
    return lambda args: args[argument] == 0


def _negative(argument: int) -> Callable[[tuple[int, ...]], bool]:
    return lambda args: bool(args[argument] & 0x8000_0000)


def _futex(args: tuple[int, ...]) -> bool:
    return args[1] & _FUTEX_COMMAND in _FUTEX_WAITS and args[3] == 0


def _fcntl(args: tuple[int, ...]) -> bool:
    return args[1] in {_SETLKW, _OFD_SETLKW}


_WAITS: dict[str, tuple[str, str, Callable[[tuple[int, ...]], bool]]] = {
    "read": ("read", "read", _always),
    "readv": ("read", "read", _always),
    "recvfrom": ("recv", "read", _always),
    "recvmsg": ("recv", "read", _always),
    "recvmmsg": ("recv", "read", _null(4)),
    "write": ("write", "write", _always),
    "writev": ("write", "write", _always),
    "sendto": ("send", "write", _always),
    "sendmsg": ("send", "write", _always),
    "accept": ("accept", "accept", _always),
    "accept4": ("accept", "accept", _always),
    "connect": ("connect", "connect", _always),
    "poll": ("poll", "poll", _negative(2)),
    "ppoll": ("poll", "poll", _null(2)),
    "select": ("poll", "select", _null(4)),
    "pselect6": ("poll", "select", _null(4)),
    "epoll_wait": ("poll", "epoll", _negative(3)),
    "epoll_pwait": ("poll", "epoll", _negative(3)),
    "epoll_pwait2": ("poll", "epoll", _null(3)),
    "wait4": ("wait", "", _always),
    "waitid": ("wait", "", _always),
    "futex": ("lock", "", _futex),
    "futex_waitv": ("lock", "", _null(3)),
    "flock": ("lock", "", _always),
    "fcntl": ("lock", "", _fcntl),
    "semop": ("lock", "", _always),
    "semtimedop": ("lock", "", _null(3)),
    "msgrcv": ("msgrcv", "", _always),
    "msgsnd": ("msgsnd", "", _always),
    "mq_timedreceive": ("mq_receive", "", _null(4)),
    "mq_timedsend": ("mq_send", "", _null(4)),
    "pause": ("pause", "", _always),
    "rt_sigsuspend": ("pause", "", _always),
    "rt_sigtimedwait": ("pause", "", _never),  # it may be an alarm that is awaited
    "nanosleep": ("sleep", "", _never),
    "clock_nanosleep": ("sleep", "", _never),
    "restart_syscall": ("sleep", "", _never),  # it had a time-out, whichever call it was
}


def wait_of(call: Call | None, machine: str = os.uname().machine) -> Wait:
    """What a call waits for, by the table of this processor."""
    if call is None or call.number < 0:
        return Wait("running")
    name = TABLES.get(machine, {}).get(call.number, "")
    if name not in _WAITS or call.stack < _NARROW:
        return Wait(name or f"syscall {call.number}")
    plain, kind, is_endless = _WAITS[name]
    return Wait(plain, kind, is_endless(call.args))
