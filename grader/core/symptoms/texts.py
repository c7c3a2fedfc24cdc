"""Symptoms that two texts show: what was expected and what came."""

from __future__ import annotations

import re

from grader.core.regex import regex
from grader.core.symptoms.evidence import RUN, Evidence
from grader.core.symptoms.symptom import Symptom

LONG = 12  # bytes that are no chance
_NULS = regex(rb"\0{4,}\Z")  # what is left of a buffer


def notation(seen: Evidence) -> bool:
    """Python's notation of the expected bytes stands in the reply."""
    text = repr(seen.expected).encode()
    return seen.both and bool(seen.expected) and text in seen.received


def padded(seen: Evidence) -> bool:
    """What came, or what came before it, ends in NULs."""
    if len(seen.rest) > 1 and not seen.rest.strip(b"\0"):
        return True
    wrong = seen.reason in {"wrong_reply", "extra_reply"} and b"\0" not in seen.expected
    return wrong and any(_NULS.search(item) for item in (seen.received, *seen.heard))


def one_more(seen: Evidence) -> bool:
    """A single NUL follows what was expected."""
    return seen.rest == b"\0" or (
        seen.reason == "wrong_reply" and seen.received.endswith(b"\0") and _fits(seen)
    )


def _fits(seen: Evidence) -> bool:
    """Tell whether what came would be right without its last byte, where a pattern was expected."""
    try:
        return re.fullmatch(seen.expected, seen.received[:-1]) is not None
    except re.error:
        return False


def stale(seen: Evidence) -> bool:
    """What follows is the end of an earlier message, at its very place."""
    start, end = len(seen.expected), len(seen.received)
    earlier = [*seen.heard, *seen.sent]
    return _goes_on_from(seen) or (
        bool(seen.rest)
        and any(
            item != seen.received and len(item) >= end and item[start:end] == seen.rest
            for item in earlier
        )
    )


def _goes_on_from(seen: Evidence) -> bool:
    """Tell whether the rest of an earlier, longer message came before the reply, which on a stream
    looks like the reply.
    """
    begins = seen.received[:LONG].lower()
    apart = seen.both and begins not in seen.expected.lower() and len(begins) == LONG
    earlier = [item.lower() for item in seen.sent[:-2]]
    new = any(begins in item.lower() for item in seen.sent[-2:])
    return apart and not new and any(item.find(begins) > 0 for item in earlier)


def segment_for_line(seen: Evidence) -> bool:
    """A piece of a line was taken for all of it, or several lines in one segment for one."""
    last, came, due = (seen.sent or [b""])[-1].strip(), seen.received, seen.expected
    if seen.reason != "wrong_reply" or not last:
        return False
    if b"\n" in last:
        return last in came and last not in due
    pieces = [item for item in seen.sent[-2:-1] if item.strip() and not item.endswith(b"\n")]
    whole = [piece.lstrip() + last for piece in pieces]
    cut = any(piece.strip() in came for piece in pieces)
    return cut and any(text in due and text not in came for text in whole)


def back_to_speaker(seen: Evidence) -> bool:
    """What one of several clients said came back to that very client, where nothing was due."""
    said = [item for item in seen.check.transcript if item.what == "sent"][-1:]
    came = any(
        item.what == "received" and item.actor == one.actor and one.data.strip() in item.data
        for one in said
        for item in seen.check.transcript
        if one.data.strip()
    )
    return seen.reason == "spoke_unasked" and came and len(set(seen.actors)) > 1


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
    one, other = seen.expected, seen.received
    if seen.reason == "wrong_output":
        sentence = len(one) > 2 * RUN and b" " in one.strip()
        return sentence and one not in other and one.lower() in other.lower()
    return seen.both and one != other and one.lower() == other.lower()


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


def stale_count(seen: Evidence) -> bool:
    """The count is that of an earlier, longer message."""
    if seen.counts is None or not seen.sent[1:]:
        return False
    earlier = max(len(item) for item in seen.sent[:-1])
    return seen.counts == (len(seen.sent[-1]), earlier) and earlier > len(seen.sent[-1])


def counted_end(seen: Evidence) -> bool:
    """The count is one or two too high."""
    if seen.counts is None or seen.reason == "wrong_output":
        return False
    return 1 <= seen.counts[1] - seen.counts[0] <= 2


SYMPTOMS = (
    Symptom(
        "notation",
        "bytes and text",
        "it sends Python's notation of bytes (b'…'); send the bytes, or decode() them before "
        "putting them into a text",
        notation,
    ),
    Symptom(
        "terminator",
        "C strings",
        "it sends the NUL that ends a C string; send strlen() bytes, not one more",
        one_more,
    ),
    Symptom(
        "stale",
        "stale buffer",
        "what follows is left over from the message before; use only as many bytes of the buffer "
        "as recv() returned",
        stale,
    ),
    Symptom(
        "padding",
        "message length",
        "it sends its whole buffer, filled up with NULs; send as many bytes as recv() returned "
        "(Java: getLength())",
        padded,
    ),
    Symptom(
        "segment_for_line",
        "TCP is a stream",
        "it takes what one recv() brings for one line; collect what comes, and cut it at each line "
        "end",
        segment_for_line,
    ),
    Symptom(
        "back_to_speaker",
        "broadcast",
        "it sends what a client said to that client as well; leave out the one who spoke",
        back_to_speaker,
    ),
    Symptom(
        "line_end",
        "message framing",
        "it sends a line's end after the reply (println, or a newline in the text)",
        line_end,
    ),
    Symptom(
        "echo",
        "echo",
        "it sends the message back as it came; make the reply of it first",
        echoed,
    ),
    Symptom(
        "last_byte",
        "off by one",
        "the last byte is left as it came; look at the end of your loop",
        last_byte,
    ),
    Symptom("case", "exact text", "only upper and lower case differ", case),
    Symptom("spaces", "exact text", "only spaces or ends of lines differ", spaces),
    Symptom(
        "characters",
        "bytes and characters",
        "it counts characters; take the length of the bytes, before decoding them",
        characters,
    ),
    Symptom(
        "counted_end",
        "message framing",
        "it counts a line's end or a NUL that was not sent",
        counted_end,
    ),
    Symptom(
        "stale_count",
        "stale buffer",
        "it counts what an earlier, longer message left in the buffer; use as many bytes as recv() "
        "returned",
        stale_count,
    ),
)
