"""Likely causes, recognised from what was seen: bytes, transcript, output, where it stands.

A registry: each symptom has the lecture's term for it, words a student can act on, and a test
that looks at evidence only, never at a check's name. Where nothing is certain nothing is said; the
first that fits is taken, so the more particular ones come first.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from grader.core.model import CheckResult
from grader.core.transcript import as_bytes

_NUMBER = re.compile(rb"\d+")
_DEATHS = frozenset(
    {"crashed", "exited_early", "wrong_exit", "not_listening", "no_connection", "no_message"}
    | {"no_reply", "no_output", "partial_reply", "refused", "closed_early", "reset"}
)
_ON = re.compile(r"blocked in (?:recv|read)\(\) on (\S+)'s connection")


class Evidence:
    """What was seen of a failed check, in the shape the tests ask for."""

    def __init__(self, check: CheckResult) -> None:
        self.check = check
        self.both = check.expected is not None and check.received is not None
        self.expected = as_bytes(check.expected or "")
        self.received = as_bytes(check.received or "")
        self.sent = self._data("sent")
        self.heard = self._data("received")
        self.actors = [item.actor for item in check.transcript if item.what == "connected"]
        self.happened = {item.what for item in check.transcript}
        self.said = f"{check.message}\n{check.output}"

    def _data(self, what: str) -> list[bytes]:
        return [as_bytes(item.data) for item in self.check.transcript if item.what == what]

    @property
    def rest(self) -> bytes:
        """What came after all that was expected; empty if something else came."""
        goes_on = self.both and self.expected and self.received.startswith(self.expected)
        return self.received[len(self.expected) :] if goes_on else b""

    @property
    def counts(self) -> tuple[int, int] | None:
        """The number expected and the one that came, if the two differ in nothing else."""
        if not self.both or _NUMBER.sub(b"", self.expected) != _NUMBER.sub(b"", self.received):
            return None
        pairs = zip(_NUMBER.findall(self.expected), _NUMBER.findall(self.received), strict=False)
        different = [(int(left[:18]), int(right[:18])) for left, right in pairs if left != right]
        return different[0] if len(different) == 1 else None


class Symptom(msgspec.Struct, frozen=True):
    """A likely cause: its code, the lecture's term, what to say, and how it is recognised."""

    code: str
    term: str
    words: str
    seen: Callable[[Evidence], bool]


def likely_cause(check: CheckResult) -> Symptom | None:
    """Return the symptom that a failed check shows, if any is certain."""
    if check.outcome != "fail":
        return None
    evidence = Evidence(check)
    return next((symptom for symptom in SYMPTOMS if symptom.seen(evidence)), None)


# ----------------------------------------------------------------------- how they are seen


def _notation(seen: Evidence) -> bool:
    text = repr(seen.expected).encode()
    return seen.both and bool(seen.expected) and text in seen.received


def _padded(seen: Evidence) -> bool:
    return len(seen.rest) > 1 and not seen.rest.strip(b"\0")


def _one_more(seen: Evidence) -> bool:
    return seen.rest == b"\0"


def _stale(seen: Evidence) -> bool:
    start, end = len(seen.expected), len(seen.received)
    earlier = [*seen.heard, *seen.sent]
    return bool(seen.rest) and any(
        item != seen.received and len(item) >= end and item[start:end] == seen.rest
        for item in earlier
    )


def _line_end(seen: Evidence) -> bool:
    return bool(seen.rest) and not seen.rest.strip(b"\r\n")


def _echoed(seen: Evidence) -> bool:
    same = bool(seen.sent) and seen.received.rstrip(b"\r\n") == seen.sent[-1].rstrip(b"\r\n")
    return seen.both and bool(seen.received) and seen.received != seen.expected and same


def _last_byte(seen: Evidence) -> bool:
    one, other = seen.expected, seen.received
    nearly = len(one) == len(other) > 1 and one[:-1] == other[:-1] and one != other
    return nearly and bool(seen.sent) and seen.sent[-1].endswith(other[-1:])


def _case(seen: Evidence) -> bool:
    differ = seen.both and seen.expected != seen.received
    return differ and seen.expected.lower() == seen.received.lower()


def _spaces(seen: Evidence) -> bool:
    differ = seen.both and seen.expected != seen.received and bool(seen.received.split())
    return differ and seen.expected.split() == seen.received.split()


def _characters(seen: Evidence) -> bool:
    if seen.counts is None or not seen.sent:
        return False
    wanted, came = seen.counts
    text = seen.sent[-1].decode("utf-8", "ignore")
    return wanted == len(seen.sent[-1]) and came == len(text) != wanted


def _counted_end(seen: Evidence) -> bool:
    return seen.counts is not None and 1 <= seen.counts[1] - seen.counts[0] <= 2


def _first_segment(seen: Evidence) -> bool:
    """Only as much came back as one of several sends had carried."""
    sizes = [sum(map(len, seen.sent[:count])) for count in range(1, len(seen.sent))]
    cut = seen.both and seen.received and seen.expected.startswith(seen.received)
    return bool(cut) and seen.received != seen.expected and len(seen.received) in sizes


def _one_at_a_time(seen: Evidence) -> bool:
    """It waits for one client while another one, who spoke last, waits for an answer."""
    on = _ON.search(seen.check.stuck)
    last = [item.actor for item in seen.check.transcript if item.what in {"sent", "connected"}]
    return on is not None and len(set(seen.actors)) > 1 and bool(last) and last[-1] != on[1]


def _wants_more(seen: Evidence) -> bool:
    """It has got a message without a line's end, and neither answers nor goes on."""
    waits = _ON.search(seen.check.stuck) is not None and seen.check.reason == "no_reply"
    return waits and bool(seen.sent) and not seen.heard and not seen.sent[-1].endswith(b"\n")


def _gave_up_listening(seen: Evidence) -> bool:
    return seen.check.reason == "refused" and (
        "stopped listening" in seen.happened and "exited" not in seen.happened
    )


def _says(*words: str) -> Callable[[Evidence], bool]:
    """Recognise what a program printed as it died, or as its thread did."""
    pattern = re.compile("|".join(words))
    return lambda seen: seen.check.reason in _DEATHS and pattern.search(seen.said) is not None


SYMPTOMS = (
    Symptom(
        "notation",
        "bytes and text",
        "it sends Python's notation of bytes (b'…'); send the bytes, or decode() them before "
        "putting them into a text",
        _notation,
    ),
    Symptom(
        "padding",
        "message length",
        "it sends its whole buffer, filled up with NULs; send as many bytes as recv() returned "
        "(Java: getLength())",
        _padded,
    ),
    Symptom(
        "terminator",
        "C strings",
        "it sends the NUL that ends a C string; send strlen() bytes, not one more",
        _one_more,
    ),
    Symptom(
        "stale",
        "stale buffer",
        "what follows is left over from the message before; use only as many bytes of the buffer "
        "as recv() returned",
        _stale,
    ),
    Symptom(
        "line_end",
        "message framing",
        "it sends a line's end after the reply (println, or a newline in the text)",
        _line_end,
    ),
    Symptom(
        "echo",
        "echo",
        "it sends the message back as it came; make the reply of it first",
        _echoed,
    ),
    Symptom(
        "last_byte",
        "off by one",
        "the last byte is left as it came; look at the end of your loop",
        _last_byte,
    ),
    Symptom("case", "exact text", "only upper and lower case differ", _case),
    Symptom("spaces", "exact text", "only spaces or ends of lines differ", _spaces),
    Symptom(
        "characters",
        "bytes and characters",
        "it counts characters; take the length of the bytes, before decoding them",
        _characters,
    ),
    Symptom(
        "counted_end",
        "message framing",
        "it counts a line's end or a NUL that was not sent",
        _counted_end,
    ),
    Symptom(
        "one_recv",
        "TCP is a stream",
        "it answers the first segment only; TCP keeps no message boundaries, so call recv() in a "
        "loop until all has come",
        _first_segment,
    ),
    Symptom(
        "iterative",
        "iterative server",
        "it serves one client at a time and still waits for the first; give each client a thread, "
        "or close the connection when the exchange is over",
        _one_at_a_time,
    ),
    Symptom(
        "waits_for_more",
        "message framing",
        "it waits for more than was sent: for a newline (readLine(), fgets()), a full buffer, or "
        "the end of the stream",
        _wants_more,
    ),
    Symptom(
        "closed_listener",
        "welcoming socket",
        "it closed the socket it listens on; close only the connection that accept() returned",
        _gave_up_listening,
    ),
    Symptom(
        "str_and_bytes",
        "bytes and text",
        "sockets carry bytes: encode() before sending, decode() after receiving",
        _says(
            "TypeError: a bytes-like object is required",
            "TypeError: can't concat str to bytes",
            'TypeError: can only concatenate str \\(not "bytes"\\)',
            "TypeError: string argument without an encoding",
        ),
    ),
    Symptom(
        "not_utf8",
        "bytes and text",
        "it decodes bytes that are no UTF-8; keep them as bytes, or say what to do with errors",
        _says("UnicodeDecodeError"),
    ),
    Symptom(
        "client_left",
        "connection reset",
        "a client that leaves ends the whole program; catch the error, close that connection and "
        "go on",
        _says("ConnectionResetError", "BrokenPipeError", "SIGPIPE", "SocketException: Connection"),
    ),
    Symptom(
        "missing_module",
        "modules",
        "it imports a module that is not installed here; only the standard library is",
        _says("ModuleNotFoundError: No module named"),
    ),
    Symptom(
        "end_of_input",
        "end of input",
        "it reads the keyboard again after the input has ended",
        _says("EOFError: EOF when reading a line", "NoSuchElementException: No line found"),
    ),
)
