"""The script machine: how a check goes on, when it is over, and what it asks in between."""

from __future__ import annotations

import pytest

from grader.agent import protocol as p
from grader.core.model import Step
from grader.core.outcome import REASONS
from grader.core.script import SETTLE, SIDECAR, expand
from tests.core.script_world import World, blocked

ECHO = ("server starts", "alice connects", "alice sends: hi", "alice expects: HELLO")
AWAY = blocked("accept", "listener:1060")  # the server waits for the next client
CLIENT = ("host listens: tcp/1060", "client starts", "host accepts", "host expects: hello")
CURL = ("server starts", "curl runs: [curl, URL]", "curl prints: page")


# ------------------------------------------------------------------------------- going along


def test_steps_are_played_in_order_by_the_agents_they_are_for() -> None:
    world = World(*ECHO)
    assert [type(command) for command in world.commands] == [p.Spawn, p.Connect, p.Send]
    assert world.step == "alice expects: HELLO"
    world.hears("alice", b"HELLO")
    assert world.outcome == "passes"


def test_the_student_s_programs_run_in_their_sandboxes_and_all_else_in_the_sidecar() -> None:
    world = World("server starts", "curl runs: [curl]", agents={"server": "box"}, by_hand="server")
    (spawn,) = world.script._addressed([world.commands[0]])
    assert (spawn.agent, spawn.command.actor) == ("box", "server")  # type: ignore[attr-defined]
    assert world.script._addressed([p.Connect("alice", "", 0)])[0].agent == SIDECAR


def test_a_step_that_is_over_as_it_begins_takes_no_event() -> None:
    world = World(*ECHO, "alice half-closes", "alice closes")
    world.hears("alice", b"HELLO")
    assert [command.how for command in world.given(p.Close)] == ["half", "close"]
    assert world.outcome == "passes"


def test_commands_of_the_last_step_are_given_too() -> None:
    world = World("server starts", "alice connects", "alice resets")
    assert world.given(p.Close) == [p.Close("alice", "abort")]
    assert world.outcome == "passes"


def test_nothing_happens_any_more_once_it_is_over() -> None:
    world = World(*ECHO)
    world.hears("alice", b"HELLO")
    assert world.script.feed(SIDECAR, p.Ended("alice"), 200.0) == []
    assert world.script.tick(1000.0) == []
    assert world.outcome == "passes"


def test_nothing_is_done_before_it_is_time_to_wake() -> None:
    world = World(*ECHO)
    assert world.script.tick(world.script.wake_at - 0.001) == []


# -------------------------------------------------------------------------- groups of clients

CROWD = "  groups: {crowd: 3}\n"


def test_a_group_s_steps_are_written_out_for_each_member() -> None:
    steps = [
        Step("server", "starts", None),
        Step("crowd", "x", None),
        Step("crowd backwards", "y", None),
    ]
    written = expand(steps, {"crowd": 3})
    assert [(step.actor, step.verb) for step in written] == [
        ("server", "starts"),
        ("crowd#1", "x"), ("crowd#2", "x"), ("crowd#3", "x"),
        ("crowd#3", "y"), ("crowd#2", "y"), ("crowd#1", "y"),
    ]  # fmt: skip


def test_members_are_numbered_in_what_they_say_and_hear() -> None:
    world = World(
        "server starts", "crowd connects", "crowd sends: I am {n}",
        "crowd backwards expects: YOU ARE {n}", extra=CROWD,
    )  # fmt: skip
    assert [send.pieces for send in world.given(p.Send)] == [["I am 1"], ["I am 2"], ["I am 3"]]
    for number in (3, 2, 1):
        assert world.step.startswith("crowd backwards")
        world.hears(f"crowd#{number}", b"YOU ARE %d" % number)
    assert world.outcome == "passes"


def test_a_reply_that_goes_to_another_member_is_wrong() -> None:
    world = World("server starts", "crowd connects", "crowd expects: YOU ARE {n}", extra=CROWD)
    world.hears("crowd#1", b"YOU ARE 2")
    world.settles(AWAY)
    assert world.outcome == "wrong_reply"


# ----------------------------------------------------- as soon as it is certain, never before


def test_it_fails_as_soon_as_failing_is_certain_and_never_before() -> None:
    world = World(*ECHO)
    for byte in (b"H", b"E", b"L"):
        world.hears("alice", byte)
        assert not world.is_failing
    world.hears("alice", b"P")
    assert world.is_failing


def test_a_failure_is_told_once_the_programs_have_settled() -> None:
    world = World(*ECHO)
    world.hears("alice", b"HELP!")
    assert world.outcome == "waits"
    world.settles(AWAY)
    assert world.outcome == "wrong_reply"
    assert world.now < 101


def test_a_crash_that_is_still_being_printed_is_told_as_a_crash() -> None:
    world = World(*ECHO)
    world.ends("alice")
    assert world.is_failing
    world.time_passes(0.5)
    world.crashes("server", "UnicodeDecodeError: 'utf-8'")
    world.settles()
    assert world.outcome == "crashed"
    assert "UnicodeDecodeError" in world.verdict.message


@pytest.mark.parametrize("late", [0.0, 0.2, 1.0, 2.5])
def test_the_reason_does_not_depend_on_how_long_the_traceback_takes(late: float) -> None:
    world = World(*ECHO)
    world.breaks("alice")
    world.time_passes(late)
    world.crashes("server")
    world.settles()
    assert world.outcome == "crashed"


def test_a_failure_is_told_after_some_seconds_even_if_the_programs_never_settle() -> None:
    world = World(*ECHO)
    world.ends("alice")
    world.time_passes(SETTLE - 0.1)
    assert world.outcome == "waits"
    world.time_passes(0.2)
    assert world.outcome == "closed_early"


def test_a_program_that_chatters_cannot_put_a_failure_off() -> None:
    world = World(*ECHO)
    world.ends("alice")
    for _ in range(40):
        world.time_passes(0.1)
        world.prints("server", b"tick\n")
    assert world.outcome == "closed_early"


def test_a_failure_just_before_the_deadline_is_held_back_too() -> None:
    world = World("server starts", "alice connects", "alice stays connected")
    world.time_passes(0.49)
    world.ends("alice")
    world.time_passes(0.3)
    world.crashes("server")
    world.settles()
    assert world.outcome == "crashed"


# ------------------------------------------------------------------ holds unless more comes

EXACT = (*ECHO[:3], "alice expects: {exact: HELLO}")


def test_what_more_bytes_could_spoil_holds_until_the_programs_have_settled() -> None:
    world = World(*EXACT)
    world.hears("alice", b"HELLO")
    assert world.outcome == "waits"
    assert not world.is_failing
    world.settles(AWAY)
    assert world.outcome == "passes"


def test_and_more_bytes_spoil_it() -> None:
    world = World(*EXACT)
    world.hears("alice", b"HELLO", b"\n")
    world.settles(AWAY)
    assert world.outcome == "extra_reply"


def test_where_nobody_can_tell_what_programs_do_half_a_second_without_an_event_is_enough() -> None:
    world = World(*EXACT)
    world.hears("alice", b"HELLO")
    world.time_passes(0.45)
    assert world.outcome == "waits"
    world.time_passes(0.1)
    assert world.outcome == "passes"


def test_a_success_holds_on_while_a_program_is_seen_to_run_for_it_may_be_about_to_say_more() -> (
    None
):
    world = World(*EXACT)
    world.hears("alice", b"HELLO")
    world.time_passes(2, blocked("running", forever=False))
    assert world.outcome == "waits"
    world.hears("alice", b"\n")
    world.settles(AWAY)
    assert world.outcome == "extra_reply"
    world = World(*EXACT)
    world.hears("alice", b"HELLO")
    world.time_passes(11, blocked("running", forever=False))
    assert world.outcome == "passes"


def test_a_program_that_chatters_on_and_on_is_not_failed_for_that() -> None:
    world = World(*EXACT)
    world.hears("alice", b"HELLO")
    while world.outcome == "waits":
        world.time_passes(0.2)
        world.prints("server", b"still alive\n")
    assert world.outcome == "passes"
    assert world.now < 115


# ------------------------------------------------------------------------- stuck, or just slow


def test_silence_is_a_fact_once_every_program_is_blocked_for_good() -> None:
    world = World(*ECHO)
    world.settles(AWAY)
    assert world.outcome == "no_reply"
    assert world.now < 100.1
    assert "blocked in accept() while alice's connection is open" in world.verdict.message


def test_the_sidecar_is_asked_last_for_the_server_may_have_replied_before_it_slept() -> None:
    world = World(*ECHO)
    first = world.probe()
    assert first.agent == "sandbox"
    world._answer(first, [AWAY], stuck=True)
    second = world.probe()
    assert second.agent == SIDECAR
    world.hears("alice", b"HELLO")  # was on its way
    assert world.outcome == "passes"


def test_a_look_is_void_when_anything_has_happened_meanwhile() -> None:
    world = World(*ECHO)
    first = world.probe()
    world.hears("alice", b"HEL")
    world._answer(first, [AWAY], stuck=True)
    assert world.probes == []
    world.hears("alice", b"LO")
    assert world.outcome == "passes"


def test_only_the_agent_that_was_asked_and_only_its_last_answer_counts() -> None:
    world = World(*ECHO)
    first = world.probe()
    assert isinstance(first.command, p.Probe)
    world.happens(p.Probed(first.command.token, stuck=True), SIDECAR)
    world.happens(p.Probed(first.command.token - 1, stuck=True), "sandbox")
    assert world.outcome == "waits"
    assert world.probes == []


def test_a_program_that_is_busy_is_looked_at_again_and_gets_all_its_time() -> None:
    world = World(*ECHO)
    world.time_passes(9)
    assert world.outcome == "waits"
    world.hears("alice", b"HELLO")
    assert world.outcome == "passes"


def test_the_deadline_ends_what_nobody_can_prove() -> None:
    world = World(*ECHO)
    world.time_passes(11, blocked("sleep", forever=False))
    assert world.outcome == "no_reply"
    assert "after 10 seconds" in world.verdict.message
    assert world.verdict.stuck == "sleeping"


def test_the_deadline_holds_even_if_a_look_is_never_answered() -> None:
    world = World(*ECHO)
    world.probe()
    world.time_passes(11)
    assert world.outcome == "no_reply"


def test_a_step_may_have_a_deadline_of_its_own() -> None:
    world = World(*ECHO[:3], "alice expects: {text: HELLO, within: 2}")
    world.time_passes(2.1)
    assert world.outcome == "no_reply"


def test_a_check_has_a_deadline_too_and_says_so() -> None:
    world = World(*ECHO, limit=5.0)
    world.time_passes(6)
    assert "the check took 5 seconds in all" in world.verdict.message


def test_a_step_that_is_met_passes_even_after_the_check_s_deadline() -> None:
    world = World(*ECHO, "alice expects: AGAIN", limit=5.0)
    world.time_passes(4)
    world.hears("alice", b"HELLOAGAIN")
    assert world.outcome == "passes"


def test_an_agent_that_is_sending_for_us_is_not_idle() -> None:
    world = World(*ECHO)
    for _ in range(20):
        probe = world.probe()
        world._answer(
            probe, [AWAY] if probe.agent == "sandbox" else [], stuck=probe.agent != SIDECAR
        )
    assert world.outcome == "waits"


def test_without_proc_the_only_agent_can_say_nothing_and_nothing_is_concluded() -> None:
    world = World(*ECHO, agents={"server": SIDECAR, "client": SIDECAR})
    world.time_passes(9.9)
    assert world.outcome == "waits"
    world.time_passes(0.2)
    assert world.outcome == "no_reply"


def test_the_only_agent_on_a_laptop_knows_all_programs_at_once() -> None:
    world = World(*ECHO, agents={"server": SIDECAR, "client": SIDECAR})
    world.settles(AWAY)
    assert world.outcome == "no_reply"
    assert world.verdict.stuck


def test_agents_are_told_which_connections_of_ours_are_not_read() -> None:
    world = World("server starts", "alice connects", "alice stops reading", "server prints: x")
    probe = world.probe()
    assert isinstance(probe.command, p.Probe)
    assert probe.command.held == [world.stage.tube("alice").local_port]


# ------------------------------------------------------------- programs of ours in the sidecar

PARTNER = (
    "partner runs: {reference: chat/python/chat_server.py, listens: tcp/1060}",
    "client starts",
    "client prints: HI",
)
READING = blocked("recv", "tcp:40001>127.0.0.1:1060", "client")
SERVING = blocked("accept", "listener:1060", "partner")


def partnered() -> World:
    world = World(*PARTNER)
    world.binds("partner")
    assert world.step == "client prints: HI"
    return world


def test_beside_a_program_of_ours_the_student_s_is_looked_at_twice() -> None:
    world = partnered()
    asked = []
    while world.outcome == "waits":
        probe = world.probe()
        asked.append(probe.agent)
        world._answer(probe, [SERVING] if probe.agent == SIDECAR else [READING], stuck=True)
    assert asked == ["sandbox", SIDECAR, "sandbox"]
    assert world.outcome == "no_output"


def test_our_server_may_have_replied_just_after_the_client_was_seen_to_wait() -> None:
    world = partnered()
    world._answer(world.probe(), [READING], stuck=True)
    world._answer(world.probe(), [SERVING], stuck=True)  # it has replied, and waits again
    world._answer(world.probe(), [blocked("running", actor="client")], stuck=False)
    assert world.outcome == "waits"
    world.prints("client", b"From Server: HI\n")
    assert world.outcome == "passes"


POLLING = blocked("poll", "tcp:40001>127.0.0.1:1060", "curl", forever=False)


def test_curl_polls_for_ever_and_is_taken_to_wait_after_a_second_of_that() -> None:
    world = World(*CURL)
    world.settles(AWAY, ours=[POLLING])
    assert world.outcome == "no_output"
    assert 101 < world.now < 103


def test_curl_that_has_work_to_do_is_waited_for() -> None:
    world = World(*CURL)
    for busy in (False, False, True, False):
        threads = [blocked("running", actor="curl", forever=False) if busy else POLLING]
        world._answer(world.probe(), [AWAY], stuck=True)
        world._answer(world.probe(), threads, stuck=False)
    assert world.outcome == "waits"
    world.prints("curl", b"<h1>page</h1>")
    assert world.outcome == "passes"


def test_on_a_laptop_curl_is_waited_for_beside_a_student_s_program_that_is_blocked() -> None:
    world = World(*CURL, agents={"server": SIDECAR, "client": SIDECAR})
    world.time_passes(3, AWAY, POLLING)
    assert world.outcome == "no_output"


def test_but_not_beside_one_that_sleeps() -> None:
    world = World(*CURL, agents={"server": SIDECAR, "client": SIDECAR})
    world.time_passes(3, blocked("sleep", forever=False), POLLING)
    assert world.outcome == "waits"


# ------------------------------------------------------------------------- whose fault it is


def test_a_fault_of_the_agent_is_an_error_at_once() -> None:
    world = World(*ECHO)
    world.happens(p.Failed("OSError: [Errno 24] Too many open files"))
    assert world.outcome == "agent_failed"
    assert world.verdict.outcome == "error"


def test_a_fault_of_ours_is_not_held_back() -> None:
    world = World("server starts", "alice opens", transport="udp", by_hand="Listen")
    world.happens(p.CouldNot("alice", "listen", "EADDRINUSE"))
    assert world.outcome == "our_side_failed"


def test_a_spec_that_asks_for_the_impossible_is_no_fault_of_the_student_s() -> None:
    world = World("client starts", "client types: {repeat: [x, 5000]}")
    assert world.outcome == "spec_broken"
    world = World("host listens: udp/1060", "client starts", "host sends: hi", transport="udp")
    assert world.outcome == "spec_broken"
    assert "nobody to send to" in world.verdict.message


def test_a_program_that_cannot_be_started() -> None:
    world = World("client starts", "client prints: hi", by_hand="client")
    world.happens(p.CouldNot("client", "spawn", "ENOEXEC"), "sandbox")
    world.settles()
    assert world.outcome == "cannot_start"
    assert "ENOEXEC" in world.verdict.message


@pytest.mark.parametrize("limit", ["memory", "processes", "output", "disk", "file_size", "cpu"])
def test_a_limit_is_named(limit: str) -> None:
    world = World(*ECHO)
    world.hits("server", limit)
    world.exits("server", signal=9)
    world.ends("alice")
    world.settles()
    assert world.outcome.endswith("_limit")
    assert REASONS[world.outcome].fault == "student"
    assert "your server" in world.verdict.message
