"""Causes of ending too early or never, and what only looks like them (by `test_registry`)."""

from __future__ import annotations

from typing import Any

from grader.core.model import CheckResult
from tests.core.symptoms.evidence_samples import Line, played

WELL = "your server had ended: it exited with status 0"
RECV = "blocked in recvfrom(), waiting for a datagram"
ANSWERED: tuple[Line, ...] = (
    ("alice", "connected", "port 1"),
    ("alice", "sent", "one"),
    ("alice", "received", "ONE"),
)
TALKS: tuple[Line, ...] = (
    ("client", "was typed", "one\n"),
    ("host", "received", "one"),
    ("host", "sent", "ONE"),
)


def ended(*lines: Line, how: str = WELL, reason: str = "no_reply") -> CheckResult:
    return played(*lines, ("server", "exited", "status 0"), reason=reason, message=how)


def runs(*lines: Line, stuck: str = RECV, **fields: Any) -> CheckResult:
    return played(*lines, stuck=stuck, **{"reason": "still_running", **fields})


def sent(*texts: str) -> tuple[Line, ...]:
    return tuple(("alice", "sent", text) for text in texts)


BUSY = {"stuck": "busy: 99 % CPU for more than 2 s", "reason": "no_reply"}
SHOWN = [
    ("like_quit", ended(*sent("quitting soon"))),
    ("like_quit", runs(ANSWERED[0], *sent("this is not quit"), reason="closed_early")),
    ("ends_with_quit", ended(*ANSWERED, *sent("quit"), reason="refused")),
    ("answers_quit", runs(*sent("quit"), reason="spoke_unasked", expected="", received="QUIT")),
    ("asks_after_quit", runs(("client", "was typed", "quit\n"), stuck="reading the keyboard")),
    ("one_exchange", runs(*ANSWERED, *sent("two"), reason="closed_early", received="")),
    ("one_exchange", runs(*ANSWERED, message="closed too early", reason="closed_early")),
    ("empty_as_end", ended(*sent("", "still there"))),
    ("no_loop", ended(*ANSWERED, ("bob", "could not connect", "REFUSED"), reason="refused")),
    ("no_loop", ended(*ANSWERED[1:], *sent("two"))),
    ("one_message", ended(*TALKS, ("client", "was typed", "two\n"), reason="closed_early")),
    ("flood", played(("client", "was told that the input ends"), reason="output_limit")),
    ("spins", runs(*ANSWERED, ("alice", "closed"), **BUSY)),
    ("spins", runs(*ANSWERED, ("alice", "closed"), reason="output_limit")),
    ("connects_again", runs(("host", "accepted", "port 1"), ("host", "accepted", "port 1"))),
    ("waits_for_nothing", runs(*TALKS)),
    ("misses_the_end", runs(*sent("quit"))),
]

UNSHOWN = [
    ("like_quit", ended(*sent("quit"))),
    ("like_quit", ended(*sent("hello"))),
    ("like_quit", ended(*ANSWERED, *sent("quitting"), reason="closed_early")),
    ("ends_with_quit", ended(*ANSWERED, *sent("quitting"), reason="refused")),
    ("answers_quit", runs(*sent("quit"), reason="spoke_unasked", expected="", received="OK")),
    ("asks_after_quit", runs(("client", "was typed", "hello\n"), stuck="reading the keyboard")),
    ("one_exchange", runs(*ANSWERED[:2], reason="closed_early", received="")),
    ("one_exchange", runs(*ANSWERED, *ANSWERED[1:], reason="closed_early", received="")),
    ("one_exchange", runs(*ANSWERED, *sent("quit"), reason="closed_early", received="")),
    ("empty_as_end", ended(*sent("one", "two"))),
    ("no_loop", ended(*ANSWERED, how=f"{WELL} (java.io.IOException)", reason="refused")),
    ("no_loop", ended(*ANSWERED, ("bob", "received", "TWO"), reason="refused")),
    ("no_loop", ended(*ANSWERED[1:], *sent("well quit"))),
    ("no_loop", ended(*sent("one"))),
    ("one_message", ended(*TALKS, ("client", "was typed", "Exit\n"), reason="closed_early")),
    ("one_message", ended(*TALKS, reason="closed_early")),
    ("flood", played(("client", "was typed", "x\n"), reason="output_limit")),
    ("spins", runs(*ANSWERED, **BUSY)),
    ("spins", runs(*ANSWERED, reason="output_limit")),
    ("spins", runs(*ANSWERED, ("alice", "closed"), stuck="sleeping", reason="no_reply")),
    ("connects_again", runs(("host", "accepted", "port 1"))),
    ("waits_for_nothing", runs(*TALKS, stuck="reading the keyboard")),
    ("misses_the_end", runs(*TALKS)),
]
