"""Symptoms of programs that died: what they, or their threads, said as they did."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.core.regex import regex
from grader.core.symptoms.evidence import Evidence
from grader.core.symptoms.symptom import Symptom

_DEATHS = frozenset(
    {
        *("crashed", "exited_early", "wrong_exit", "client_failed", "not_listening", "refused"),
        *("no_connection", "no_message", "no_reply", "no_output", "partial_reply", "reset"),
        *("closed_early", "missing_package", "wrong_output", "wrong_message"),
    }
)
TO_THE_ERROR = r"\n(?:[ ~^].*\n){0,8}"  # the rest of a traceback, up to the exception's line
_NULL = regex(r'NullPointerException: Cannot invoke "String\.')


def says(*words: str) -> Callable[[Evidence], bool]:
    """Recognise what a program printed as it died, or as its thread did."""
    pattern = regex("|".join(words))

    def sign(seen: Evidence) -> bool:
        return seen.reason in _DEATHS and pattern.search(seen.said) is not None

    shown = (re.sub(r"\\(.)", r"\1", word) for word in words)
    sign.__doc__ = f"It printed {' or '.join(f'`{word}`' for word in shown)}."
    return sign


def traceback(line: str, error: str, shown: str) -> Callable[[Evidence], bool]:
    """Recognise an exception together with the line of source that raised it."""
    pattern = regex(f"{line}[^\n]*{TO_THE_ERROR}{error}")

    def sign(seen: Evidence) -> bool:
        return seen.reason in _DEATHS and pattern.search(seen.check.output) is not None

    sign.__doc__ = shown
    return sign


_LEFT = says(
    "ConnectionResetError",
    "BrokenPipeError",
    "SIGPIPE",
    "SocketException: Connection",
    "(recv|read|send|write): Connection reset by peer",
)


def client_left(seen: Evidence) -> bool:
    """It printed `ConnectionResetError`, `BrokenPipeError`, `SocketException: Connection …` or
    `Connection reset by peer` and ended, or was killed by SIGPIPE.
    """
    ended = seen.reason in {"crashed", "exited_early"} or "ended: it" in seen.check.message
    return ended and _LEFT(seen)


def thread_left(seen: Evidence) -> bool:
    """It printed the same, and runs on."""
    return seen.runs_on and _LEFT(seen)


def null_line(seen: Evidence) -> bool:
    """A method was called on a String that is null, after a client had left."""
    return _NULL.search(seen.said) is not None and seen.left


def minus_one(seen: Evidence) -> bool:
    """A String was made of -1 bytes, after a client had left."""
    said = re.search(r"StringIndexOutOfBoundsException: .*-1\b", seen.said)
    return said is not None and seen.left


def cut_message(seen: Evidence) -> bool:
    """It raised an IndexError or a ValueError when a message had come in several pieces."""
    raised = re.search(r"IndexError:|ValueError: not enough values", seen.check.message)
    return raised is not None and len(seen.sent) > 1 and not seen.heard


def killed(name: str) -> Callable[[Evidence], bool]:
    """Recognise the signal that killed a program."""

    def sign(seen: Evidence) -> bool:
        return f"it was killed by {name}" in seen.check.message

    sign.__doc__ = f"It was killed by {name}."
    return sign


def text_mode(seen: Evidence) -> bool:
    """A file that was asked for by GET raised a `UnicodeDecodeError` when it was read."""
    asked = bool(seen.sent) and seen.sent[-1].startswith(b"GET ")
    reading = rf"\.read(?:lines?)?\(\)[^\n]*{TO_THE_ERROR}UnicodeDecodeError"
    return asked and re.search(reading, seen.check.output) is not None


def never_waited(seen: Evidence) -> bool:
    """Children that have ended are still in the table of processes."""
    return seen.reason == "zombies"


SYMPTOMS = (
    Symptom(
        "never_waited",
        "child processes",
        "the parent never waits for its children, which stay as zombies; call waitpid() in a "
        "handler of SIGCHLD, or ignore that signal",
        never_waited,
    ),
    Symptom(
        "text_mode",
        "bytes and text",
        "it opens every file as text; open files in binary mode ('rb') and send their bytes",
        text_mode,
    ),
    Symptom(
        "str_and_bytes",
        "bytes and text",
        "sockets carry bytes: encode() before sending, decode() after receiving",
        says(
            "TypeError: a bytes-like object is required",
            "TypeError: can't concat str to bytes",
            'TypeError: can only concatenate str \\(not "bytes"\\)',
            "TypeError: string argument without an encoding",
        ),
    ),
    Symptom(
        "text_and_number",
        "types",
        "it adds a number to a text; str() makes a text of a number, int() a number of a text",
        says(
            'TypeError: can only concatenate str \\(not "int"\\)',
            "TypeError: unsupported operand type\\(s\\) for \\+: 'int' and 'str'",
            "TypeError: 'str' object cannot be interpreted as an integer",
        ),
    ),
    Symptom(
        "not_utf8",
        "bytes and text",
        "it decodes bytes that are no UTF-8; keep them as bytes, or say what to do with errors",
        says("UnicodeDecodeError"),
    ),
    Symptom(
        "client_left",
        "connection reset",
        "a client that leaves ends the whole program; catch the error, close that connection and "
        "go on",
        client_left,
    ),
    Symptom(
        "thread_left",
        "connection reset",
        "a client that leaves ends its thread before all is tidied up; catch the error, and do "
        "there, too, what is to be done when a client leaves",
        thread_left,
    ),
    Symptom(
        "zero_as_error",
        "end of stream",
        "it takes recv() of 0 bytes for an error; it means that the client has left: close that "
        "connection and go on",
        says("(recv|read): Success"),
    ),
    Symptom(
        "null_line",
        "end of stream",
        "readLine() returns null once the client has left; look for that before you use the line",
        null_line,
    ),
    Symptom(
        "minus_one",
        "end of stream",
        "read() returns -1 once the client has left; look for that before you take it for a length",
        minus_one,
    ),
    Symptom(
        "java_read_utf",
        "message framing",
        "readUTF() wants the text's length before it, which nobody else sends; read() the bytes",
        says("at java\\.base/java\\.io\\.DataInputStream\\.readUTF"),
    ),
    Symptom(
        "cut_message",
        "TCP is a stream",
        "it takes what one recv() brings for the whole message, and fails when the rest is still "
        "on its way; call recv() in a loop until the message has ended",
        cut_message,
    ),
    Symptom(
        "no_such_file",
        "error handling",
        "a file that is not there ends the whole program; catch the error and answer it (404)",
        says("FileNotFoundError", "java\\.io\\.FileNotFoundException", "NoSuchFileException"),
    ),
    Symptom(
        "directory",
        "error handling",
        "it opens a folder as if it were a file; say what belongs to the path /, and answer others "
        "with 404",
        says("IsADirectoryError"),
    ),
    Symptom(
        "too_few_words",
        "parsing",
        "it takes parts of a line without looking how many there are; look first, and answer what "
        "you cannot read with an error",
        traceback(
            r"split\(",
            "(?:IndexError|ValueError: not enough values)",
            "Taking parts of what split() returned raised an `IndexError` or a `ValueError`.",
        ),
    ),
    Symptom(
        "nobody_listens",
        "connection refused",
        "nobody listens at the address and TCP port that it connects to; compare both, and the "
        "transport (TCP or UDP), with the assignment",
        says(
            "ConnectionRefusedError",
            "java\\.net\\.ConnectException: Connection refused",
            "connect: Connection refused",
        ),
    ),
    Symptom(
        "not_connected",
        "connection socket",
        "it sends or receives on a socket that is not connected; a server uses the socket that "
        "accept() returned",
        says("\\[Errno 107\\]", "Transport endpoint is not connected"),
    ),
    Symptom(
        "no_destination",
        "connectionless",
        "send() needs a connected socket; over UDP use sendto() with the address that recvfrom() "
        "gave",
        says("\\[Errno 89\\]", "Destination address required"),
    ),
    Symptom(
        "unknown_host",
        "DNS",
        "the host's name cannot be looked up; take localhost, or the address of the assignment",
        says("socket\\.gaierror", "UnknownHostException"),
    ),
    Symptom(
        "bad_memory",
        "pointers",
        "it uses memory that is not its own: a NULL pointer, an index outside of an array, a "
        "pointer to what is gone",
        killed("SIGSEGV"),
    ),
    Symptom(
        "end_of_input",
        "end of input",
        "it reads the keyboard again after the input has ended",
        says("EOFError: EOF when reading a line", "NoSuchElementException: No line found"),
    ),
)
