"""The registry of symptoms: a likely cause for what was seen, and what to do about it.

Each has the lecture's term for it, words a student can act on, and a sign. Where nothing is
certain nothing is said; the first that fits is taken, so the more particular ones come first.
`docs/SYMPTOMS.md` is made from this.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from grader.core.model import Cause, CheckResult
from grader.core.symptoms import signs
from grader.core.symptoms.evidence import Evidence


class Symptom(msgspec.Struct, frozen=True):
    """A likely cause: its code, the lecture's term, what to say, and how it is recognised."""

    code: str
    term: str
    words: str
    seen: Callable[[Evidence], bool]


def likely_cause(check: CheckResult) -> Cause | None:
    """Return the symptom that a failed check shows, if any is certain."""
    if check.outcome != "fail":
        return None
    evidence = Evidence(check)
    found = next((symptom for symptom in SYMPTOMS if symptom.seen(evidence)), None)
    return Cause(found.code, found.term, found.words) if found else None


SYMPTOMS = (
    Symptom(
        "notation",
        "bytes and text",
        "it sends Python's notation of bytes (b'…'); send the bytes, or decode() them before "
        "putting them into a text",
        signs.notation,
    ),
    Symptom(
        "padding",
        "message length",
        "it sends its whole buffer, filled up with NULs; send as many bytes as recv() returned "
        "(Java: getLength())",
        signs.padded,
    ),
    Symptom(
        "terminator",
        "C strings",
        "it sends the NUL that ends a C string; send strlen() bytes, not one more",
        signs.one_more,
    ),
    Symptom(
        "stale",
        "stale buffer",
        "what follows is left over from the message before; use only as many bytes of the buffer "
        "as recv() returned",
        signs.stale,
    ),
    Symptom(
        "line_end",
        "message framing",
        "it sends a line's end after the reply (println, or a newline in the text)",
        signs.line_end,
    ),
    Symptom(
        "echo",
        "echo",
        "it sends the message back as it came; make the reply of it first",
        signs.echoed,
    ),
    Symptom(
        "last_byte",
        "off by one",
        "the last byte is left as it came; look at the end of your loop",
        signs.last_byte,
    ),
    Symptom("case", "exact text", "only upper and lower case differ", signs.case),
    Symptom("spaces", "exact text", "only spaces or ends of lines differ", signs.spaces),
    Symptom(
        "characters",
        "bytes and characters",
        "it counts characters; take the length of the bytes, before decoding them",
        signs.characters,
    ),
    Symptom(
        "counted_end",
        "message framing",
        "it counts a line's end or a NUL that was not sent",
        signs.counted_end,
    ),
    Symptom(
        "one_recv",
        "TCP is a stream",
        "it answers the first segment only; TCP keeps no message boundaries, so call recv() in a "
        "loop until all has come",
        signs.first_segment,
    ),
    Symptom(
        "iterative",
        "iterative server",
        "it serves one client at a time and still waits for the first; give each client a thread, "
        "or close the connection when the exchange is over",
        signs.one_at_a_time,
    ),
    Symptom(
        "waits_for_more",
        "message framing",
        "it waits for more than was sent: for a newline (readLine(), fgets()), a full buffer, or "
        "the end of the stream",
        signs.wants_more,
    ),
    Symptom(
        "closed_listener",
        "welcoming socket",
        "it closed the socket it listens on; close only the connection that accept() returned",
        signs.gave_up_listening,
    ),
    Symptom(
        "str_and_bytes",
        "bytes and text",
        "sockets carry bytes: encode() before sending, decode() after receiving",
        signs.says(
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
        signs.says("UnicodeDecodeError"),
    ),
    Symptom(
        "client_left",
        "connection reset",
        "a client that leaves ends the whole program; catch the error, close that connection and "
        "go on",
        signs.says(
            "ConnectionResetError", "BrokenPipeError", "SIGPIPE", "SocketException: Connection"
        ),
    ),
    Symptom(
        "missing_module",
        "modules",
        "it imports a module that is not installed here; only the standard library is",
        signs.says("ModuleNotFoundError: No module named"),
    ),
    Symptom(
        "end_of_input",
        "end of input",
        "it reads the keyboard again after the input has ended",
        signs.says("EOFError: EOF when reading a line", "NoSuchElementException: No line found"),
    ),
)
