"""Never a false verdict (see `trials`), and a quick and telling one where there is one."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.agent.protocol import (
    Bound,
    Connect,
    Connected,
    Data,
    Hold,
    Listen,
    Listening,
    Printed,
    Probe,
    Probed,
    Send,
    Sent,
)
from tests.agent import trials
from tests.agent.agents import child, isolated
from tests.agent.waiting_programs import PYTHON_HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.agent.client import Client

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
PYTHON_TRIALS = {trial.name: trial for trial in trials.python_trials(sys.executable)}
HEAD = (
    PYTHON_HEAD
    + """
take()
"""
)
SERVE = "async def main():\n    listener.setblocking(False)\n"
CASES = {  # what a program does after the first message: where its threads stand
    "listener.accept()": [("accept", "listener:12000")],
    "conn.recv(1)": [("recv", "tcp:12000>127.0.0.1:ALICE")],
    "os.read(conn.fileno(), 1)": [("read", "tcp:12000>127.0.0.1:ALICE")],
    "input()": [("read", "terminal")],
    "sys.stdin.read()": [("read", "terminal")],
    "select.select([listener, sys.stdin], [], [])": [("poll", "listener:12000,terminal")],
    "p = select.poll(); p.register(conn, 1); p.poll()": [("poll", "tcp:12000>127.0.0.1:ALICE")],
    "e = select.epoll(); e.register(listener, 1); e.poll()": [("poll", "listener:12000")],
    "l = threading.Lock(); l.acquire(); l.acquire()": [("lock", "")],
    "threading.Event().wait()": [("lock", "")],
    "queue.Queue().get()": [("lock", "")],
    "threading.Thread(target=listener.accept).start(); conn.recv(1)": [
        ("recv", "tcp:12000>127.0.0.1:ALICE"),
        ("accept", "listener:12000"),
    ],
    "subprocess.run(['cat'])": [("wait", ""), ("read", "terminal")],
    "os.fork(); conn.recv(1)": [("recv", "tcp:12000>127.0.0.1:ALICE")] * 2,
    "r, w = os.pipe(); os.read(r, 1)": [("read", "pipe")],
    "r, w = os.pipe(); os.write(w, b'x' * 100000)": [("write", "pipe")],
    "a, b = socket.socketpair(); a.recv(1)": [("recv", "socket")],
    "os.kill(os.getpid(), signal.SIGSTOP)": [("stopped", "")],
    "signal.pause()": [("pause", "")],
    "u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); u.bind(('', 12001)); u.recv(1)": [
        ("recv", "udp:12001")
    ],
    "[f := open('l', 'w'), fcntl.flock(f, 2), open('l') and fcntl.flock(open('l'), 2)]": [
        ("lock", "")
    ],
}


@pytest.fixture(params=[child, isolated], scope="module")
def shared(request: pytest.FixtureRequest) -> Iterator[Client]:
    with request.param() as client:
        yield client


@pytest.fixture
def agent(shared: Client) -> Iterator[Client]:
    shared.reset()
    yield shared
    shared.reset()


def standing(agent: Client, program: str) -> Probed:
    """Bring a server to where it stands and wait until it is called stuck."""
    agent.python("server", program)
    agent.wait(Bound, port=trials.PORT)
    agent.send(Connect("alice", "127.0.0.1", trials.PORT), Send("alice", ["x"]))
    agent.wait(Sent)
    return stuck(agent)


def stuck(agent: Client, probe: Probe = Probe(1)) -> Probed:  # noqa: B008
    deadline = time.monotonic() + 40
    while True:
        agent.send(probe)
        probed = agent.wait(Probed)
        agent.events.remove(probed)
        if probed.stuck or time.monotonic() > deadline:
            assert probed.stuck, probed
            return probed


@pytest.mark.parametrize("program", CASES)
def test_where_it_stands(agent: Client, program: str) -> None:
    probed = standing(agent, HEAD + program)
    alice = str(agent.wait(Connected).local_port)
    seen = [(one["call"], one["target"].replace(alice, "ALICE")) for one in probed.threads]
    assert seen == CASES[program]
    assert all(one["actor"] == "server" for one in probed.threads)


@pytest.mark.parametrize("name", PYTHON_TRIALS)
def test_no_program_is_called_stuck_too_early(agent: Client, name: str) -> None:
    trials.run(agent, PYTHON_TRIALS[name])


@pytest.mark.skipif(not shutil.which("gcc"), reason="needs a C compiler")
def test_nor_one_in_c(tmp_path: Path) -> None:
    with isolated() as agent:
        for trial in trials.c_trials(tmp_path):
            trials.run(agent, trial)


@pytest.mark.skipif(not shutil.which("javac"), reason="needs a JDK")
def test_nor_one_in_java(tmp_path: Path) -> None:
    with isolated() as agent:
        for trial in trials.java_trials(tmp_path):
            trials.run(agent, trial)


def test_a_verdict_is_quick(agent: Client) -> None:
    standing(agent, HEAD + "conn.recv(1)")
    times = []
    for _ in range(9):
        agent.forget()
        began = time.monotonic()
        agent.send(Probe(2))
        assert agent.wait(Probed).stuck
        times.append(time.monotonic() - began)
    assert sorted(times)[4] < 0.1


def test_sending_to_who_does_not_read(agent: Client) -> None:
    agent.python("server", HEAD + "conn.sendall(bytes(100_000_000))")
    agent.wait(Bound)
    agent.send(Connect("alice", "127.0.0.1", trials.PORT), Hold("alice"), Send("alice", ["x"]))
    agent.wait(Sent)
    [thread] = stuck(agent).threads
    assert thread["call"] == "send"
    assert thread["target"].startswith("tcp:12000>127.0.0.1:")
    agent.send(Hold("alice", on=False), Probe(3))
    assert not agent.wait(Probed, token=3).stuck
    agent.wait(Data)


def test_what_we_are_about_to_send_counts(agent: Client) -> None:
    agent.python("server", HEAD + "while data := conn.recv(9): conn.sendall(data)")
    agent.wait(Bound)
    agent.send(Connect("alice", "127.0.0.1", trials.PORT))
    agent.send(Send("alice", ["x", "one", "two"], pause=0.2))
    agent.wait(Connected)
    seen = stuck(agent)
    assert agent.text(Data, "alice") == "onetwo"
    assert seen.at >= agent.wait(Sent).at


def test_datagrams_that_were_lost(agent: Client) -> None:
    agent.ask(Listen("host", "udp", [trials.PORT]), Listening)
    agent.python("client", "import socket\n"
                 "u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
                 "u.sendto(b'x', ('127.0.0.1', 12000)); u.recv(9)")  # fmt: skip
    [thread] = stuck(agent).threads
    assert thread["call"] == "recv"
    assert thread["target"].startswith("udp:")


def test_a_rush_of_another_agents_clients() -> None:
    """A connection that found the queue full is tried again after a second."""
    names = [f"c{number}" for number in range(8)]
    with child(private=False) as agent, child(private=False) as other:
        agent.python(
            "server",
            "import socket, time\n"
            "s = socket.create_server(('', 0), backlog=4); time.sleep(0.3)\n"
            "while True:\n"
            "    c, _ = s.accept(); c.recv(1); c.sendall(b'served'); c.close()",
        )
        port = agent.wait(Bound).port
        other.send(*(Connect(name, "127.0.0.1", port) for name in names))
        other.send(*(Send(name, ["x"]) for name in names))
        other.settle()
        stuck(agent)
        other.settle()
        served = [name for name in names if other.text(Data, name) == "served"]
    assert served == names


@pytest.mark.parametrize("busy", [0, 6])
def test_what_was_said_comes_before_the_verdict(agent: Client, busy: int) -> None:
    """Also when small pieces are held back, and when the machine has much else to do."""
    agent.python("server", HEAD + "while True:\n"
                 "    for piece in (b'one ', b'two ', b'three'): conn.sendall(piece)\n"
                 "    print('printed', flush=True); conn.recv(1)")  # fmt: skip
    agent.wait(Bound)
    burners = [
        subprocess.Popen([sys.executable, "-S", "-c", "while True: pass"]) for _ in range(busy)
    ]
    try:
        agent.send(Connect("alice", "127.0.0.1", trials.PORT))
        for number in range(1, 13):
            agent.send(Send("alice", ["x"]))
            agent.wait(Sent)
            agent.events = [event for event in agent.events if not isinstance(event, Sent)]
            at = stuck(agent).at
            said = [event for event in agent.all(Data) + agent.all(Printed) if event.at <= at]
            assert "".join(event.data for event in said if isinstance(event, Data)).count("e") == (
                number * 3
            )
            assert len([event for event in said if isinstance(event, Printed)]) == number
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()
