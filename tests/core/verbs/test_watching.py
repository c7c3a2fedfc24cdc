"""What programs print, how they end, and that they go on: the student's, and ours beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.agent import protocol as p
from tests.core.script_world import World, blocked

PRINTS = ("client starts", "client prints: HELLO")
CURL = ("server starts", "curl runs: [curl, URL]")
TRACE = b"Traceback (most recent call last):\n"
KEYBOARD = blocked("read", "terminal", "client")


def shown(*pieces: bytes, steps: tuple[str, ...] = PRINTS) -> World:
    world = World(*steps)
    for piece in pieces:
        world.prints("client", piece)
    while world.outcome == "waits":
        world.settles(KEYBOARD)
    return world


# -------------------------------------------------------------------------------- printing


@given(st.lists(st.integers(1, 9), max_size=6))
def test_a_text_is_found_among_prompts_and_labels_in_whatever_pieces(cuts: list[int]) -> None:
    screen, pieces = b"Input lowercase sentence: From Server: HELLO\r\n> ", []
    for cut in cuts:
        pieces.append(screen[:cut])
        screen = screen[cut:]
    assert shown(*pieces, screen).outcome == "passes"


def test_the_next_text_is_looked_for_behind_the_last() -> None:
    steps = (*PRINTS, "client prints: BYE")
    assert shown(b"HELLO BYE", steps=steps).outcome == "passes"
    assert shown(b"BYE HELLO", steps=steps).outcome == "no_output"
    assert shown(b"HELLO HELLO", steps=(*PRINTS, PRINTS[1])).outcome == "passes"
    assert shown(b"HELLO", steps=(*PRINTS, PRINTS[1])).outcome == "no_output"


def test_or_anywhere() -> None:
    steps = (*PRINTS, "client prints: {text: BYE, anywhere: true}", "client prints: '!'")
    assert shown(b"BYE HELLO!", steps=steps).outcome == "passes"


def test_both_outputs_are_one_screen() -> None:
    world = World(*PRINTS)
    world.prints("client", b"HEL")
    world.prints("client", b"LO", "err")
    assert world.outcome == "passes"


def test_what_is_printed_is_no_reply_and_what_was_typed_is_not_printed() -> None:
    world = World("client starts", "client types: HELLO", "client prints: HELLO")
    world.settles(KEYBOARD)
    assert world.outcome == "no_output"


@pytest.mark.parametrize(
    ("pieces", "reason", "words"),
    [
        (
            [],
            "no_output",
            "your client printed nothing when it should (it is reading the keyboard)",
        ),
        ([b" \n"], "no_output", "printed nothing"),
        ([b"hello"], "wrong_output", "your client did not print what it should"),
    ],
)
def test_what_is_missing(pieces: list[bytes], reason: str, words: str) -> None:
    world = shown(*pieces)
    assert world.outcome == reason
    assert words in world.verdict.message
    assert world.verdict.expected == b"HELLO"
    assert world.verdict.received == b"".join(pieces)


def test_a_number_at_the_edge_of_the_screen_may_go_on() -> None:
    world = World("client starts", 'client prints: {matches: "was 1$"}')
    world.prints("client", b"it was 1")
    assert world.outcome == "waits"
    world.prints("client", b"7 bytes\n")
    world.settles(KEYBOARD)
    assert world.outcome == "wrong_output"
    assert (
        shown(b"it was 1", steps=("client starts", 'client prints: {matches: "was 1$"}')).outcome
        == "passes"
    )


def test_a_program_may_end_right_after_it_has_printed_it() -> None:
    world = World(*PRINTS, "client exits: 0")
    world.prints("client", b"HELLO\n")
    world.exits("client")
    assert world.outcome == "passes"
    world = World("client starts", 'client prints: {matches: "HEL+O?"}')
    world.prints("client", b"HELL")
    world.exits("client")
    assert world.outcome == "passes"


def test_a_program_that_has_ended_prints_no_more_but_a_child_of_it_may() -> None:
    world = World(*PRINTS)
    world.prints("client", b"bye")
    world.exits("client", 3)
    assert world.is_failing
    world.prints("client", b"HELLO")
    assert world.outcome == "passes"
    world = World(*PRINTS)
    world.prints("client", b"bye")
    world.exits("client", 3)
    world.settles()
    assert world.outcome == "wrong_output"
    assert "it exited with status 3" in world.verdict.message


def test_a_program_that_crashed_instead() -> None:
    world = World(*PRINTS)
    world.crashes("client", "ConnectionRefusedError: [Errno 111] Connection refused")
    world.settles()
    assert world.outcome == "crashed"
    assert "Connection refused" in world.verdict.message


def test_a_server_that_crashed_explains_why_its_client_prints_nothing() -> None:
    world = World("server starts", *PRINTS)
    world.crashes("server")
    world.settles(KEYBOARD)
    assert world.outcome == "crashed"
    assert "your server" in world.verdict.message


def test_a_flood_is_told_as_a_flood() -> None:
    world = World(*PRINTS)
    world.prints("client", b"> " * 1000)
    world.hits("client", "output")
    world.exits("client", signal=9)
    world.settles()
    assert world.outcome == "output_limit"


def test_a_flood_that_holds_the_text_is_none_of_this_step() -> None:
    world = World(*PRINTS, "client exits")
    world.prints("client", b"HELLO" + b"> " * 1000)
    world.hits("client", "output")
    assert world.outcome == "waits"
    world.settles()
    assert world.outcome == "output_limit"


# ---------------------------------------------------------------------------------- ending


@pytest.mark.parametrize(
    ("step", "status", "reason"),
    [
        ("exits", 0, "passes"),
        ("exits", 1, "passes"),
        ("exits: 0", 0, "passes"),
        ("exits: 0", 1, "wrong_exit"),
        ("exits: 2", 2, "passes"),
        ("exits: nonzero", 1, "passes"),
        ("exits: nonzero", 0, "wrong_exit"),
    ],
)
def test_the_exit_status(step: str, status: int, reason: str) -> None:
    world = World("client starts", f"client {step}")
    world.exits("client", status)
    world.settles()
    assert world.outcome == reason


def test_dying_of_the_end_of_input_after_a_right_exchange_is_an_end() -> None:
    world = World("client starts", "client closes input", "client exits")
    world.crashes("client", "EOFError: EOF when reading a line")
    assert world.outcome == "passes"


@pytest.mark.parametrize("signal", [6, 11, 13, 99])
def test_a_signal_is_no_end_of_one_s_own(signal: int) -> None:
    for step in ("client exits", "client exits: nonzero"):
        world = World("client starts", step)
        world.exits("client", signal=signal)
        world.settles()
        assert world.outcome == "crashed"
        assert "killed by" in world.verdict.message


def test_an_exception_where_another_status_was_due() -> None:
    world = World("client starts", "client exits: 0")
    world.crashes("client", "ValueError: port")
    world.settles()
    assert world.outcome == "crashed"
    assert "ValueError: port" in world.verdict.message


def test_a_program_that_goes_on() -> None:
    world = World("client starts", "client exits")
    world.settles(KEYBOARD)
    assert world.outcome == "still_running"
    assert "it is reading the keyboard" in world.verdict.message


def test_a_program_that_takes_its_time_to_end() -> None:
    world = World("client starts", "client exits: 0")
    world.time_passes(8)
    world.exits("client")
    assert world.outcome == "passes"


# --------------------------------------------------------------------------------- going on


def test_a_server_keeps_running() -> None:
    world = World("server starts", "server keeps running")
    world.settles(blocked("accept"))
    assert world.outcome == "passes"
    assert world.now < 100.2


def test_a_busy_one_too() -> None:
    world = World("server starts", "server keeps running")
    world.time_passes(1.1)
    assert world.outcome == "passes"


@pytest.mark.parametrize(("signal", "reason"), [(None, "exited_early"), (11, "crashed")])
def test_a_server_that_does_not(signal: int | None, reason: str) -> None:
    world = World("server starts", "server keeps running")
    world.exits("server", 0, signal)
    world.settles()
    assert world.outcome == reason


# ------------------------------------------------------------------------- programs of ours


def curled(*steps: str) -> World:
    return World(*CURL, *steps)


def test_curl_is_not_the_student_s() -> None:
    world = curled("curl exits: 0")
    world.prints("curl", b"curl: (52) Empty reply from server\n", "err")
    world.exits("curl", 52)
    world.settles()
    assert world.outcome == "client_failed"
    assert world.verdict.message == (
        "curl failed: curl: (52) Empty reply from server (exit status 52)"
    )


def test_what_curl_said_last_while_it_waits() -> None:
    world = curled("curl exits: 0")
    world.prints("curl", b"client: hello\nclient: data\n")
    world.settles(blocked("accept"), ours=[blocked("recv", "tcp:40001>127.0.0.1:1060", "curl")])
    assert world.outcome == "no_reply"
    assert world.verdict.message.endswith("it last printed: client: data")


def test_a_silent_curl_is_told_by_its_status() -> None:
    world = curled("curl exits: 0")
    world.exits("curl", 7)
    world.settles()
    assert world.outcome == "client_failed"
    assert "should have ended with status 0, but it exited with status 7" in world.verdict.message


def test_what_curl_waits_for() -> None:
    waiting = [blocked("poll", "tcp:40001>127.0.0.1:1060", "curl", forever=False)]
    for step, reason in (("curl prints: x", "no_output"), ("curl exits", "no_reply")):
        world = curled(step)
        world.settles(blocked("accept"), ours=waiting)
        assert world.outcome == reason
        assert world.verdict.message.startswith("curl ")


def test_a_server_s_crash_explains_what_curl_says() -> None:
    for step in ("curl prints: x", "curl exits: 0"):
        world = curled(step)
        world.crashes("server", "TypeError: bytes")
        world.exits("curl", 52)
        world.settles()
        assert world.outcome == "crashed"
        assert "TypeError" in world.verdict.message


def test_a_program_of_ours_that_goes_wrong_by_itself_is_our_fault() -> None:
    world = curled("curl keeps running")
    world.exits("curl", 127)
    assert world.outcome == "our_side_failed"
    world = curled("curl prints: x")
    world.happens(p.LimitHit("curl", "output"))
    assert world.outcome == "our_side_failed"


# --------------------------------------------------------------------- how it ended, in words


@pytest.mark.parametrize(
    ("errors", "words"),
    [
        (b"", "status 1"),
        (b"bind: Address already in use\n", "status 1 (bind: Address already in use)"),
        (
            b"Traceback (most recent call last):\n  File\n    x\nsocket.timeout: timed out\n",
            "socket.timeout: timed out",
        ),
        (
            TRACE + b"  x\nKeyError: 1\n\nDuring handling ...\n\n" + TRACE + b"  y\nOSError: 2\n",
            "OSError: 2",
        ),
        (
            b'Exception in thread "main" java.net.BindException: Address already in use\n\tat x\n',
            "java.net.BindException: Address already in use",
        ),
        (b"  File x\nSyntaxError: invalid syntax\n", "SyntaxError: invalid syntax"),
        (b"\xff\xfe\n", "status 1"),
    ],
)
def test_the_line_that_tells_most_is_quoted(errors: bytes, words: str) -> None:
    world = World("server starts", "server keeps running")
    world.prints("server", errors, "err")
    world.exits("server", 1)
    world.settles()
    assert words in world.verdict.message


def test_a_handled_exception_that_was_printed_is_no_crash() -> None:
    world = World("server starts", "server keeps running")
    world.prints("server", b"Traceback (most recent call last):\n  x\nValueError: 1\n", "err")
    world.exits("server", 0)
    world.settles()
    assert world.outcome == "exited_early"


BUSY = ("server starts", "server keeps running: {within: 0.5s, busy: 20s}")


def test_a_program_that_prints_for_ever_is_watched_until_its_limit() -> None:
    world = World(*BUSY)
    for _ in range(100):
        world.prints("server", b"Client> \n")
        world.time_passes(0.15, blocked("running", forever=False))
    assert world.outcome == "waits"
    world.hits("server", "output")
    world.settles()
    assert world.outcome == "output_limit"


def test_and_one_that_only_computes_until_the_time_is_up() -> None:
    world = World(*BUSY)
    world.time_passes(19, blocked("running", forever=False))
    assert world.outcome == "waits"
    world.time_passes(2, blocked("running", forever=False))
    assert world.outcome == "passes"


def test_a_quiet_one_is_not_watched_that_long() -> None:
    world = World(*BUSY)
    world.time_passes(0.4, blocked("poll", forever=False))
    assert world.outcome == "waits"
    world.time_passes(0.2, blocked("poll", forever=False))
    assert world.outcome == "passes"
    world = World(*BUSY)
    world.settles(blocked("accept"))
    assert world.outcome == "passes"


# --------------------------------------------------------------------------------- zombies

FORKS = ("server starts", "server leaves no zombies")
ACCEPTS = blocked("accept", "listening")


def counted(*counts: int, steps: tuple[str, ...] = FORKS) -> World:
    """Return a world in which the agent counts so many, one number after the other."""
    world = World(*steps)
    for count in counts:
        world.happens(p.Zombies("server", count), "sandbox")
    return world


@pytest.mark.parametrize("counts", [(0,), (2,), (5, 2), (3, 4, 5, 1)])
def test_few_enough_zombies_pass_at_once(counts: tuple[int, ...]) -> None:
    world = counted(*counts)
    assert world.outcome == "passes"
    assert world.notes == []
    assert [command.actor for command in world.given(p.CountZombies)] == ["server"]


def test_many_are_waited_for_while_the_server_may_still_collect_them() -> None:
    world = counted(5)
    world.time_passes(5, blocked("poll", "", forever=False))
    assert world.outcome == "waits"
    world.happens(p.Zombies("server", 0), "sandbox")
    assert world.outcome == "passes"


def test_and_are_piled_up_once_it_cannot_or_the_time_is_up() -> None:
    world = counted(5)
    world.settles(ACCEPTS)
    assert world.outcome == "zombies"
    assert "your server has 5 zombies" in world.verdict.message
    assert ("server", "has", "5 zombies") in [
        (line.actor, line.what, line.data) for line in world.stage.transcript
    ]
    world = counted(3)
    world.time_passes(30, blocked("poll", "", forever=False))
    assert world.outcome == "zombies"


def test_how_many_are_too_many_is_the_specs_to_say() -> None:
    strict = ("server starts", "server leaves no zombies: {at_most: 0}")
    assert counted(0, steps=strict).outcome == "passes"
    assert counted(1, steps=strict).outcome == "waits"


def test_where_they_cannot_be_counted_it_passes_with_a_note() -> None:
    world = counted(-1)
    assert world.outcome == "passes"
    assert world.notes == ["zombies cannot be counted on this system: graded without"]


def test_a_server_that_ends_meanwhile_is_told_so() -> None:
    world = counted(5)
    world.crashes("server")
    world.settles()
    assert world.outcome == "crashed"
