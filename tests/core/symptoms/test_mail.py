"""Causes that SMTP replies show, and what only looks like them (played by `test_registry`)."""

from __future__ import annotations

from grader.core.model import CheckResult
from tests.core.symptoms.evidence_samples import Line, played, seen


def code(due: str, came: str) -> CheckResult:
    return seen(f"{due} ", f"{came} text\r\n", ("RCPT\r\n",), reason="wrong_code")


def told(came: str, due: str) -> CheckResult:
    message = f"smtplib failed: the server answered {came} no to data, expected {due} (…)"
    return seen(reason="client_failed", message=message)


def letter(*lines: str, heard: str = "250 ok\r\n", before: str = "354 go\r\n") -> CheckResult:
    text: list[Line] = [("alice", "sent", f"{line}\r\n") for line in lines]
    begun: tuple[Line, ...] = (
        ("alice", "connected", "port 2525"),
        ("alice", "sent", "DATA\r\n"),
        ("alice", "received", before),
    )
    replied: Line = ("alice", "received", heard)
    return played(*begun, *text, replied, reason="spoke_unasked", expected="", received=heard)


SHOWN = [
    ("unknown_command", code("250", "500")),
    ("unknown_command", told("502", "250")),
    ("refused_command", code("250", "503")),
    ("no_state", code("503", "250")),
    ("no_354", code("354", "250")),
    ("no_354", told("250", "354")),
    ("bare_code", seen(None, "220\r\n", reason="not_smtp")),
    ("early_dot", letter("Hello", "..more")),
    ("command_in_message", letter("Hello", "QUIT", heard="221 bye\r\n")),
    ("line_in_pieces", seen("", "500 unknown\r\n", ("HE",), reason="spoke_unasked")),
]

UNSHOWN = [
    ("unknown_command", code("250", "550")),
    ("unknown_command", code("503", "500")),
    ("refused_command", code("354", "503")),
    ("no_state", code("503", "500")),
    ("no_354", code("354", "550")),
    ("bare_code", seen(None, "22\r\n", reason="not_smtp")),
    ("early_dot", letter("Hello", "more")),
    ("early_dot", letter("Hello", ".", "..more")),
    ("early_dot", letter("..more", before="503 no\r\n")),
    ("command_in_message", letter("QUITE so")),
    ("line_in_pieces", seen("", "500 unknown\r\n", ("HELO\r\n",), reason="spoke_unasked")),
    ("line_in_pieces", seen("", "QUIT", ("quit",), reason="spoke_unasked")),
]
