"""The command that shows a fault without the grader: what our client did, written for `nc`.

Made from a check's transcript alone, and only where it would be the same exchange: one client of
ours, little data, no reset. Otherwise there is no command, rather than one that misleads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.core.model import Exchange
from grader.core.transcript import as_bytes

MAX_SENDS = 6
MAX_BYTES = 300
_ENDPOINT = re.compile(r"(tcp|udp)/(\d+)")
_GET = re.compile(rb"GET (/[A-Za-z0-9._/-]*) HTTP/1\.[01]\r\n")


def see_it_yourself(transcript: Sequence[Exchange]) -> str:
    """Return a shell command that says to the student's server what our client said."""
    server = [item for item in transcript if item.what == "listens" and not _gone(item, transcript)]
    where = _ENDPOINT.fullmatch(server[0].data) if server else None
    sends = [item for item in transcript if item.what == "sent"]
    others = {item.actor for item in transcript if item.what in {"connected", "sent", "reset"}}
    if where is None or not sends or len(others) != 1:
        return ""
    if any(item.what in {"reset", "accepted"} for item in transcript):
        return ""
    said = [as_bytes(item.data) for item in sends]
    if len(said) > MAX_SENDS or sum(map(len, said)) > MAX_BYTES:
        return ""
    transport, port = where.groups()
    get = _GET.match(said[0])
    if get and len(said) == 1 and transport == "tcp":
        return f"curl -v --path-as-is http://127.0.0.1:{port}{get[1].decode()}"
    typed = "; ".join(f"printf {quoted(data)}; sleep 1" for data in said)
    return f"({typed}) | nc {'-u -w 1 ' if transport == 'udp' else ''}127.0.0.1 {port}"


def quoted(data: bytes) -> str:
    """Write bytes as an argument of printf that every shell understands."""
    return "'" + "".join(_octal(byte) for byte in data) + "'"


def _octal(byte: int) -> str:
    named = {0x0A: "\\n", 0x0D: "\\r", 0x25: "%%", 0x5C: "\\\\"}
    if byte in named:
        return named[byte]
    plain = 0x20 <= byte < 0x7F and byte != 0x27
    return chr(byte) if plain else f"\\{byte:03o}"


def _gone(item: Exchange, transcript: Sequence[Exchange]) -> bool:
    """Tell whether it stopped listening there before anything was said."""
    return any(
        other.what == "stopped listening" and other.data == item.data and other.at < item.at
        for other in transcript
    )
