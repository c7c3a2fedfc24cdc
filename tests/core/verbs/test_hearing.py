"""What our sockets hear: fair to right programs however their bytes come, hard on wrong ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.agent import protocol as p
from tests.core.script_world import PORT, World, blocked

UP = "server starts"
ASK = (UP, "alice connects", "alice sends: hi")
EXPECT = (*ASK, "alice expects: HELLO")
UDP = (UP, "alice opens", "alice sends: hi")
HOST = ("host listens: tcp/1060", "client starts", "host accepts", "host expects: hello")
AWAY = blocked("accept", "listener:1060")


def heard(*pieces: bytes, steps: tuple[str, ...] = EXPECT, end: str = "") -> World:
    """Play a check in which alice hears some pieces, and perhaps the end; then all settles."""
    world = World(*steps)
    world.hears("alice", *pieces)
    if end:
        world.ends("alice") if end == "end" else world.breaks("alice")
    while world.outcome == "waits":
        world.settles(AWAY)
    return world


# ----------------------------------------------------------- right programs, of every manner


@given(st.lists(st.integers(1, 5), max_size=5), st.sampled_from(["", "end", "reset"]))
def test_a_right_reply_passes_in_whatever_pieces_it_comes_and_however_it_ends(
    cuts: list[int], end: str
) -> None:
    reply, pieces = b"HELLO", []
    for cut in cuts:
        pieces.append(reply[:cut])
        reply = reply[cut:]
    assert heard(*filter(None, [*pieces, reply]), end=end).outcome == "passes"


def test_data_before_a_reset_counts_and_the_reset_is_a_note() -> None:
    world = heard(b"HEL", b"LO", steps=(*EXPECT, "alice sees the end"), end="reset")
    assert world.outcome == "passes"
    assert world.notes == ["resets the connection instead of closing it"]


def test_a_server_that_exits_right_after_its_reply() -> None:
    world = World(*EXPECT, "alice sees the end")
    world.hears("alice", b"HELLO")
    world.exits("server")
    world.ends("alice")
    assert world.outcome == "passes"


def test_a_reply_just_before_the_deadline() -> None:
    world = World(*EXPECT)
    world.time_passes(9.9)
    world.hears("alice", b"HELLO")
    assert world.outcome == "passes"


@pytest.mark.parametrize(
    ("padding", "note"), [(b"\n", "newline"), (b"\r\n", "newline"), (b"\0" * 9, "NUL")]
)
def test_padding_between_two_replies_is_noted_and_accepted(padding: bytes, note: str) -> None:
    steps = (*EXPECT, "alice expects: AGAIN", "alice sees the end")
    world = heard(b"HELLO", padding, b"AGAIN", padding, steps=steps, end="end")
    assert world.outcome == "passes"
    assert len(world.notes) == 1
    assert note in world.notes[0]
    assert "its reply" in world.notes[0]


def test_a_line_end_that_is_expected_is_no_padding() -> None:
    steps = (*EXPECT, 'alice expects: "\\r\\nBYE"')
    assert heard(b"HELLO\r\nBYE", steps=steps).notes == []


def test_two_replies_in_one_segment() -> None:
    assert heard(b"HELLOAGAIN", steps=(*EXPECT, "alice expects: AGAIN")).outcome == "passes"


@pytest.mark.parametrize(
    ("expected", "reply"),
    [
        ("{contains: LL}", b"HELLO"),
        ("{starts: HE}", b"HELLO"),
        ('{matches: "\\\\d+ bytes"}', b"17 bytes"),
        ("{any_of: [YES, NO]}", b"NO"),
        ("{line: YES}", b"YES\n"),
        ("{line: YES}", b"YES\r\n"),
        ("{text: hello, ignoring: [case]}", b"HeLLO"),
        ("{text: a b, ignoring: [space]}", b"a  \tb"),
        ("{exact: HELLO}", b"HELLO"),
    ],
)
def test_ways_to_expect(expected: str, reply: bytes) -> None:
    steps = (*ASK, f"alice expects: {expected}")
    assert heard(reply, steps=steps).outcome == "passes"
    assert heard(*(bytes([byte]) for byte in reply), steps=steps, end="end").outcome == "passes"
    assert heard(b"?!", steps=steps, end="end").outcome == "wrong_reply"
    assert heard(steps=steps).outcome == "no_reply"


@pytest.mark.parametrize("cut", range(1, 9))
def test_a_number_is_read_to_its_end_wherever_segments_are_cut(cut: int) -> None:
    steps = (*ASK, 'alice expects: {matches: "was \\\\d+"}', "alice expects: '!'")
    world = World(*steps)
    world.hears("alice", b"was 1234!"[:cut])
    world.time_passes(0.01)
    world.hears("alice", b"was 1234!"[cut:])
    while world.outcome == "waits":
        world.settles(AWAY)
    assert world.outcome == "passes"


# ---------------------------------------------------------------- wrong ones, and in which words


@pytest.mark.parametrize(
    ("pieces", "end", "reason", "words"),
    [
        ([b"HELP"], "", "wrong_reply", "something else than expected, from byte 4 on"),
        ([b"hello"], "end", "wrong_reply", "from byte 1 on"),
        ([b"HEL"], "end", "partial_reply", "closed the connection after 3 bytes"),
        ([b"H"], "reset", "partial_reply", "reset the connection after 1 byte"),
        ([b"HEL"], "", "partial_reply", "sent only part"),
        ([], "end", "closed_early", "closed the connection without a word"),
        ([], "reset", "reset", "reset the connection without a word"),
        ([], "", "no_reply", "sent nothing"),
    ],
)
def test_what_is_wrong(pieces: list[bytes], end: str, reason: str, words: str) -> None:
    world = heard(*pieces, end=end)
    assert world.outcome == reason
    assert words in world.verdict.message
    assert world.verdict.expected == b"HELLO"
    assert world.verdict.received == b"".join(pieces)
    at = next((n for n, byte in enumerate(b"".join(pieces)) if byte != b"HELLO"[n]), None)
    assert world.verdict.differs_at == (len(b"".join(pieces)) or None if at is None else at)


@pytest.mark.parametrize("how", ["{contains: HELLO}", "{matches: HEL+O}", "{any_of: [A, HELLO]}"])
def test_where_it_differs_is_told_only_of_two_texts(how: str) -> None:
    world = heard(b"HELP", steps=(*ASK, f"alice expects: {how}"), end="end")
    assert world.verdict.reason == "wrong_reply"
    assert world.verdict.differs_at is None


def test_a_crash_explains_a_connection_that_ends() -> None:
    world = World(*EXPECT)
    world.hears("alice", b"HE")
    world.ends("alice")
    world.crashes("server", "TypeError: a bytes-like object is required")
    world.settles()
    assert world.outcome == "crashed"
    assert "your server ended before its reply: it exited" in world.verdict.message
    assert "TypeError" in world.verdict.message
    assert world.verdict.received == b"HE"


def test_a_crash_explains_silence_on_a_connection_that_a_child_keeps_open() -> None:
    world = World(*EXPECT)
    world.exits("server", signal=11)
    world.settles()
    assert world.outcome == "crashed"
    assert "SIGSEGV" in world.verdict.message


def test_a_wrong_reply_is_told_as_such_even_if_the_program_crashes_afterwards() -> None:
    world = World(*EXPECT)
    world.hears("alice", b"WRONG")
    world.crashes("server")
    world.settles()
    assert world.outcome == "wrong_reply"


def test_a_traceback_that_is_printed_and_survived_is_no_crash() -> None:
    world = World(*EXPECT)
    world.prints("server", b"Traceback (most recent call last):\n  x\nKeyError: 1\n", "err")
    world.settles(AWAY)
    assert world.outcome == "no_reply"


def test_leftovers_of_a_reply_are_not_the_next_one() -> None:
    world = heard(b"HELLO", b"WORLD", b"AGAIN", steps=(*EXPECT, "alice expects: AGAIN"))
    assert world.outcome == "wrong_reply"


def test_padding_before_the_first_reply_is_wrong() -> None:
    assert heard(b"\nHELLO").outcome == "wrong_reply"


def test_exact_takes_no_newline_even_if_it_comes_late() -> None:
    steps = (*ASK, "alice expects: {exact: HELLO}")
    for pieces in ([b"HELLO\n"], [b"HELLO", b"\n"]):
        world = heard(*pieces, steps=steps)
        assert world.outcome == "extra_reply"
        assert "1 byte more" in world.verdict.message


# ------------------------------------------------------------------- the student's client is heard


def client(*pieces: bytes, end: str = "") -> World:
    world = World(*HOST)
    world.comes()
    world.hears("host", *pieces)
    if end:
        world.ends("host")
    world.settles(blocked("recv", actor="client"))
    return world


def test_a_client_s_message() -> None:
    assert client(b"hel", b"lo").outcome == "passes"
    assert client(b"hello\r\n").outcome == "passes"


@pytest.mark.parametrize(
    ("pieces", "end", "reason"),
    [
        ([b"help"], "", "wrong_message"),
        ([b"hel"], "end", "wrong_message"),
        ([b"hel"], "", "wrong_message"),
        ([], "end", "closed_early"),
        ([], "", "no_message"),
    ],
)
def test_what_is_wrong_with_a_client(pieces: list[bytes], end: str, reason: str) -> None:
    world = client(*pieces, end=end)
    assert world.outcome == reason
    assert "your client" in world.verdict.message


def test_a_client_is_named_even_where_the_student_s_server_runs_too() -> None:
    world = World(UP, *HOST)
    world.comes()
    world.settles()
    assert world.outcome == "no_message"
    assert "your client" in world.verdict.message


def test_a_server_s_crash_is_not_blamed_on_a_client_and_the_other_way_round() -> None:
    world = World(UP, "client starts", *EXPECT[1:])
    world.crashes("client")
    world.settles(AWAY)
    assert world.outcome == "no_reply"
    assert "client" not in world.verdict.message


# --------------------------------------------------------------------------------- datagrams


def got(data: bytes, port: int = PORT, expects: str = "HELLO", more: str = "") -> World:
    steps = (*UDP, f"alice expects: {expects}", *([more] if more else []))
    world = World(*steps, transport="udp")
    world.gets("alice", data, port)
    world.settles(blocked("recv", "udp:1060"))
    return world


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"HELLO", "passes"),
        (b"HELLO\n", "passes"),
        (b"HELLO" + b"\0" * 1019, "passes"),
        (b"HELLO\0OLDER TEXT", "extra_reply"),
        (b"HELL", "partial_reply"),
        (b"", "wrong_reply"),
        (b"hello", "wrong_reply"),
    ],
)
def test_a_datagram_is_judged_as_a_whole(data: bytes, reason: str) -> None:
    assert got(data).outcome == reason


def test_the_textbook_s_java_fills_its_datagrams_up() -> None:
    assert got(b"HELLO" + b"\0" * 1019).notes == ["fills its reply up with NUL bytes"]
    assert got(b"HELLO\0", expects="{exact: HELLO}").outcome == "extra_reply"


def test_a_reply_must_come_from_where_the_message_went() -> None:
    world = got(b"HELLO", port=33333)
    assert world.outcome == "wrong_source"
    assert f"from another port than {PORT}" in world.verdict.message
    assert got(b"HELLO", 33333, "{text: HELLO, from_anywhere: true}").outcome == "passes"


def came(port: int, expects: str, extra: str = "") -> World:
    """A client of the student's sends "hello" from a port."""
    steps = ("host listens: udp/1060", "client starts", f"host expects: {expects}")
    world = World(*steps, transport="udp", extra=extra)
    world.gets("host", b"hello", port, PORT)
    world.settles(blocked("recv", f"udp:{port}", "client"))
    return world


def test_a_client_may_be_held_to_a_port_of_its_own() -> None:
    assert came(1600, "{text: hello, from_port: 1600}").outcome == "passes"
    world = came(1601, "{text: hello, from_port: 1600}")
    assert world.outcome == "wrong_bind"
    assert world.verdict.message == "your client sent from port 1601, not from port 1600"
    assert (world.verdict.expected, world.verdict.received) == (b"1600", b"1601")


def test_a_verdict_does_not_depend_on_the_port_that_the_system_chose() -> None:
    verdicts = [came(port, "{text: hello, from_port: 1600}").verdict for port in (40001, 55555)]
    assert verdicts[0] == verdicts[1]
    assert "from a port that the system chose, not from port 1600" in verdicts[0].message


def test_that_port_may_be_a_value() -> None:
    extra = "  let: {bind: 1700}\n"
    expects = '{contains: ell, from_port: "${bind}"}'
    assert came(1700, expects, extra).outcome == "passes"
    assert came(17000, expects, extra).outcome == "wrong_bind"
    assert came(170, expects, extra).outcome == "wrong_bind"


def test_any_port_will_do_where_none_is_asked_for() -> None:
    assert came(40001, "hello").outcome == "passes"


def test_a_datagram_that_nobody_answers() -> None:
    world = World(*UDP, "alice expects: HELLO", transport="udp")
    world.breaks("alice", error="ECONNREFUSED")
    assert not world.is_failing
    world.exits("server")
    world.settles()
    assert world.outcome == "no_reply"
    assert "your server had ended" in world.verdict.message


def test_a_server_that_died_of_the_datagram_before() -> None:
    world = World(*UDP, "bob opens", "bob sends: hi", "bob expects: HI", transport="udp")
    world.crashes("server", "UnicodeDecodeError: 'utf-8' codec")
    world.settles()
    assert world.outcome == "crashed"


# ----------------------------------------------------------------- silence, and being kept on


def test_silence_lasts_until_everything_has_settled() -> None:
    world = World(*EXPECT, "alice hears nothing")
    world.hears("alice", b"HELLO")
    assert world.outcome == "waits"
    world.settles(AWAY)
    assert world.outcome == "passes"


def test_silence_may_be_a_busy_program_s_and_the_end() -> None:
    world = World(*ASK, "alice hears nothing")
    world.time_passes(0.6)
    assert world.outcome == "passes"
    world = World(*ASK, "alice hears nothing")
    world.ends("alice")
    assert world.outcome == "passes"


def test_what_is_said_unasked() -> None:
    assert heard(b"?", steps=(*ASK, "alice hears nothing")).outcome == "spoke_unasked"
    assert heard(b"\n", steps=(*ASK, "alice hears nothing")).outcome == "spoke_unasked"
    steps = (*EXPECT, "alice hears nothing")
    assert heard(b"HELLO\r\n", steps=steps).outcome == "passes"
    assert heard(b"HELLO", b"HELLO", steps=steps).outcome == "spoke_unasked"
    world = World(*UDP, "alice hears nothing", transport="udp")
    world.gets("alice", b"?")
    world.settles()
    assert world.outcome == "spoke_unasked"


def test_a_connection_that_stays() -> None:
    steps = (*EXPECT, "alice stays connected")
    assert heard(b"HELLO", steps=steps).outcome == "passes"
    for end, how in (("end", "closed"), ("reset", "reset")):
        world = heard(b"HELLO", steps=steps, end=end)
        assert world.outcome == "closed_early"
        assert f"{how} the connection too early" in world.verdict.message


# ----------------------------------------------------------------------------------- the end


def test_the_end_is_seen() -> None:
    steps = (*EXPECT, "alice sees the end")
    assert heard(b"HELLO", steps=steps, end="end").outcome == "passes"
    world = heard(b"HELLO", steps=steps)
    assert world.outcome == "not_closed"
    assert "keeps the connection open" in world.verdict.message


def test_nothing_but_padding_may_come_before_the_end() -> None:
    steps = (*EXPECT, "alice sees the end")
    assert heard(b"HELLO\n", steps=steps, end="end").notes == ["sends a newline after its reply"]
    world = heard(b"HELLO", b"HELLO", steps=steps, end="end")
    assert world.outcome == "extra_reply"
    assert "5 more bytes" in world.verdict.message


def test_strictly_not_even_that_nor_a_reset() -> None:
    steps = (*EXPECT, "alice sees the end: {strict: true}")
    assert heard(b"HELLO", steps=steps, end="end").outcome == "passes"
    assert heard(b"HELLO\n", steps=steps, end="end").outcome == "extra_reply"
    assert heard(b"HELLO", steps=steps, end="reset").outcome == "reset"


def test_a_reset_after_the_end_is_nothing() -> None:
    world = World(*EXPECT, "alice sees the end: {strict: true}")
    world.hears("alice", b"HELLO")
    world.ends("alice")
    world.breaks("alice")
    assert world.outcome == "passes"
    assert world.notes == []


def test_members_of_a_group_have_texts_of_their_own_made_of_any_value() -> None:
    world = World(
        UP, "crowd connects", 'crowd expects: {repeat: ["{n}", 3]}', extra="  groups: {crowd: 2}\n"
    )  # fmt: skip
    world.hears("crowd#1", b"111")
    world.hears("crowd#2", b"222")
    assert world.outcome == "passes"


def test_nobody_is_heard_before_it_is_there() -> None:
    world = World(*EXPECT)
    world.happens(p.Data("somebody else", "HELLO"))
    world.settles(AWAY)
    assert world.outcome == "no_reply"
