"""Judging what a mail server answers; see `test_smtp` for what is a reply."""

from __future__ import annotations

import pytest

from tests.core.script_world import World, blocked

GREETED = ("server starts", "alice connects")
ASKED = (*GREETED, 'alice sends: "MAIL FROM:<${word}@example.org>\\r\\n"')
READING = blocked("recv", "tcp:1060>127.0.0.1:40001")


def judged(options: str, *pieces: bytes, steps: tuple[str, ...] = ASKED) -> World:
    """Hear an answer, and nothing more."""
    world = World(*steps, f"alice gets reply: {options}")
    world.hears("alice", *pieces)
    if world.outcome == "waits":
        world.settles(READING)
    return world


# ------------------------------------------------------------------------------------ the code


@pytest.mark.parametrize(
    ("wanted", "got", "reason"),
    [
        ("250", b"250 OK", "passes"),
        ("250", b"250-a\r\n250 b", "passes"),
        ("250", b"251 OK", "wrong_code"),
        ("250", b"500 What?", "wrong_code"),
        ("2xx", b"251 OK", "passes"),
        ("[500, 502]", b"502 No", "passes"),
        ("[500, 502]", b"503 No", "wrong_code"),
        ("[250, 5xx]", b"554 No", "passes"),
        ("[250, 5xx]", b"450 No", "wrong_code"),
    ],
)
def test_the_code(wanted: str, got: bytes, reason: str) -> None:
    assert judged(wanted, got + b"\r\n").outcome == reason


def test_the_message_says_what_was_answered_to_what() -> None:
    world = judged("250", b"500 Syntax error\r\n")
    word = world.word().decode()
    assert world.verdict.message == (
        f"your server answered 500 Syntax error to MAIL FROM:<{word}@example.org>, expected 250"
    )
    assert world.verdict.expected == b"250 "
    world = judged("[500, 502]", b"250\r\n")
    assert "answered 250 to" in world.verdict.message
    assert "expected 500 or 502" in world.verdict.message


def test_the_greeting_answers_nothing() -> None:
    world = judged("220", b"554 Go away\r\n", steps=GREETED)
    assert world.verdict.message == "your server greeted with 554 Go away, expected 220"


def test_the_end_of_a_message_is_named() -> None:
    body = 'alice sends: "Subject: x\\r\\n\\r\\nHi\\r\\n.\\r\\n"'
    world = judged("250", b"500 What?\r\n", steps=(*GREETED, body))
    assert "500 What? to the dot that ends the message" in world.verdict.message


def test_a_command_sent_in_pieces_is_named_whole() -> None:
    pieces = 'alice sends: {text: "HELO you\\r\\n", pieces: [2]}'
    assert "to HELO you," in judged("250", b"500 ?\r\n", steps=(*GREETED, pieces)).verdict.message


def test_what_a_server_says_reaches_no_terminal() -> None:
    world = judged("250", b"500 \x1b[2J\xff\r\n")
    assert "\x1b" not in world.verdict.message
    assert "␛[2J" in world.verdict.message


def test_a_command_of_an_earlier_connection_is_forgotten() -> None:
    steps = (*ASKED, "alice closes", "alice connects")
    assert "greeted with" in judged("220", b"421 Busy\r\n", steps=steps).verdict.message


# ----------------------------------------------------------------------------- reply after reply


def test_replies_are_taken_one_by_one() -> None:
    world = World(*GREETED, "alice gets reply: 220", "alice gets reply: 250")
    world.hears("alice", b"220 hi\r\n250 ok\r\n")
    assert world.outcome == "passes"


@pytest.mark.parametrize(
    ("pieces", "note"),
    [
        ((b"220 hi\r\n\n", b"250 ok\r\n"), "sends empty lines between its replies"),
        ((b"220 hi\r\n\0", b"250 ok\r\n"), "sends NUL bytes"),
        ((b"220 hi\n", b"250 ok\r\n"), "ends its replies with a bare LF"),
        ((b"220\r\n", b"250 ok\r\n"), "sends a code without a text"),
    ],
)
def test_what_is_forgiven_is_noted(pieces: tuple[bytes, ...], note: str) -> None:
    world = World(*GREETED, "alice gets reply: 220", "alice gets reply: 250")
    world.hears("alice", *pieces)
    assert world.outcome == "passes"
    assert [note in said for said in world.notes] == [True]


def test_a_reply_without_a_line_s_end_is_taken_when_no_more_can_come() -> None:
    world = World(*ASKED, "alice gets reply: 250")
    world.hears("alice", b"250 OK")
    assert world.outcome == "waits"
    world.settles(READING)
    assert world.outcome == "passes"
    assert "without a line's end" in world.notes[0]
    assert judged("250", b"500 No").outcome == "wrong_code"


def test_but_not_before() -> None:
    world = World(*ASKED, "alice gets reply: 250")
    world.hears("alice", b"250")
    world.time_passes(3, blocked("running"))
    assert world.outcome == "waits"
    world.hears("alice", b" OK\r\n")
    assert world.outcome == "passes"
    assert not world.notes


# -------------------------------------------------------------------------------------- strictly


@pytest.mark.parametrize(
    ("pieces", "reason", "words"),
    [
        ((b"250 OK\r\n",), "passes", ""),
        ((b"250-a\r\n250 b\r\n",), "passes", ""),
        ((b"250 OK\n",), "not_smtp", "bare LF"),
        ((b"250\r\n",), "not_smtp", "without a text"),
        ((b"250OK\r\n",), "not_smtp", "no space"),
        ((b"250 OK",), "not_smtp", "without a line's end"),
        ((b"250 OK\r\n\0",), "extra_reply", "1 more byte than one reply to MAIL FROM"),
        ((b"250 OK\r\n", b"250 OK\r\n"), "extra_reply", "8 more bytes"),
        ((b"500 OK\n",), "wrong_code", "500 OK"),
    ],
)
def test_strictly(pieces: tuple[bytes, ...], reason: str, words: str) -> None:
    world = judged("{code: 250, strict: true}", *pieces)
    assert world.outcome == reason
    if words:
        assert words in world.verdict.message


def test_a_strict_reply_may_be_the_last() -> None:
    world = World(*ASKED, "alice gets reply: {code: 221, strict: true}")
    world.hears("alice", b"221 Bye\r\n")
    world.ends("alice")
    assert world.outcome == "passes"


# ------------------------------------------------------------------- servers that do not get there


@pytest.mark.parametrize(
    ("data", "reason", "words"),
    [
        (b"OK\r\n", "not_smtp", "code of three digits in answer to MAIL FROM"),
        (b"b'250 OK'", "not_smtp", "b'250 OK'"),
        (b"250-a\r\n", "partial_reply", "250 and a space is missing"),
        (b"25", "partial_reply", "incomplete"),
        (b"\r\n", "no_reply", "did not answer MAIL FROM"),
        (b"", "no_reply", "blocked in recv() on alice's connection"),
    ],
)
def test_no_reply_at_all(data: bytes, reason: str, words: str) -> None:
    world = judged("250", *([data] if data else []))
    assert world.outcome == reason
    assert words in world.verdict.message


def test_no_greeting() -> None:
    world = judged("220", steps=GREETED)
    assert world.outcome == "no_reply"
    assert world.verdict.message.startswith("your server sent no greeting (it is blocked in recv()")


def test_closing_is_no_answer() -> None:
    world = World(*ASKED, "alice gets reply: 250")
    world.ends("alice")
    world.settles(blocked("accept", "listener:1060"))
    assert world.outcome == "closed_early"
    assert world.verdict.message.startswith("after MAIL FROM:<")
    assert "closed the connection without a word" in world.verdict.message


def test_unless_it_may_be() -> None:
    for lost in (World.ends, World.breaks):
        world = World(*ASKED, "alice gets reply: {code: [250, 5xx], or_close: true}")
        lost(world, "alice")
        world.settles(blocked("accept", "listener:1060"))
        assert world.outcome == "passes"
    world = World(*ASKED, "alice gets reply: {code: 250, or_close: true}")
    world.hears("alice", b"500 no\r\n")
    world.ends("alice")
    world.settles(blocked("accept"))
    assert world.outcome == "wrong_code"


@pytest.mark.parametrize("options", ["250", "{code: 250, or_close: true}"])
@pytest.mark.parametrize("data", [b"", b"25", b"250-a\r\n"])
def test_a_crash_explains_what_is_missing(data: bytes, options: str) -> None:
    world = World(*ASKED, f"alice gets reply: {options}")
    if data:
        world.hears("alice", data)
    world.ends("alice")
    world.crashes("server", "UnicodeDecodeError: 'utf-8'")
    world.settles()
    assert world.outcome == "crashed"


def test_a_crash_is_no_excuse_for_a_wrong_answer() -> None:
    world = World(*ASKED, "alice gets reply: 250")
    world.hears("alice", b"354 go on\r\n")
    world.crashes("server")
    world.settles()
    assert world.outcome == "wrong_code"
