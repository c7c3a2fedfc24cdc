"""Reads a prompt: does it ask for the server's address, a port, both, or for something else?

Only the last line of what a program has printed is its prompt. Words that plainly ask for another
thing (a message, a user's name) win over a mention of a server.
"""

from __future__ import annotations

import re
from typing import Literal

from grader.core.regex import regex

Asked = Literal["host", "port", "both", ""]

_PORT = regex(
    r"(?i)(?<![a-z])port(?!al|ab|ion|rait|ugu|ed|s\b)|(?<=[a-z])(?-i:Port)\b|portn(?:o|um)"
)
_HOST = regex(
    r"(?i)host|\bip\b|\bipv4\b|\bip[-_ ]?addr|\baddress\b|\bserver(?:'s)?[ _-]*(?:name|ip|addr)"
    r"|\bserver\b\W*$|\blocalhost\b"
)
_OTHER = regex(
    r"(?i)messag|sentence|\btext\b|user|nick|e-?mail|sender|recipient|password|\bfile|\bfrom\b"
    r"|listening|connect(?:ed|ing|ion)|waiting|received|reply|response|running|started|usage"
)
_ASKING = regex(r"(?i)\b(?:enter|type|input|give|which|what|please|choose|specify)\b|[:?>=]\s*$")


def asks_for(text: str) -> Asked:
    """Return what a text asks for; "" when it asks for neither, or asks nothing at all."""
    line = prompt(text)
    if len(line) > 120 or _OTHER.search(line) or not _ASKING.search(line):
        return ""
    port, host = _PORT.search(line), _HOST.search(line)
    if port and host:
        return "both" if host.start() < port.start() and _joined(line) else "port"
    return "port" if port else "host" if host else ""


def _joined(line: str) -> bool:
    """Tell "address and port" from "the port of the host", and from "server port"."""
    return re.search(r"(?i)(?:\band\b|&|,|\+|/|:\s*<?port|\s<?port\b.*>)", line) is not None


def prompt(screen: str) -> str:
    """Return the line that a program waits at: the last that has anything in it."""
    lines = [line.strip() for line in screen.replace("\\n", "\n").splitlines()]
    return next((line for line in reversed(lines) if line), "")
