"""Symptoms of mail servers: a reply's code beside the one that was due."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.core.regex import regex
from grader.core.symptoms.evidence import Evidence
from grader.core.symptoms.symptom import Symptom

_CODE = regex(rb"(\d{3})[ -]")
_CLIENT = regex(r"the server answered (\d{3}) .*, expected (\d{3})")
_VERB = regex(rb"(?:QUIT|RSET|NOOP|HELO|MAIL|RCPT|DATA)\b", re.IGNORECASE)


def answers(came: str, due: str, shown: str) -> Callable[[Evidence], bool]:
    """Recognise a reply by its code and the one that was due; our client tells both, too."""

    def sign(seen: Evidence) -> bool:
        if seen.reason == "client_failed":
            told = _CLIENT.search(seen.check.message)
            return told is not None and bool(re.fullmatch(came, told[1]) and told[2] == due)
        code = _CODE.match(seen.received)
        fits = code is not None and re.fullmatch(came, code[1].decode()) is not None
        return fits and seen.reason == "wrong_code" and seen.expected == f"{due} ".encode()

    sign.__doc__ = shown
    return sign


def bare_code(seen: Evidence) -> bool:
    """The reply is nothing but three digits."""
    return seen.reason == "not_smtp" and re.fullmatch(rb"\d{3}\r?\n", seen.received) is not None


def _text(seen: Evidence) -> list[bytes]:
    """The lines of a message that were sent and not yet ended; empty outside of one."""
    if not seen.heard[:-1] or not seen.heard[-2].startswith(b"354"):
        return []
    after = b"".join(seen.sent).upper().rpartition(b"DATA\r\n")[2].split(b"\r\n")
    return [] if b"." in after else after[:-1]


def early_dot(seen: Evidence) -> bool:
    """It answered a line of a message that begins with a dot and goes on."""
    text = _text(seen)
    spoke = seen.reason == "spoke_unasked" and seen.received[:1].isdigit()
    return spoke and bool(text) and text[-1].startswith(b".")


def command_in_message(seen: Evidence) -> bool:
    """It answered a line of a message that looks like a command."""
    text = _text(seen)
    spoke = seen.reason == "spoke_unasked" and seen.received[:1].isdigit()
    return spoke and bool(text) and _VERB.match(text[-1]) is not None


def line_in_pieces(seen: Evidence) -> bool:
    """It answered before the line had ended."""
    spoke = seen.reason == "spoke_unasked" and _CODE.match(seen.received) is not None
    return spoke and bool(seen.sent) and seen.sent[-1].isalpha()


SYMPTOMS = (
    Symptom(
        "unknown_command",
        "commands",
        "it does not know this command as it was written; compare the first word of the line (of "
        "MAIL FROM: and RCPT TO: the two), whether in capitals or small letters",
        answers("50[02]", "250", "500 or 502 was answered where 250 was due."),
    ),
    Symptom(
        "refused_command",
        "protocol state",
        "it says that this command is out of order, but here it may come; allow it in this state, "
        "too",
        answers("503", "250", "503 was answered where 250 was due."),
    ),
    Symptom(
        "no_state",
        "protocol state",
        "it takes a command before the one that has to come first; remember in a variable what was "
        "said already, and answer 503",
        answers("2[0-9]{2}|354", "503", "2xx or 354 was answered where 503 was due."),
    ),
    Symptom(
        "no_354",
        "protocol state",
        "DATA is answered with 354, and the message comes after that; 250 follows its end",
        answers("250", "354", "250 was answered where 354 was due."),
    ),
    Symptom(
        "bare_code",
        "replies",
        "a reply is its code, a space, some text and CR LF",
        bare_code,
    ),
    Symptom(
        "early_dot",
        "transparency",
        "a line that begins with a dot ends the message for it; only a line that is nothing but a "
        "dot does, and of others the first dot is dropped",
        early_dot,
    ),
    Symptom(
        "command_in_message",
        "protocol state",
        "it takes a line of the message for a command; after 354 all lines are the message's, up "
        "to the dot",
        command_in_message,
    ),
    Symptom(
        "line_in_pieces",
        "TCP is a stream",
        "it takes what one recv() brings for a line; collect what comes until CR LF",
        line_in_pieces,
    ),
)
