"""The command that shows a fault without the grader: what our client did, written for `nc`.

Made from a check's transcript alone, and only where it would be the same exchange: one client of
ours, little data, no reset. Otherwise there is no command, rather than one that misleads.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.core.model import Exchange
from grader.core.regex import regex
from grader.core.transcript import as_bytes

MAX_SENDS = 6
MAX_BYTES = 120
_PORT = regex(r"(?:port |udp/)(\d+)")
_GET = regex(rb"GET (/[A-Za-z0-9._/-]*) HTTP/1\.[01]\r\n")


def see_it_yourself(transcript: Sequence[Exchange]) -> str:
    """Return a shell command that says to the student's server what our client said."""
    ours = {item.actor for item in transcript if item.what in {"connected", "sent"}}
    said = [as_bytes(item.data) for item in transcript if item.what == "sent"]
    if len(ours) != 1 or any(item.what in {"reset", "accepted"} for item in transcript):
        return ""
    if not 0 < len(said) <= MAX_SENDS or sum(map(len, said)) > MAX_BYTES:
        return ""
    connected = [item.data for item in transcript if item.what == "connected"]
    bound = [item.data for item in transcript if item.what == "listens"]
    port = next((found[1] for text in connected or bound if (found := _PORT.match(text))), "")
    if not port or len(connected) > 1:
        return ""
    get = _GET.match(said[0])
    if get and len(said) == 1 and connected:
        return f"curl -v --path-as-is http://127.0.0.1:{port}{get[1].decode()}"
    typed = "; ".join(f"printf {quoted(data)}; sleep 1" for data in said)
    return f"({typed}) | nc {'' if connected else '-u '}-w 3 127.0.0.1 {port}"


def quoted(data: bytes) -> str:
    """Write bytes as an argument of printf that every shell understands."""
    shown = "".join(_octal(byte) for byte in data)
    return f"'{shown}'" if not shown.startswith("-") else f"'\\055{shown[1:]}'"


def _octal(byte: int) -> str:
    named = {0x0A: "\\n", 0x0D: "\\r", 0x25: "%%", 0x5C: "\\\\"}
    if byte in named:
        return named[byte]
    plain = 0x20 <= byte < 0x7F and byte != 0x27
    return chr(byte) if plain else f"\\{byte:03o}"
