"""The agent's smaller parts on their own: options, keys, limits, trees, the loop, the channel."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.agent import tree
from grader.agent.channel import Channel
from grader.agent.custody import Custody
from grader.agent.files import is_inside
from grader.agent.isolate import is_loopback_name
from grader.agent.keyboard import keystrokes
from grader.agent.launch import Ends, Launch, Student, set_up_terminal
from grader.agent.limits import candidates, parse_counter, places
from grader.agent.loop import READ, Loop
from grader.agent.options import Options, UsageError, parse
from grader.agent.programs import Program, Programs
from grader.agent.protocol import Event, Failed, Ping, Pong, Printed, Spawn
from grader.agent.wire import Message, decode, encode
from tests.agent.agents import ROOT


def test_options() -> None:
    assert parse([]) == Options()
    words = "--local --isolate --work /w --student-uid 7 --limit nofile=9 --limit fsize=1"
    assert parse(words.split()) == Options(
        local=True, isolate=True, work="/w", student_uid=7, limits={"nofile": 9, "fsize": 1}
    )


@pytest.mark.parametrize(
    "words", ["--work", "--what x", "x", "--limit nofile", "--limit nofile=-1", "--student-uid me"]
)
def test_options_that_are_none(words: str) -> None:
    with pytest.raises(UsageError):
        parse(words.split())


HOSTS = """\
127.0.0.1 localhost  # here
::1       localhost ip6-localhost
127.0.1.1 lab.example lab
10.0.0.7  office
127.0.0.9 both
10.0.0.8  both
"""


@pytest.mark.parametrize(
    ("name", "is_here"),
    [
        ("localhost", True),
        ("lab", True),
        ("lab.example", True),
        ("office", False),
        ("both", False),
        ("here", False),
        ("stranger", False),
        ("ip6-localhost", False),
    ],
)
def test_names_that_lead_to_this_machine_only(name: str, *, is_here: bool) -> None:
    assert is_loopback_name(name, HOSTS) is is_here


def test_keys() -> None:
    assert keystrokes(b"plain\n") == b"plain\n"
    assert keystrokes(b"\x04\x16") == b"\x16\x04\x16\x16"
    assert keystrokes(b"x" * 4000 + b"\n") == b"x" * 4000 + b"\x04\n"
    assert keystrokes(b"") == b""


@given(st.binary(max_size=9000))
@settings(deadline=None)
def test_no_line_of_keys_is_too_long_for_a_terminal(data: bytes) -> None:
    keys = keystrokes(data)
    plain = keys.replace(b"\x16\x16", b"q").replace(b"\x16\x04", b"q")
    parts = plain.replace(b"\x04", b"\n").split(b"\n")
    assert max(map(len, parts)) < 4096


def test_what_was_typed_has_arrived_once_all_is_quiet() -> None:
    """The kernel hands it over when it finds the time. Before that was waited for, a loaded machine
    showed programs that were blocked reading a keyboard on which nothing had been typed, it seemed.
    """
    master, slave = os.openpty()
    set_up_terminal(slave)
    os.set_blocking(master, False)
    spawn = Spawn("student", ["unused"])
    ends = Ends(pid=0, keyboard=master, out=master, slave=slave, err=-1, failure=-1)
    how = Launch(student=Student(), work="", limits={})
    programs = Programs(how, Loop(raise_it), fail_on_event, Custody(alone=True))
    programs.by_actor["student"] = Program(spawn, ends)
    for _ in range(3000):
        os.write(master, b"typed\n")
        programs.take_rest()
        waiting = fcntl.ioctl(slave, termios.FIONREAD, bytes(4))
        assert int.from_bytes(waiting, sys.byteorder) == 6
        assert os.read(slave, 100) == b"typed\n"
    os.close(master)
    os.close(slave)


def raise_it(error: Exception) -> None:
    raise error


def fail_on_event(event: Event) -> None:
    raise AssertionError(event)


def test_counters_of_control_groups() -> None:
    assert parse_counter("low 0\noom 4\noom_kill 3\n", "oom_kill") == 3
    assert parse_counter("oom_kill_disable 0\nunder_oom 0\noom_kill 2\n", "oom_kill") == 2
    assert parse_counter("", "max") == 0


def test_where_counters_are() -> None:
    old = places("9:name=systemd:/\n4:memory:/docker/ab\n2:cpu,cpuacct:/x\n0::/\n")
    assert list(candidates("memory/memory.oom_control", old)) == [
        "/sys/fs/cgroup/memory/docker/ab/memory.oom_control",
        "/sys/fs/cgroup/memory/memory.oom_control",
    ]
    assert list(candidates("pids.events", places("0::/user.slice/a\n"))) == [
        "/sys/fs/cgroup/user.slice/a/pids.events",
        "/sys/fs/cgroup/pids.events",
    ]


@pytest.mark.parametrize("path", ["a", "a/b", "..a/b..", "a b", "-x", "ü"])
def test_paths_that_stay_inside(path: str) -> None:
    assert is_inside(path)


@pytest.mark.parametrize("path", ["", "/", "/a", "a/", "..", "a/../b", "./a", "a//b", "a\0"])
def test_paths_that_do_not(path: str) -> None:
    assert not is_inside(path)


def remembered(folder: Path) -> tree.Saved:
    return tree.save(str(folder), tree.Room(1 << 20))


def contents(folder: Path) -> dict[str, object]:
    return {
        path.relative_to(folder).as_posix(): (
            path.readlink()
            if path.is_symlink()
            else (stat.S_IMODE(path.stat().st_mode), path.is_file() and path.read_bytes())
        )
        for path in sorted(folder.rglob("*"))
    }


def test_a_tree_is_restored(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/c").write_bytes(b"\0\xff")
    (tmp_path / "tool").write_text("x")
    (tmp_path / "tool").chmod(0o755)
    (tmp_path / "link").symlink_to("nowhere")
    saved, before = remembered(tmp_path), contents(tmp_path)
    untouched = (tmp_path / "tool").stat().st_ino
    (tmp_path / "a/b/c").write_bytes(b"\0\xfe")
    (tmp_path / "link").unlink()
    (tmp_path / "new/er").mkdir(parents=True)
    (tmp_path / "new/er/x").write_text("x")
    tree.restore(str(tmp_path), saved)
    assert contents(tmp_path) == before
    assert (tmp_path / "tool").stat().st_ino == untouched
    (tmp_path / "tool").chmod(0o600)
    (tmp_path / "a/b/c").unlink()
    (tmp_path / "a/b/c").mkdir()
    (tmp_path / "a").chmod(0o700)
    tree.restore(str(tmp_path), saved)
    tree.restore(str(tmp_path), saved)
    assert contents(tmp_path) == before
    assert saved.count() == 5


def test_a_tree_too_large_to_remember(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x" * 11)
    with pytest.raises(OSError, match="large") as caught:
        tree.save(str(tmp_path), tree.Room(10))
    assert caught.value.errno == errno.EFBIG


def test_links_are_removed_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/x").write_text("x")
    (tmp_path / "work/deep").mkdir(parents=True)
    (tmp_path / "work/link").symlink_to(tmp_path / "precious")
    (tmp_path / "work/deep/link").symlink_to(tmp_path / "precious")
    tree.empty(str(tmp_path / "work"))
    assert list((tmp_path / "work").iterdir()) == []
    assert (tmp_path / "precious/x").exists()
    (tmp_path / "link").symlink_to(tmp_path / "precious")
    tree.remove(str(tmp_path / "link"))
    tree.remove(str(tmp_path / "not there"))
    assert (tmp_path / "precious/x").exists()


def test_the_loop_is_quiet_after_all_else() -> None:
    order: list[object] = []
    failures: list[Exception] = []
    loop = Loop(failures.append)
    ours, theirs = os.pipe()

    def read(_events: int) -> None:
        order.append(os.read(ours, 1))
        if len(order) == 2:
            loop.later(0.01, stop)

    def stop() -> None:
        order.append("timer")
        loop.running = False

    loop.watch(ours, READ, read)
    os.write(theirs, b"ab")
    loop.when_quiet(order.append)
    loop.later(0, lambda: 1 / 0)  # type: ignore[arg-type]
    loop.later(0, lambda: order.append("never")).cancel()
    loop.run(lambda: None)
    assert order == [b"a", b"b", True, "timer"]
    assert [type(exc) for exc in failures] == [ZeroDivisionError]
    loop.close()
    os.close(ours)
    os.close(theirs)


def test_the_loop_is_not_waited_for_for_ever() -> None:
    loop = Loop(lambda _exc: None)
    ours, theirs = os.pipe()
    os.write(theirs, b"x")
    loop.watch(ours, READ, lambda _events: None)  # never read: always ready
    seen: list[bool] = []

    def settled(quiet: bool) -> None:  # noqa: FBT001
        seen.append(quiet)
        loop.running = False

    loop.when_quiet(settled, patience=0.02)
    loop.run(lambda: None)
    assert seen == [False]
    loop.close()
    os.close(ours)
    os.close(theirs)


class Wires:
    """A channel and the grader's ends of it."""

    def __init__(self) -> None:
        commands, self.to_agent = os.pipe()
        self.from_agent, events = os.pipe()
        self.fds = (commands, events)
        self.got: list[Message] = []
        self.loop = Loop(lambda exc: self.got.append(Failed(str(exc))))
        self.channel = Channel(self.fds, self.loop, self.got.append, self.end)

    def end(self) -> None:
        self.loop.running = False

    def round(self) -> None:
        self.loop._round()
        self.channel.flush()

    def close(self) -> None:
        self.loop.close()
        for fd in (*self.fds, self.to_agent, self.from_agent):
            os.close(fd)


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_commands_arrive_however_they_are_cut(size: int) -> None:
    wires = Wires()
    data = encode(Ping(1)) + encode(Ping(2)) + b"junk\n" + encode(Ping(3))
    for start in range(0, len(data), size):
        os.write(wires.to_agent, data[start : start + size])
        wires.round()
    assert wires.got == [Ping(1), Ping(2), Ping(3)]
    assert isinstance(decode(os.read(wires.from_agent, 1000)), Failed)
    wires.close()


def test_events_are_stamped_and_kept_for_a_slow_reader() -> None:
    wires = Wires()
    before = time.monotonic() - 1e-5
    big = [Printed("p", "out", "x" * 1000) for _ in range(1000)]
    for event in big:
        wires.channel.emit(event)
    wires.channel.flush()
    got = b""
    while got.count(b"\n") < 1000:
        got += os.read(wires.from_agent, 1 << 16)
        if wires.channel._unsent:
            wires.round()
    events = [decode(line) for line in got.splitlines()]
    assert events == big
    stamps = [event.at for event in events if isinstance(event, Event)]
    assert stamps == sorted(stamps)
    assert stamps[0] >= before
    wires.close()


def test_a_grader_that_is_gone_ends_it() -> None:
    wires = Wires()
    os.close(wires.from_agent)
    wires.channel.emit(Pong(1))
    wires.channel.flush()
    assert not wires.loop.running
    wires.from_agent = os.open(os.devnull, os.O_RDONLY)
    wires.close()


def test_importing_an_agent_is_cheap() -> None:
    """Nothing slow crept in: these alone would cost half of an agent's start."""
    code = "import sys; import grader.agent.agent; print(*sys.modules)"
    argv = [sys.executable, "-S", "-E", "-c", code]
    shown = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=True)
    slow = {"dataclasses", "typing", "inspect", "subprocess", "tempfile", "ctypes", "asyncio"}
    assert slow.isdisjoint(shown.stdout.split())
