"""An agent's own life: how it starts, how it ends, and who goes with it."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.agent.protocol import (
    Bound,
    Connect,
    Data,
    Printed,
    Probe,
    Probed,
    Quit,
    Unpack,
    Unpacked,
)
from tests.agent.agents import ROOT, child, contained, isolated, may_contain
from tests.agent.client import Client

if TYPE_CHECKING:
    from collections.abc import Callable

MARK = "the-life-of-an-agent"
FAMILY = """
import os, time
if os.fork() == 0:
    if os.fork() == 0:
        os.setsid()
print("here", flush=True)
time.sleep(60)
"""
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="nobody adopts orphans elsewhere")


def start_family(agent: Client) -> None:
    agent.python("p", FAMILY, env={"MARK": MARK})
    deadline = time.monotonic() + 10
    while agent.text(Printed, "p").count("here") < 3:
        assert agent._more(deadline)


def survivors() -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                environ = (entry / "environ").read_bytes()
                dead = "\nState:\tZ" in (entry / "status").read_text()
            except OSError:
                continue
            if f"MARK={MARK}".encode() in environ and not dead:
                found.append(int(entry.name))
    return found


def gone() -> bool:
    deadline = time.monotonic() + 5
    while survivors() and time.monotonic() < deadline:
        time.sleep(0.01)
    return not survivors()


@linux_only
@pytest.mark.parametrize("start", [child, isolated])
def test_programs_end_with_the_graders_pipe(start: Callable[[], Client]) -> None:
    agent = start()
    start_family(agent)
    work = Path(agent.ready.work)
    assert len(survivors()) == 3
    assert agent.close() == 0
    assert survivors() == []
    assert not work.exists()


@linux_only
@pytest.mark.parametrize("start", [child, isolated])
def test_programs_end_with_a_quit(start: Callable[[], Client]) -> None:
    with start() as agent:
        start_family(agent)
        agent.send(Quit())
        assert agent.process.wait(5) == 0
        assert survivors() == []


@linux_only
def test_in_isolation_a_name_that_leads_elsewhere_is_changed_in_there_only() -> None:
    code = (
        "import socket; from grader.agent import isolate;"
        "isolate.is_loopback_name = lambda name, hosts: False; before = socket.gethostname();"
        "print(isolate.isolate(), before == socket.gethostname(), socket.gethostname())"
    )
    before = socket.gethostname()
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert socket.gethostname() == before
    isolated_, same, name = done.stdout.split()
    if isolated_ == "False":
        assert same == "True"
        pytest.skip("the kernel grants no namespaces here")
    assert name == "localhost"


@linux_only
def test_programs_end_when_the_agent_is_killed(tmp_path: Path) -> None:
    with child("--isolate", "--work", str(tmp_path)) as agent:
        if not agent.ready.isolated:
            pytest.skip("without namespaces only a program itself dies with a killed agent")
        start_family(agent)
        agent.process.kill()
        assert gone()


@linux_only
def test_a_program_ends_when_the_agent_is_killed(tmp_path: Path) -> None:
    with child("--work", str(tmp_path)) as agent:
        agent.python("p", "import time; print('here'); time.sleep(60)", env={"MARK": MARK})
        agent.wait(Printed)
        agent.process.kill()
        assert gone()


@linux_only
def test_a_polite_end() -> None:
    with child() as agent:
        start_family(agent)
        agent.process.send_signal(signal.SIGTERM)
        assert agent.process.wait(5) == 0
        assert survivors() == []


def test_ctrl_c_is_for_the_grader() -> None:
    with child() as agent:
        agent.process.send_signal(signal.SIGINT)
        agent.settle()


def test_a_work_directory_of_ones_own(tmp_path: Path) -> None:
    with child("--work", str(tmp_path)) as agent:
        assert agent.ready.work == str(tmp_path)
        agent.ask(Unpack({"a/b": "x"}), Unpacked, count=1)
    assert (tmp_path / "a/b").read_text() == "x"


def run(*options: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "grader.agent", *options]
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)


def test_it_will_not_kill_a_whole_machine() -> None:
    done = run()
    assert done.returncode == 2
    assert "PID 1" in done.stderr
    assert done.stdout == ""


def test_a_wrong_command_line() -> None:
    done = run("--local", "--colour")
    assert done.returncode == 2
    assert "usage:" in done.stderr


def test_what_is_printed_by_accident_stays_out_of_the_channel() -> None:
    code = (
        "import os, sys; sys.argv[1:] = ['--local']; import grader.agent.__main__ as m;"
        "fds = m._take_channel(); print('noise'); os.write(1, b'noise'); os.write(fds[1], b'event')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "event"
    assert done.stderr.count("noise") == 2


@pytest.mark.skipif(not may_contain(), reason="this machine lets us make no namespaces")
def test_a_contained_program_has_no_rights() -> None:
    with contained() as agent:
        agent.python(
            "p",
            "import os; print(os.getresuid(), os.getresgid(), os.getgroups())\n"
            "print([l.split()[1] for l in open('/proc/self/status') if l[:6] in"
            " ('CapPrm', 'CapEff', 'CapInh', 'CapAmb', 'NoNewP')])\n"
            "for path in ('/proc/1/environ', '/proc/1/fd', '/root'):\n"
            "    try: os.listdir(path) if path != '/proc/1/environ' else open(path).read()\n"
            "    except OSError as exc: print(type(exc).__name__)",
        )
        agent.settle()
        shown = agent.wait_for_text(Printed, "p", "Error\nPermissionError\nPermissionError")
        assert "(1000, 1000, 1000) (1000, 1000, 1000) []" in shown
        assert set(shown.splitlines()[1].strip("[]").replace("'", "").split(", ")) == {
            "0000000000000000",
            "1",
        }


def test_the_module_needs_nothing_but_its_own_directory(tmp_path: Path) -> None:
    """It is shipped into images as the folder it is."""
    package = tmp_path / "grader"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "agent").symlink_to(ROOT / "grader/agent")
    code = (
        "import runpy, sys; sys.path.insert(0, sys.argv[1]); sys.argv[1:] = ['--local'];"
        "runpy.run_module('grader.agent', run_name='__main__')"
    )
    argv = [sys.executable, "-I", "-S", "-c", code, str(tmp_path)]
    with Client(argv, cwd=str(tmp_path)) as agent:
        agent.settle()


@pytest.mark.skipif(not shutil.which("lsof"), reason="needs lsof")
def test_without_proc() -> None:
    """As on macOS: process groups, ports by lsof, no verdicts; only the name differs here."""
    code = (
        "import runpy, selectors, signal, socket, sys; sys.platform = 'darwin';"
        "sys.argv[1:] = ['--local', '--isolate'];"
        "runpy.run_module('grader.agent', run_name='__main__')"
    )
    with Client([sys.executable, "-c", code], cwd=str(ROOT)) as agent:
        assert not agent.ready.isolated
        agent.python(
            "p",
            "import os, socket, time; s = socket.create_server(('127.0.0.1', 0)); os.fork()\n"
            "c, _ = s.accept(); c.sendall(b'hi'); input()",
            env={"MARK": MARK},
        )
        port = agent.wait(Bound, actor="p", host="127.0.0.1").port
        agent.send(Connect("alice", "127.0.0.1", port))
        agent.wait(Data, actor="alice", data="hi")
        assert not agent.ask(Probe(1), Probed).stuck
        agent.reset()
        assert gone()
