"""Symptoms of programs that end too early, or not at all: a loop that is missing or has no end."""

from __future__ import annotations

import re

from grader.core.regex import regex
from grader.core.symptoms.evidence import Evidence
from grader.core.symptoms.symptom import Symptom

_FAREWELL = regex(rb"quit|exit|bye", re.IGNORECASE)
_CUT_OFF = frozenset({"refused", "no_reply", "exited_early", "closed_early", "reset"})
_NEVER = frozenset({"no_reply", "refused", "not_closed", "still_running", "partial_reply"})


def no_loop(seen: Evidence) -> bool:
    """The server ended well after its first client, or over UDP after its first reply."""
    over_udp = not seen.actors
    once = len(seen.answered) == 1 and not (over_udp and len(seen.heard) > 1)
    farewell = over_udp and any(_FAREWELL.search(item) for item in seen.sent[-1:])
    ended = seen.ended_well and seen.reason in _CUT_OFF
    return ended and seen.serves and once and not farewell


def empty_as_end(seen: Evidence) -> bool:
    """The server ended well after an empty datagram."""
    over_udp = seen.serves and not seen.actors
    return over_udp and seen.ended_well and b"" in seen.sent and seen.reason == "no_reply"


def like_quit(seen: Evidence) -> bool:
    """The server ended well, or closed the connection, on a first message that only has the word
    `quit` in it.
    """
    last = (seen.sent or [b""])[-1]
    only_has = _FAREWELL.search(last) is not None and not _says_goodbye(last)
    closed = seen.reason == "closed_early" and seen.runs_on and bool(seen.actors)
    return (seen.ended_well or closed) and seen.serves and only_has and not seen.heard


def _says_goodbye(text: bytes) -> bool:
    return _FAREWELL.fullmatch(text.strip()) is not None


def ends_with_quit(seen: Evidence) -> bool:
    """The TCP server ended well after one of several clients had said `quit`."""
    said = bool(seen.actors) and any(_says_goodbye(item) for item in seen.sent)
    return said and seen.ended_well and seen.reason in _CUT_OFF


def answers_quit(seen: Evidence) -> bool:
    """`quit` came back where nothing was due."""
    last = (seen.sent or [b""])[-1].strip().lower()
    unasked = seen.reason in {"spoke_unasked", "extra_reply"} and not seen.expected
    return unasked and _says_goodbye(last) and seen.received.strip(b"\r\n\0").lower() == last


def asks_after_quit(seen: Evidence) -> bool:
    """A client was told to end by what was typed, and reads the keyboard again."""
    told = bool(seen.typed) and _says_goodbye(seen.typed[-1])
    asks = seen.check.stuck == "reading the keyboard" and not seen.serves
    return told and asks and seen.reason in {"still_running", "wrong_output", "no_output"}


def one_exchange(seen: Evidence) -> bool:
    """The server closed a connection after its first reply, where it should not, and runs on."""
    spoke = [item.actor for item in seen.check.transcript if item.what == "sent"]
    replies = [item.actor for item in seen.check.transcript if item.what == "received"]
    answered = bool(spoke) and replies.count(spoke[-1]) == 1
    closed = seen.reason == "closed_early" and not seen.received and seen.runs_on
    return closed and answered and seen.serves and not _FAREWELL.search(seen.sent[-1])


def one_message(seen: Evidence) -> bool:
    """The client ended well after its first message, although more was typed."""
    more = bool(seen.typed[1:]) and not _FAREWELL.search(seen.typed[-1])
    earlier = {line.strip() for line in seen.typed[:-1]}
    sent_first = more and bool(seen.heard) and seen.heard[0].strip() in earlier
    once = sent_first and len(seen.heard) == 1
    return once and seen.ended_well and not seen.serves


def flood(seen: Evidence) -> bool:
    """It printed without end after the input had ended."""
    return seen.reason == "output_limit" and "was told that the input ends" in seen.happened


def spins(seen: Evidence) -> bool:
    """It computes or prints, and does nothing else, since a client has left."""
    if seen.reason == "output_limit":
        return seen.left and seen.serves
    busy = seen.check.stuck.startswith("busy") or "it is busy" in seen.check.message
    return busy and seen.left and seen.reason in _NEVER


def connects_again(seen: Evidence) -> bool:
    """It should have ended, and waits on a second connection that it made."""
    accepted = sum(item.what == "accepted" for item in seen.check.transcript)
    return seen.reason == "still_running" and accepted > 1


def waits_for_nothing(seen: Evidence) -> bool:
    """A client should have ended, and waits for one more reply."""
    waits = "blocked in recv" in seen.check.stuck and not seen.serves
    return waits and seen.reason == "still_running"


def misses_the_end(seen: Evidence) -> bool:
    """A server should have ended at a message, and waits for the next."""
    waits = "blocked in recv" in seen.check.stuck and seen.serves
    return waits and seen.reason == "still_running" and bool(seen.sent)


SYMPTOMS = (
    Symptom(
        "like_quit",
        "exact text",
        "it takes a message that only begins with quit, or has it somewhere, for the end "
        "(strncmp(), startswith(), in); compare all of it",
        like_quit,
    ),
    Symptom(
        "ends_with_quit",
        "iterative server",
        "it ends altogether when one client says goodbye; close that client's connection only, and "
        "go on accepting in a loop without an end",
        ends_with_quit,
    ),
    Symptom(
        "answers_quit",
        "conversation",
        "it answers the message that ends the conversation; look at the message before you reply",
        answers_quit,
    ),
    Symptom(
        "asks_after_quit",
        "conversation",
        "it reads the keyboard again after it was told to end; the comparison that should end its "
        "loop is never true (a line's end that is still there, or is not; bytes against a str)",
        asks_after_quit,
    ),
    Symptom(
        "one_exchange",
        "conversation",
        "it closes the connection after one exchange; stay in a loop of recv() and send() until "
        "the client has left",
        one_exchange,
    ),
    Symptom(
        "empty_as_end",
        "connectionless",
        "it takes an empty datagram for the end; over UDP recvfrom() of 0 bytes is a message, and "
        "nobody hangs up",
        empty_as_end,
    ),
    Symptom(
        "no_loop",
        "iterative server",
        "it ends after its first client; put accept() (or recvfrom()) and all that follows into a "
        "loop without an end",
        no_loop,
    ),
    Symptom(
        "one_message",
        "conversation",
        "it ends after its first message; put reading, sending and receiving into a loop",
        one_message,
    ),
    Symptom(
        "flood",
        "end of input",
        "it goes on asking when the input has ended; leave the loop at the end of input",
        flood,
    ),
    Symptom(
        "spins",
        "end of stream",
        "since a client has left it runs in a circle: recv() returns at once, with nothing (0, "
        "-1), for ever; leave the loop then and close the connection",
        spins,
    ),
    Symptom(
        "connects_again",
        "loop",
        "it connects again, although one exchange was all; take the connection out of the loop",
        connects_again,
    ),
    Symptom(
        "waits_for_nothing",
        "loop",
        "the exchange is over, and it waits for a reply that nobody owes it; leave the loop before "
        "recv() or recvfrom()",
        waits_for_nothing,
    ),
    Symptom(
        "misses_the_end",
        "exact text",
        "it waits for the next message; the one that ends it was not recognised: compare the text "
        "without what the buffer holds beside it (Java: getLength()), and without a line's end",
        misses_the_end,
    ),
)
