"""One suite for both kinds of bench: what holds in Docker holds on a laptop."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from grader.agent import protocol as p
from grader.core.model import Limits
from grader.core.script import SIDECAR
from grader.testbed.bench import Bench, BenchError
from grader.testbed.docker import DockerBench, sweep
from grader.testbed.engine import connect
from grader.testbed.images import ensure_images
from grader.testbed.local import LocalBench
from tests.agent.agents import may_contain

LIMITS = Limits()
Make = Callable[[], AbstractContextManager[Bench]]


@contextmanager
def docker_bench() -> Iterator[Bench]:
    client = connect()
    made = DockerBench(client, ensure_images(client, ["python", "sidecar"]), LIMITS)
    try:
        yield made
    finally:
        made.close()
        client.close()


@contextmanager
def local_bench() -> Iterator[Bench]:
    made = LocalBench(LIMITS)
    try:
        yield made
    finally:
        made.close()


@pytest.fixture(
    params=[
        pytest.param(local_bench, id="local"),
        pytest.param(docker_bench, id="docker", marks=pytest.mark.docker),
    ]
)
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    make: Make = request.param
    with make() as made:
        yield made


def ready(bench: Bench) -> str:
    """Make a sandbox with a program in it that prints its arguments."""
    agent = bench.sandbox("python", LIMITS)
    bench.send(agent, p.Unpack({"say.py": "import sys; print(*sys.argv[1:])"}))
    bench.wait(agent, lambda event: isinstance(event, p.Unpacked), 10, "unpacking")
    return agent


def test_a_program_runs_in_the_sandbox_and_is_heard(bench: Bench) -> None:
    agent = ready(bench)
    bench.send(agent, p.Spawn("client", ["python3", "say.py", "hello"]))
    heard = bench.wait(agent, lambda event: isinstance(event, p.Printed), 10, "printing")
    assert isinstance(heard, p.Printed)
    assert heard.data == "hello\n"
    done = bench.wait(agent, lambda event: isinstance(event, p.Exited), 10, "exiting")
    assert isinstance(done, p.Exited)
    assert done.status == 0


def test_the_place_of_the_work_directory_is_filled_in(bench: Bench) -> None:
    agent = ready(bench)
    bench.send(agent, p.Spawn("client", ["python3", "{work}/say.py", "{work}"], cwd="."))
    heard = bench.wait(agent, lambda event: isinstance(event, p.Printed), 10, "printing")
    assert isinstance(heard, p.Printed)
    assert heard.data.startswith("/")
    assert "{" not in heard.data


def test_reference_programs_are_within_reach_of_the_trusted_side(bench: Bench) -> None:
    script = "{reference}/tcp_echo/python/tcp_echo_server.py"
    bench.send(SIDECAR, p.Spawn("partner", ["python3", script]))
    bound = bench.wait(SIDECAR, lambda event: isinstance(event, p.Bound), 10, "listening")
    assert isinstance(bound, p.Bound)
    assert bound.port == 12000


def test_both_sides_share_one_loopback(bench: Bench) -> None:
    agent = bench.sandbox("python", LIMITS)
    server = "import socket; s = socket.create_server(('', 12000)); s.accept()[0].send(b'hi')"
    bench.send(agent, p.Spawn("server", ["python3", "-c", server]))
    bench.wait(agent, lambda event: isinstance(event, p.Bound), 10, "listening")
    bench.send(SIDECAR, p.Connect("alice", "127.0.0.1", 12000))
    heard = bench.wait(SIDECAR, lambda event: isinstance(event, p.Data), 10, "hearing")
    assert isinstance(heard, p.Data)
    assert heard.data == "hi"


def test_a_program_may_bind_and_call_the_machine_by_its_own_name(bench: Bench) -> None:
    agent = bench.sandbox("python", LIMITS)
    server = (
        "import socket; s = socket.create_server((socket.gethostname(), 12345));"
        "s.accept()[0].send(b'one'); s.accept()[0].send(b'two'); s.accept()"
    )
    client = (
        "import socket; s = socket.create_connection((socket.gethostname(), 12345));"
        "print(s.recv(9).decode())"
    )
    bench.send(agent, p.Spawn("server", ["python3", "-c", server]))
    bound = bench.wait(agent, lambda event: isinstance(event, p.Bound), 10, "listening")
    assert isinstance(bound, p.Bound)
    bench.send(SIDECAR, p.Connect("alice", bound.host, 12345))
    heard = bench.wait(SIDECAR, lambda event: isinstance(event, p.Data), 10, "hearing")
    assert isinstance(heard, p.Data)
    assert heard.data == "one"
    bench.send(agent, p.Spawn("client", ["python3", "-c", client]))
    shown = bench.wait(agent, lambda event: isinstance(event, p.Printed), 10, "printing")
    assert isinstance(shown, p.Printed)
    assert shown.data == "two\n"


def test_a_reset_ends_everything_and_drops_what_was_still_to_be_said(bench: Bench) -> None:
    agent = bench.sandbox("python", LIMITS)
    bench.send(agent, p.Spawn("server", ["python3", "-c", "while True: print('x' * 99)"]))
    bench.wait(agent, lambda event: isinstance(event, p.Printed), 10, "printing")
    bench.reset()
    assert bench.next(0.2) is None


def test_a_lost_agent_is_our_fault_and_another_takes_its_place(bench: Bench) -> None:
    bench.sandbox("python", LIMITS)
    bench.send(SIDECAR, p.Quit())
    with pytest.raises(BenchError) as told:
        bench.wait(SIDECAR, lambda event: isinstance(event, p.Pong), 10, "answering")
    assert told.value.reason == "sandbox_lost"
    bench.revive()
    agent = ready(bench)
    bench.send(agent, p.Ping(7))
    bench.wait(agent, lambda event: isinstance(event, p.Pong), 10, "answering")


ELSEWHERE = """
import socket, sys
for address in sys.argv[1:]:
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.bind((address, 0))
            print(address, sock.getsockname()[0])
    except OSError as error:
        print(address, type(error).__name__)
print("done")
"""


def bound_to(bench: Bench, *hosts: str) -> dict[str, str]:
    """Let a student's program bind to hosts; return what each meant to it."""
    agent = bench.sandbox("python", LIMITS)
    bench.send(agent, p.Spawn("client", ["python3", "-c", ELSEWHERE, *hosts]))
    said = ""
    while "done" not in said:
        event = bench.wait(agent, lambda item: isinstance(item, p.Printed), 10, "printing")
        assert isinstance(event, p.Printed)
        said += event.data
    bench.reset()
    return dict(line.split() for line in said.splitlines()[:-1])


@pytest.mark.skipif(not may_contain(), reason="no namespaces here")
def test_a_submissions_addresses_and_host_names_are_this_machine_until_the_next(
    bench: Bench,
) -> None:
    answer = bench.adopt(["192.168.77.5", "8.8.8.8"], ["pc.example", "lab-7"])
    assert (answer.addresses, answer.names) == ("", "")
    assert bound_to(bench, "192.168.77.5", "8.8.8.8", "pc.example", "lab-7", "192.168.77.6") == {
        "192.168.77.5": "192.168.77.5",
        "8.8.8.8": "8.8.8.8",
        "pc.example": "127.0.0.1",
        "lab-7": "127.0.0.1",
        "192.168.77.6": "OSError",
    }
    bench.clear()
    bench.adopt(["8.8.8.8"], ["other.example"])
    assert bound_to(bench, "192.168.77.5", "8.8.8.8", "pc.example", "other.example") == {
        "192.168.77.5": "OSError",
        "8.8.8.8": "8.8.8.8",
        "pc.example": "gaierror",
        "other.example": "127.0.0.1",
    }
    bench.clear()
    bench.adopt([], [])
    assert set(bound_to(bench, "8.8.8.8", "other.example").values()) == {"OSError", "gaierror"}


@pytest.mark.skipif(not may_contain(), reason="no namespaces here")
def test_they_are_there_again_after_an_agent_was_lost(bench: Bench) -> None:
    bench.adopt(["192.168.77.5"], ["pc.example"])
    bench.revive()
    bench.adopt(["192.168.77.5"], ["pc.example"])
    assert bound_to(bench, "192.168.77.5", "pc.example") == {
        "192.168.77.5": "192.168.77.5",
        "pc.example": "127.0.0.1",
    }


@pytest.mark.docker
def test_only_the_trusted_side_may_change_the_network() -> None:
    with docker_bench() as bench:
        bench.adopt(["192.168.77.5"], [])
        bench.sandbox("python", LIMITS)
        client = connect()
        roles = {}
        for item in client.api.containers(filters={"label": f"grader={os.getpid()}"}):
            seen = client.api.inspect_container(item["Id"])
            added = [name.removeprefix("CAP_") for name in seen["HostConfig"]["CapAdd"]]
            roles[item["Labels"]["grader.role"]] = "NET_ADMIN" in added
            assert seen["HostConfig"]["ReadonlyRootfs"]
        client.close()
    assert roles == {"sidecar": True, "sandbox-python": False}


def test_whoever_waits_can_be_interrupted(bench: Bench) -> None:
    bench.cancel()
    begun = time.monotonic()
    with pytest.raises(BenchError) as told:
        bench.wait(SIDECAR, lambda event: isinstance(event, p.Pong), 30, "answering")
    assert told.value.reason == "interrupted"
    assert time.monotonic() - begun < 5


@pytest.mark.docker
def test_a_sandbox_has_no_network_but_loopback_and_nothing_to_write_to() -> None:
    probe = (
        "import os, socket\n"
        "print(sorted(name for _, name in socket.if_nameindex()), os.getuid(), os.getgroups())\n"
        "for path in ('/x', '/etc/x', '/opt/agent/x', '/usr/x'):\n"
        "    try: open(path, 'w'); print('wrote', path)\n"
        "    except OSError: pass\n"
        "status = dict(l.split(':', 1) for l in open('/proc/self/status').read().splitlines())\n"
        "print(status['CapEff'].strip(), status['NoNewPrivs'].strip())\n"
    )
    with docker_bench() as bench:
        agent = bench.sandbox("python", LIMITS)
        bench.send(agent, p.Spawn("client", ["python3", "-c", probe]))
        said = ""
        while said.count("\n") < 2:
            event = bench.wait(agent, lambda e: isinstance(e, p.Printed), 10, "printing")
            assert isinstance(event, p.Printed)
            said += event.data
    assert said.splitlines()[0] == "['lo'] 1000 []"
    assert "wrote" not in said
    assert said.splitlines()[1].split() == ["0000000000000000", "1"]


@pytest.mark.docker
def test_containers_without_a_living_grader_are_swept() -> None:
    client = connect()
    image = ensure_images(client, ["python"])["python"]
    gone = 4_000_000  # beyond the largest process number there is
    left = client.api.create_container(image, labels={"grader": str(gone)})["Id"]
    with docker_bench() as bench:
        sweep(client)  # another grader on this machine may have been quicker
        there = {item["Id"] for item in client.api.containers(all=True)}
        assert left not in there
        bench.send(SIDECAR, p.Ping(1))  # a living grader keeps its own
        bench.wait(SIDECAR, lambda event: isinstance(event, p.Pong), 10, "answering")
    client.close()
