"""Causes that two texts show, and what only looks like them (played by `test_registry`)."""

from __future__ import annotations

from grader.core.model import CheckResult
from tests.core.symptoms.evidence_samples import Line, played, seen

NULS = "\0" * 1000


def said(hears: str, text: str) -> CheckResult:
    """Bob says hello in a room of two, and somebody hears something that was not due."""
    lines: tuple[Line, ...] = (
        ("alice", "connected", "port 1"),
        ("bob", "connected", "port 1"),
        ("bob", "sent", "hello\n"),
        (hears, "received", text),
    )
    return played(*lines, reason="spoke_unasked", expected="", received=text)


LONGER = ("a longer message, xyz", "short")

SHOWN = [
    ("notation", seen("HELLO", "b'HELLO'")),
    ("padding", seen("HELLO", "HELLO" + NULS, reason="extra_reply")),
    ("padding", seen("SECOND", "st" + NULS, ("first",), ("FIRST" + NULS,))),
    ("terminator", seen("HELLO", "HELLO\0")),
    ("terminator", seen("Thank you\\r?\\n?\\Z", "Thank you\0")),
    ("stale", seen("HI", "HILLO", ("hello", "hi"), ("HELLO", "HILLO"))),
    ("stale", seen("HI", "HIllo", ("hello", "hi"))),
    ("stale", seen("OK", "THER LONG MESSAGEOKTHER LONG", ("a rather long message", "x", "ok"))),
    ("segment_for_line", seen("Welcome, bob\n", "Welcome, b\n", ("b", "ob\n"))),
    ("segment_for_line", seen("bob joined\n", "bob\none joined\n", ("bob\none\n",))),
    ("back_to_speaker", said("bob", "bob: hello\n")),
    ("line_end", seen("HELLO", "HELLO\r\n", ("hello",))),
    ("echo", seen("HELLO", "hello", ("hello",))),
    ("echo", seen("HELLO", "hello\n", ("hello",))),
    ("last_byte", seen("HELLO", "HELLo", ("hello",))),
    ("case", seen("Your data was", "your Data was", ("x",))),
    ("case", seen("hello from abc", "It says: HELLO FROM ABC\n", reason="wrong_output")),
    ("spaces", seen("a  b\r\n", "a b\n")),
    ("characters", seen("was 6 bytes", "was 5 bytes", ("na\xc3\xafve",))),
    ("counted_end", seen("was 5 bytes", "was 6 bytes", ("hello",))),
    ("stale_count", seen("was 5 bytes", "was 21 bytes", LONGER)),
]

UNSHOWN = [
    ("notation", seen("HELLO", "b'JELLY'")),
    ("padding", seen("HELLO", "", ("hello",), ("FIRST" + NULS,), reason="no_reply")),
    ("padding", seen("A\0\0\0\0B", "A\0\0\0\0")),
    ("terminator", seen("HELLO", "JELLY\0")),
    ("terminator", seen("(unclosed", "x\0")),
    ("stale", seen("HELLO", "HELLO there", ("hello",))),
    ("stale", seen("OK", "A RATHER LONG MESSAGE", ("a rather long message", "x", "ok"))),
    ("segment_for_line", seen("Welcome, bob\n", "Welcome, b\n", ("bob\n",))),
    ("segment_for_line", seen("bob joined\n", "eve joined\n", ("bob\none\n",))),
    ("back_to_speaker", said("alice", "bob: hello\n")),
    ("line_end", seen("HELLO", "HELLO\nthere", ("hello",))),
    ("echo", seen("HELLO", "hello you", ("hello",))),
    ("echo", seen(None, "hello", ("hello",))),
    ("echo", seen("HELLO", None, ("hello",))),
    ("last_byte", seen("HELLO", "HELLx", ("hello",))),
    ("case", seen("HELLO", "JELLY", ("hello",))),
    ("case", seen("Disconnect", "Now you are disconnected", reason="wrong_output")),
    ("spaces", seen("a  b\r\n", "a c\n")),
    ("characters", seen("was 6 bytes", "was 5 bytes", ("naives",))),
    ("counted_end", seen("was 6 bytes", "was 60 bytes", ("naives",))),
    ("counted_end", seen("1 and 2", "2 and 3", ("x",))),
    ("stale_count", seen("was 5 bytes", "was 20 bytes", LONGER)),
]
