"""What /proc says of a thread, and what follows from two looks: no I/O here."""

from __future__ import annotations

import pytest

from grader.agent import procfs
from grader.agent.sightings import Seen, Sight, armed, has_clock, parse_sight, signals
from grader.agent.stuck import blocked, may_be_stuck, nothing_ran
from grader.agent.syscalls import Call, parse_call, wait_of
from grader.agent.targets import (
    Target,
    parse_epoll,
    parse_fd_set,
    parse_pollfds,
    parse_sockaddr,
)

STAT = (
    "31922 (a) b (c) S 31868 31855 8910 0 -1 4194304 74 0 0 0 7 5 0 0 20 0 3 0 563759 2990080 394 "
    "18446744073709551615 94072751595520 94072751613449 140723193262928 0 0 0 0 0 0 1 0 0 17 0"
)
STATUS = """\
Name:	{name}
State:	{state} (sleeping)
SigBlk:	0000000000000000
SigIgn:	0000000001001000
SigCgt:	{caught:016x}
voluntary_ctxt_switches:	{switches}
nonvoluntary_ctxt_switches:	1
"""
NARROW, WIDE = 0xFFFF0000, 0x7FFCABF23148


def status(name: str = "python3", state: str = "S", caught: int = 0, switches: int = 7) -> str:
    return STATUS.format(name=name, state=state, caught=caught, switches=switches)


def call(number: int, *args: int, stack: int = WIDE) -> Call:
    return Call(number, (*args, *[0] * (6 - len(args))), stack)


def sight(text: str = "45 0x4 0x0 0x0 0x0 0x0 0x0 0x7ffc00000000 0x1", **more: object) -> Sight:
    return parse_sight(status(**more), text)  # type: ignore[arg-type]


def test_a_stat_line_with_brackets_in_the_name() -> None:
    found = procfs.parse_stat(STAT)
    assert (found.pid, found.comm, found.state) == (31922, "a) b (c", "S")
    assert (found.ppid, found.session, found.ticks, found.threads) == (31868, 8910, 12, 3)


def test_small_proc_files() -> None:
    assert procfs.parse_environ("A=1\0B=x=y\0junk\0") == {"A": "1", "B": "x=y"}
    assert procfs.parse_status(status())["Name"] == "python3"
    assert procfs.socket_inode("socket:[42]") == 42
    assert procfs.socket_inode("pipe:[42]") == 0


def test_a_syscall_line() -> None:
    line = "230 0x0 0x0 0x7ffcabf23160 0x7ffcabf231a0 0x0 0x0 0x7ffcabf23148 0x7fc7bccf2503\n"
    found = parse_call(line)
    assert found is not None
    assert (found.number, found.args[2], found.stack) == (230, 0x7FFCABF23160, WIDE)
    assert parse_call("running\n") is None
    assert parse_call("") is None
    assert parse_call("-1 0x7ffc 0x7fc7\n") == Call(-1)


@pytest.mark.parametrize(
    ("one", "name", "endless"),
    [
        (call(0, 3), "read", True),
        (call(45, 3), "recv", True),
        (call(288, 3), "accept", True),
        (call(42, 3), "connect", True),
        (call(7, 0x1000, 1, 0xFFFFFFFF), "poll", True),
        (call(7, 0x1000, 1, 0xFFFFFFFFFFFFFFFF), "poll", True),
        (call(7, 0x1000, 1, 500), "poll", False),
        (call(271, 0x1000, 1, 0), "poll", True),
        (call(271, 0x1000, 1, 0x2000), "poll", False),
        (call(23, 5, 1, 0, 0, 0), "poll", True),
        (call(270, 5, 1, 0, 0, 0x2000), "poll", False),
        (call(232, 4, 0x1000, 8, 0xFFFFFFFF), "poll", True),
        (call(232, 4, 0x1000, 8, 100), "poll", False),
        (call(281, 4, 0x1000, 8, 0xFFFFFFFF), "poll", True),
        (call(441, 4, 0x1000, 8, 0x2000), "poll", False),
        (call(202, 0x1000, 0x189, 0, 0), "lock", True),
        (call(202, 0x1000, 0x189, 0, 0x2000), "lock", False),
        (call(202, 0x1000, 1, 0, 0), "lock", False),
        (call(61, 0xFFFFFFFF), "wait", True),
        (call(72, 3, 7), "lock", True),
        (call(72, 3, 3), "lock", False),
        (call(34), "pause", True),
        (call(128, 0x1000, 0, 0), "pause", False),
        (call(230, 1), "sleep", False),
        (call(219), "sleep", False),
        (call(9999), "syscall 9999", False),
        (call(0, 3, stack=NARROW), "read", False),
        (Call(-1), "running", False),
        (None, "running", False),
    ],
)
def test_which_calls_end_by_themselves(one: Call | None, name: str, *, endless: bool) -> None:
    wait = wait_of(one, "x86_64")
    assert (wait.name, wait.endless) == (name, endless)


def test_other_processors_have_other_numbers() -> None:
    assert wait_of(call(63, 3), "aarch64").name == "read"
    assert wait_of(call(207, 3), "aarch64").endless
    assert not wait_of(call(115, 3), "aarch64").endless
    assert not wait_of(call(0, 3), "riscv64").endless


def test_signals_and_alarms() -> None:
    assert signals("0000000000002002") == {2, 14}
    assert not has_clock(status(), "")
    assert has_clock(status(caught=1 << 13), "")
    assert has_clock(status(), "ID: 0\n")
    assert not has_clock(status(caught=1 << 40), "")
    assert has_clock(status(caught=1 << 40), None)
    assert has_clock(status().replace("SigBlk:\t0000000000000000", "SigBlk:\t2000"), "")


def test_timer_descriptors() -> None:
    text = "pos:\t0\nclockid: 1\nticks: 0\nsettime flags: 00\nit_value: {}\nit_interval: (0, 0)\n"
    assert armed(text.format("(0, 199000000)"))
    assert not armed(text.format("(0, 0)"))


def test_jvm_service_threads_do_not_count() -> None:
    text = "202 0x1 0x189 0x0 0x7ffc00000000 0x0 0x0 0x7ffc00000000 0x1"
    service = parse_sight(status("GC Thread#0"), text, jvm=True)
    assert service.service
    assert not parse_sight(status("GC Thread#0"), text).service
    assert not parse_sight(status("main"), text, jvm=True).service
    assert may_be_stuck({1: Seen(1, {1: sight(), 2: service})})
    busy = parse_sight(status("GC Thread#0", "R"), "running", jvm=True)
    assert not may_be_stuck({1: Seen(1, {1: sight(), 2: busy})})


def test_the_one_that_ends_a_jvm_counts_once_it_runs() -> None:
    text = "202 0x1 0x189 0x0 0x7ffc00000000 0x0 0x0 0x7ffc00000000 0x1"

    def seen(switches: int, name: str = "VM Thread") -> dict[int, Seen]:
        service = parse_sight(status(name, switches=switches), text, jvm=True)
        return {1: Seen(1, {1: sight(), 2: service})}

    assert may_be_stuck(seen(7))  # it waits with a time-out even when there is nothing to do
    assert nothing_ran(seen(7), seen(7))
    assert not nothing_ran(seen(7), seen(8))  # System.exit() takes up to 300 ms
    assert nothing_ran(seen(7, "VM Periodic Tas"), seen(8, "VM Periodic Tas"))


def test_one_look_can_say_no() -> None:
    assert may_be_stuck({})
    assert may_be_stuck({1: Seen(1, {1: sight()})})
    assert may_be_stuck({1: Seen(1, {1: sight(state="T")})})
    assert not may_be_stuck({1: Seen(1, {1: sight(state="R")})})
    assert not may_be_stuck({1: Seen(1, {1: sight(state="D")})})
    assert not may_be_stuck({1: Seen(1, {1: sight("running")})})
    assert not may_be_stuck({1: Seen(1, {1: sight("-1 0x0 0x0")})})
    assert not may_be_stuck({1: Seen(1, {1: sight()}, clock=True)})


def test_two_looks_show_what_ran() -> None:
    first = {1: Seen(1, {1: sight(), 2: sight()})}
    assert nothing_ran(first, {1: Seen(1, {1: sight(), 2: sight()})})
    assert not nothing_ran(first, {1: Seen(1, {1: sight(), 2: sight(switches=8)})})
    assert not nothing_ran(first, {1: Seen(1, {1: sight()})})
    assert not nothing_ran(first, {1: Seen(1, {1: sight(), 3: sight()})})
    assert not nothing_ran(first, {2: Seen(2, {1: sight(), 2: sight()})})
    assert not nothing_ran(first, {**first, 2: Seen(2, {3: sight()})})


def test_where_a_thread_stands() -> None:
    done = blocked("p", 9, sight(), [Target("tcp:1>127.0.0.1:2", endless=True)], clock=False)
    assert (done.call, done.target, done.forever) == ("recv", "tcp:1>127.0.0.1:2", True)
    assert not blocked("p", 9, sight(), [Target("tcp:1>127.0.0.1:2")], clock=False).forever
    assert not blocked("p", 9, sight(), [Target("", endless=True)], clock=True).forever
    assert not blocked("p", 9, sight(), None, clock=False).forever
    stopped = blocked("p", 9, sight(state="T"), None, clock=False)
    assert (stopped.call, stopped.forever) == ("stopped", True)
    assert blocked("p", 9, sight("running", state="R"), None, clock=False).call == "running"
    several = [Target("terminal", endless=True), Target("listener:80", endless=True)]
    assert blocked("p", 9, sight(), several, clock=False).target == "listener:80,terminal"


def test_descriptor_sets() -> None:
    polled = bytes.fromhex("0300000001000000ffffffff01000000ffff000004000000")
    assert parse_pollfds(polled) == [(3, 1), (65535, 4)]
    assert parse_fd_set(bytes([0b10001001, 1]) + bytes(6), 9) == [0, 3, 7, 8]
    fdinfo = "pos:\t0\nflags:\t02\ntfd:        5 events:       19 data:  5  pos:0 ino:1 sdev:8\n"
    assert parse_epoll(fdinfo) == [(5, 0x19)]


def test_socket_addresses() -> None:
    assert parse_sockaddr(bytes.fromhex("02002ee07f000001") + bytes(8)) == ("127.0.0.1", 12000)
    v6 = bytes.fromhex("0a002ee000000000") + bytes(15) + b"\1" + bytes(4)
    assert parse_sockaddr(v6) == ("::1", 12000)
    assert parse_sockaddr(b"\1\0/tmp/socket") is None
    assert parse_sockaddr(b"") is None
