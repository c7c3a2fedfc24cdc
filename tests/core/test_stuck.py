"""Where a program stands, in words a student knows."""

from __future__ import annotations

import pytest

from grader.agent import protocol as p
from grader.core.stuck import describe, sentence
from tests.core.script_world import PORT, World, blocked

STEPS = ("server starts", "alice connects", "bob connects", "alice expects: HELLO")


def world_of(*steps: str) -> World:
    world = World(*steps)
    world.stage.now = world.now
    return world


@pytest.mark.parametrize(
    ("call", "target", "words"),
    [
        ("read", "terminal", "reading the keyboard"),
        ("accept", "listener:1060", "blocked in accept(), waiting for the next connection"),
        ("recv", "udp:12000", "blocked in recvfrom(), waiting for a datagram"),
        ("recv", "tcp:1060>127.0.0.1:55555", "blocked in recv(), waiting for more"),
        ("read", "tcp:1060>127.0.0.1:55555", "blocked in recv(), waiting for more"),
        ("send", "tcp:1060>127.0.0.1:55555", "blocked in send(): what it sends is not read"),
        ("connect", "tcp:0>127.0.0.1:1060", "in connect(), waiting for a server"),
        ("poll", "listener:1060,terminal", "waiting in select() or poll()"),
        ("lock", "", "waiting for a lock"),
        ("wait", "", "waiting for a child process to end"),
        ("sleep", "", "sleeping"),
        ("running", "", "busy"),
        ("flock", "file", "in flock()"),
    ],
)
def test_where_a_thread_stands(call: str, target: str, words: str) -> None:
    stage = World("server starts", "server prints: x").stage
    assert sentence(blocked(call, target), stage) == words


def test_how_busy_a_program_is_is_told_once_it_has_been_for_a_while() -> None:
    world = World("server starts", "alice connects", "alice expects: HI")
    world.starts("server", PORT)
    computes(world, 1)
    assert describe(world.stage) == "busy"
    computes(world, 1.8)
    assert describe(world.stage) == "busy: 100 % CPU for more than 2 s"
    world.hears("alice", b"H")
    assert describe(world.stage) == ""


def computes(world: World, seconds: float, share: float = 1.0) -> None:
    """The server computes, with this share of a processor."""
    for _ in range(round(10 * seconds)):
        busy = p.Blocked("server", 7, "running", task=7, cpu=world.now * share)
        world.time_passes(0.1, busy)


def test_a_loop_that_never_waits_is_not_given_all_the_time() -> None:
    world = World("server starts", "alice connects", "alice expects: HI")
    world.starts("server", PORT)
    computes(world, 4)
    assert world.outcome == "no_reply"
    assert "it is busy: 100 % CPU" in world.verdict.message


def test_what_a_loaded_machine_lets_starve_is_given_all_the_time() -> None:
    world = World("server starts", "alice connects", "alice expects: HI")
    world.starts("server", PORT)
    computes(world, 9, share=0.2)
    assert world.outcome == "waits"
    world.hears("alice", b"HI")
    world.settles(blocked("accept", f"listener:{PORT}"))
    assert world.outcome == "passes"


def test_a_program_may_compute_as_long_as_it_likes_before_it_listens() -> None:
    world = World("server starts", "alice connects", by_hand="server")
    world.happens(p.Started("server", 7), "sandbox")
    computes(world, 9)
    assert world.outcome == "waits"


def test_whose_connection_it_waits_for() -> None:
    stage = world_of(*STEPS).stage
    ports = {name: stage.tube(name).local_port for name in ("alice", "bob")}
    for name, port in ports.items():
        thread = blocked("recv", f"tcp:{PORT}>127.0.0.1:{port}")
        assert (
            sentence(thread, stage) == f"blocked in recv() on {name}'s connection, waiting for more"
        )


def test_what_it_has_answered_so_far() -> None:
    world = world_of(*STEPS)
    world.hears("alice", b"HEL")
    thread = blocked("recv", f"tcp:{PORT}>127.0.0.1:{world.stage.tube('alice').local_port}")
    assert sentence(thread, world.stage).endswith("having sent 3 bytes")


def test_of_two_clients_of_ours_the_right_one_is_named() -> None:
    world = world_of("host listens: tcp/1060", "client starts", "host accepts", "host expects: x")
    world.comes()
    theirs = world.stage.tube("host").peer[1]
    thread = blocked("recv", f"tcp:{theirs}>127.0.0.1:{PORT}", "client")
    other = blocked("recv", f"tcp:{theirs + 1}>127.0.0.1:{PORT}", "client")
    assert "on host's connection" in sentence(thread, world.stage)
    assert sentence(other, world.stage) == "blocked in recv(), waiting for more"


def test_a_server_that_serves_one_client_at_a_time() -> None:
    world = world_of("server starts", "alice connects", "alice expects: x")
    thread = blocked("accept", "listener:1060")
    assert sentence(thread, world.stage) == "blocked in accept() while alice's connection is open"


def test_a_connection_that_is_over_or_closed_by_us_is_not_open() -> None:
    thread = blocked("accept", "listener:1060")
    world = world_of("server starts", "alice connects", "alice closes", "server prints: x")
    assert "alice" not in sentence(thread, world.stage)
    world = world_of("server starts", "alice connects", "alice expects: x")
    world.ends("alice")
    assert "alice" not in sentence(thread, world.stage)


def test_an_accepted_connection_counts_once_though_it_has_two_names() -> None:
    world = world_of("host listens: tcp/1060", "client starts", "host accepts", "host expects: x")
    world.comes()
    thread = blocked("accept", "listener:2000", "client")
    assert "host's connection is open" in sentence(thread, world.stage)


def described(*threads: p.Blocked) -> str:
    stage = World("server starts", "server prints: x").stage
    stage.threads = list(threads)
    return describe(stage)


def test_several_threads_are_told_once_each_and_at_most_three() -> None:
    calls = ["accept", "accept", "sleep", "wait", "connect"]
    assert described(*map(blocked, calls)).split("; ") == [
        "blocked in accept(), waiting for the next connection",
        "sleeping",
        "waiting for a child process to end",
    ]


def test_a_main_thread_that_waits_for_its_workers_says_nothing() -> None:
    assert described(blocked("lock"), blocked("sleep")) == "sleeping"
    assert described(blocked("lock"), blocked("lock")) == "waiting for a lock"


def test_only_the_student_s_programs_are_told_of() -> None:
    assert described(blocked("poll", actor="curl")) == ""
    assert described(blocked("sleep", actor="")) == "sleeping"
    assert described() == ""
