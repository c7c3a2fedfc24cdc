"""How symptoms are recognised: each sign looks at evidence only, never at a check's name."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.core.symptoms.evidence import Evidence

_DEATHS = frozenset(
    {
        "crashed",
        "exited_early",
        "wrong_exit",
        "client_failed",
        "not_listening",
        "no_connection",
        "no_message",
    }
    | {"no_reply", "no_output", "partial_reply", "refused", "closed_early", "reset"}
)
_ON = re.compile(r"blocked in (?:recv|read)\(\) on (\S+)'s connection")


def notation(seen: Evidence) -> bool:
    """Python's notation of the expected bytes stands in the reply."""
    text = repr(seen.expected).encode()
    return seen.both and bool(seen.expected) and text in seen.received


def padded(seen: Evidence) -> bool:
    """Nothing but NULs, more than one, follows what was expected."""
    return len(seen.rest) > 1 and not seen.rest.strip(b"\0")


def one_more(seen: Evidence) -> bool:
    """A single NUL follows what was expected."""
    return seen.rest == b"\0"


def stale(seen: Evidence) -> bool:
    """What follows is the end of an earlier message, at its very place."""
    start, end = len(seen.expected), len(seen.received)
    earlier = [*seen.heard, *seen.sent]
    return bool(seen.rest) and any(
        item != seen.received and len(item) >= end and item[start:end] == seen.rest
        for item in earlier
    )


def line_end(seen: Evidence) -> bool:
    """Nothing but line ends follows what was expected."""
    return bool(seen.rest) and not seen.rest.strip(b"\r\n")


def echoed(seen: Evidence) -> bool:
    """The message came back as it was sent."""
    same = bool(seen.sent) and seen.received.rstrip(b"\r\n") == seen.sent[-1].rstrip(b"\r\n")
    return seen.both and bool(seen.received) and seen.received != seen.expected and same


def last_byte(seen: Evidence) -> bool:
    """Only the last byte is as it was sent."""
    one, other = seen.expected, seen.received
    nearly = len(one) == len(other) > 1 and one[:-1] == other[:-1] and one != other
    return nearly and bool(seen.sent) and seen.sent[-1].endswith(other[-1:])


def case(seen: Evidence) -> bool:
    """Only upper and lower case differ."""
    differ = seen.both and seen.expected != seen.received
    return differ and seen.expected.lower() == seen.received.lower()


def spaces(seen: Evidence) -> bool:
    """Only white space differs."""
    differ = seen.both and seen.expected != seen.received and bool(seen.received.split())
    return differ and seen.expected.split() == seen.received.split()


def characters(seen: Evidence) -> bool:
    """The count is that of the characters of a text that has more bytes."""
    if seen.counts is None or not seen.sent:
        return False
    wanted, came = seen.counts
    text = seen.sent[-1].decode("utf-8", "ignore")
    return wanted == len(seen.sent[-1]) and came == len(text) != wanted


def counted_end(seen: Evidence) -> bool:
    """The count is one or two too high."""
    return seen.counts is not None and 1 <= seen.counts[1] - seen.counts[0] <= 2


def first_segment(seen: Evidence) -> bool:
    """Only as much came back as one of several sends had carried."""
    sizes = [sum(map(len, seen.sent[:count])) for count in range(1, len(seen.sent))]
    cut = seen.both and seen.received and seen.expected.startswith(seen.received)
    return bool(cut) and seen.received != seen.expected and len(seen.received) in sizes


def one_at_a_time(seen: Evidence) -> bool:
    """It waits for one client while another one, who spoke last, waits for an answer."""
    on = _ON.search(seen.check.stuck)
    last = [item.actor for item in seen.check.transcript if item.what in {"sent", "connected"}]
    return on is not None and len(set(seen.actors)) > 1 and bool(last) and last[-1] != on[1]


def wants_more(seen: Evidence) -> bool:
    """It has got a message without a line's end, and neither answers nor goes on."""
    waits = _ON.search(seen.check.stuck) is not None and seen.check.reason == "no_reply"
    return waits and bool(seen.sent) and not seen.heard and not seen.sent[-1].endswith(b"\n")


def gave_up_listening(seen: Evidence) -> bool:
    """The listening socket was closed by a program that still runs."""
    return seen.check.reason == "refused" and (
        "stopped listening" in seen.happened and "exited" not in seen.happened
    )


def says(*words: str) -> Callable[[Evidence], bool]:
    """Recognise what a program printed as it died, or as its thread did."""
    pattern = re.compile("|".join(words))

    def sign(seen: Evidence) -> bool:
        return seen.check.reason in _DEATHS and pattern.search(seen.said) is not None

    shown = (re.sub(r"\\(.)", r"\1", word) for word in words)
    sign.__doc__ = f"It printed {' or '.join(f'`{word}`' for word in shown)}."
    return sign
