"""Causes that show where a program waits, and what only looks like them (by `test_registry`)."""

from __future__ import annotations

from typing import Any

from grader.core.model import CheckResult, Place
from tests.core.symptoms.evidence_samples import Line, played, seen

ON_ALICE = "blocked in recv() on alice's connection, waiting for more"
ON_BOB = "blocked in recv() on bob's connection, waiting for more"
ON_HOST = "blocked in recv() on host's connection, waiting for more"
DATAGRAM = "blocked in recvfrom(), waiting for a datagram"
OPEN = "blocked in accept() while alice's connection is open"
ACCEPT = "blocked in accept(), waiting for the next connection"
LOCKED = {"reason": "not_closed", "stuck": f"{OPEN}; waiting for a lock"}
CONNECTED: Line = ("alice", "connected", "port 1060")
TYPED: tuple[Line, ...] = (("client", "was typed", "hello\n"), ("host", "accepted", "port 1"))
TWO: tuple[Line, ...] = (
    CONNECTED,
    ("alice", "sent", "one"),
    ("bob", "connected", "port 1060"),
    ("bob", "sent", "two"),
)


def waits(stuck: str, *lines: Line, reason: str = "no_reply", **fields: Any) -> CheckResult:
    return played(*lines, reason=reason, stuck=stuck, **fields)


def sent(text: str) -> Line:
    return ("alice", "sent", text)


def unopened(message: str, stuck: str) -> CheckResult:
    return waits(stuck, reason="not_listening", message=f"your server runs, but {message}")


STOPPED = ("server", "stopped listening", "tcp/1060")
GONE = "smtplib failed: the server closed the connection after data"
SHOWN = [
    ("deadlock", played(**LOCKED, place=Place("s.py", 4, "leave", "with lock:"))),
    ("iterative", waits(ON_ALICE, *TWO)),
    ("nobody_accepts", waits(f"{ON_ALICE}; {ON_BOB}", *TWO, ("carol", "connected", "port 1"))),
    ("takes_turns", waits(ON_HOST, *TYPED, ("host", "received", "hello"), reason="no_message")),
    (
        "takes_turns",
        waits("reading the keyboard", *TYPED, ("host", "sent", "HI"), reason="no_output"),
    ),
    ("no_greeting", waits(ON_ALICE, CONNECTED, expected="220 ", received="")),
    ("waits_for_more", waits(ON_ALICE, CONNECTED, sent("hello"), expected="HELLO", received="")),
    (
        "waits_for_more",
        waits(ON_HOST, *TYPED, ("host", "sent", "HI"), reason="wrong_output", expected="HI"),
    ),
    ("unanswered", waits(ON_ALICE, CONNECTED, sent("WHAT\r\n"))),
    ("unanswered_datagram", waits(DATAGRAM, sent("hello"))),
    ("sent_elsewhere", waits(DATAGRAM, TYPED[0], reason="no_message")),
    ("nothing_sent", waits(ON_HOST, *TYPED, reason="no_message")),
    ("missing_close", waits(OPEN, CONNECTED, reason="not_closed")),
    ("reads_on", waits(ON_ALICE, CONNECTED, reason="not_closed")),
    ("closed_listener", played(STOPPED, reason="refused")),
    ("closed_unanswered", seen("OK", "", ("x",), reason="closed_early")),
    ("closed_unanswered", played(("smtplib", "exited"), reason="client_failed", message=GONE)),
    ("both_wait", waits("blocked in recv(), waiting for more", message="curl printed nothing")),
    ("keyboard_first", unopened("opens no TCP port", "reading the keyboard")),
    ("tcp_for_udp", unopened("opens no UDP port; it opened TCP port 5 instead", ACCEPT)),
    ("udp_for_tcp", unopened("opens no TCP port", DATAGRAM)),
    ("udp_for_tcp", waits(DATAGRAM, reason="no_connection")),
    ("never_bound", unopened("opens no UDP port", DATAGRAM)),
]

UNSHOWN = [
    ("deadlock", played(**LOCKED, place=Place("s.py", 9, "main", "server.accept()"))),
    ("deadlock", played(**LOCKED)),
    ("iterative", waits(ON_BOB, *TWO)),
    ("iterative", waits(f"{ON_ALICE}; {ACCEPT}", *TWO)),
    ("nobody_accepts", waits(f"{ON_ALICE}; {ON_BOB}", *TWO)),
    ("nobody_accepts", waits(f"{ON_ALICE}; {ACCEPT}", *TWO, ("carol", "connected", "port 1"))),
    ("takes_turns", waits(ON_HOST, *TYPED, reason="no_message")),
    ("takes_turns", waits("reading the keyboard", *TYPED, reason="no_output")),
    ("no_greeting", waits(ON_ALICE, CONNECTED, sent("HELO"), expected="220 ", received="")),
    ("waits_for_more", waits(ON_ALICE, CONNECTED, sent("hello\n"), expected="X", received="")),
    (
        "waits_for_more",
        waits(ON_HOST, *TYPED, ("host", "sent", "HI\n"), reason="wrong_output", expected="HI"),
    ),
    ("unanswered", waits(ON_ALICE, CONNECTED, sent("hello"))),
    ("unanswered", waits(f"{ON_BOB}; {ACCEPT}", *TWO, ("bob", "sent", "WHAT\r\n"))),
    ("unanswered_datagram", waits(DATAGRAM, sent("one"), ("alice", "received", "ONE"))),
    ("unanswered_datagram", waits(ON_ALICE, CONNECTED, sent("hello"))),
    ("sent_elsewhere", waits("reading the keyboard", TYPED[0], reason="no_message")),
    ("nothing_sent", waits("reading the keyboard", *TYPED, reason="no_message")),
    ("missing_close", waits(ACCEPT, CONNECTED, reason="not_closed")),
    ("reads_on", waits(OPEN, CONNECTED, reason="not_closed")),
    ("closed_listener", played(reason="refused")),
    ("closed_listener", played(STOPPED, ("server", "exited", "status 0"), reason="refused")),
    ("closed_unanswered", seen("OK", "", ("x",), reason="reset")),
    (
        "closed_unanswered",
        played(("server", "exited"), reason="client_failed", message=GONE),
    ),
    ("both_wait", waits(ACCEPT, message="curl printed nothing")),
    ("keyboard_first", unopened("opens no TCP port", "sleeping")),
    ("tcp_for_udp", unopened("opens no UDP port", ACCEPT)),
    ("udp_for_tcp", unopened("opens no TCP port", ACCEPT)),
    ("never_bound", unopened("opens no UDP port", "sleeping")),
]
