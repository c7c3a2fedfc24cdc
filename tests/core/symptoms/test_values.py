"""Causes of wrong or cut replies, and what only looks like them (played by `test_registry`)."""

from __future__ import annotations

from grader.core.model import CheckResult
from tests.core.symptoms.evidence_samples import Line, played, seen

LONG = "a long message of forty-two letters or so.."
DATA = "Your data was 900 bytes"
HELD: tuple[Line, ...] = (("host", "accepted", "port 1"), ("host", "sent", "REPLY XYZ"))
HEARD: Line = ("alice", "received", "SECOND")


def part(expected: str, received: str, *sent: str) -> CheckResult:
    return seen(expected, received, sent, reason="partial_reply")


def printed(expected: str, received: str, *lines: Line) -> CheckResult:
    return played(*lines, reason="wrong_output", expected=expected, received=received)


def port(message: str) -> CheckResult:
    return seen(reason="wrong_bind", message=message)


def typed(text: str, received: str) -> CheckResult:
    lines: tuple[Line, ...] = (("client", "was typed", f"{text}\n"), ("host", "received", received))
    return played(*lines, reason="wrong_message", expected=text, received=received)


def silent(last: str, *answered: Line, expected: str) -> CheckResult:
    asked: tuple[Line, ...] = (("alice", "sent", "first"), ("bob", "sent", last))
    return played(*asked, *answered, reason="no_reply", expected=expected, received="")


SHOWN = [
    ("java_utf", seen("Thank you", "\0\x09Thank you")),
    ("java_array", printed("REPLY", "From server: [B@5b2133b1\n")),
    ("one_recv", part("HELLOWORLD", "HELLO", "hello", "world")),
    ("small_buffer", part(LONG.upper(), LONG.upper()[:32], LONG)),
    ("small_buffer", seen(DATA, "Your data was 100 bytesYour data was 100", ("x" * 900,))),
    ("cut_output", printed("TO THE REFERENCE SERVER", "Reply: TO THE REFERENCE SER\n")),
    ("subtracted", seen("A1 B!", "A\x11 B\x01", ("a1 b!",))),
    ("fixed_reply", seen("HELLO THERE", "MESSAGE RECEIVED", ("hello there",))),
    ("fixed_message", typed("good morning", "das ist ein test")),
    ("more_before", typed("good morning", "ann> good morning")),
    (
        "own_text",
        printed("REPLY XYZ", "GOOD DAY\n", ("host", "received", "good day"), *HELD[1:]),
    ),
    (
        "sent_end",
        printed("Your data was 8 bytes", "Your data was 9 bytes", ("client", "was typed", "x\n")),
    ),
    ("byte_order", printed("from 1600", "from 16390")),
    ("byte_order", port("your client sent from port 16390, not from port 1600")),
    ("own_port", port("your client sent from port 1600, not from port 2000")),
    ("no_port", port("your client sent from a port that the system chose, not from port 1600")),
    ("other_socket", seen("HI", "HI", reason="wrong_source")),
    ("first_peer", silent("second", ("alice", "received", "SECOND"), expected="SECOND")),
    (
        "drops_copies",
        silent("x", ("bob", "received", "ONE"), ("bob", "received", "X"), expected="ONE | ONE | X"),
    ),
]

UNSHOWN = [
    ("java_utf", seen("Thank you", "\0\x07Thank you")),
    ("java_array", printed("REPLY", "From server: [BYE]\n")),
    ("one_recv", part("HELLOWORLD", "HELL", "hello", "world")),
    ("small_buffer", part(LONG.upper(), LONG.upper()[:33], LONG)),
    ("small_buffer", part("HELLO THERE", "HELLO TH", "hello th", "ere")),
    ("small_buffer", seen(DATA, "Your data was 901 bytes", ("x" * 900,))),
    ("cut_output", printed("TO THE REFERENCE SERVER", "TO THE REFERENCE\n")),
    ("cut_output", printed("TO THE REFERENCE SERVER", "TO THE REFERENCE SER-VER\n")),
    ("cut_output", printed("REPLY", "JELLY\n")),
    ("subtracted", seen("ABC", "Abc", ("abc",))),
    ("fixed_reply", seen("HELLO THERE", "HELLO YOU", ("hello there",))),
    ("fixed_reply", seen("HELLO THERE", "ereht olleh", ("hello there",))),
    ("fixed_reply", seen("Your data was 5 bytes", "Your size was 9", ("hello",))),
    ("fixed_message", typed("good morning", "you said: good morning")),
    ("more_before", typed("good morning", "  good morning")),
    ("own_text", printed("REPLY XYZ", "REPLY\n", ("host", "received", "good day"), *HELD[1:])),
    ("sent_end", printed("Your data was 8 bytes", "was 19 bytes", ("client", "was typed", "x\n"))),
    ("byte_order", printed("from 1600", "from 1600 to 16390")),
    ("byte_order", port("your client sent from port 16391, not from port 1600")),
    ("own_port", port("your client sent from a port that the system chose, not from port 1600")),
    ("no_port", port("your client sent from port 1600, not from port 2000")),
    ("other_socket", seen("HI", "HI", reason="no_reply")),
    ("first_peer", silent("second", ("alice", "received", "FIRST"), expected="SECOND")),
    ("first_peer", silent("second", ("alice", "connected", ""), HEARD, expected="SECOND")),
    (
        "first_peer",
        played(
            ("alice", "sent", "first"),
            HEARD,
            ("bob", "sent", "second"),
            reason="no_reply",
            expected="SECOND",
            received="",
        ),
    ),
    (
        "drops_copies",
        silent("x", ("bob", "received", "ONE"), expected="ONE | ONE | X"),
    ),
]
