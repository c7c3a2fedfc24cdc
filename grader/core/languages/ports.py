"""Collects the port numbers a program mentions, likeliest first.

A number beside a word like `port`, `bind` or `htons` is a port, however small; any other number
from 1024 on may be one. Numbers in comments do not count, those in strings like
"127.0.0.1:12000" do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.core.languages.lexing import Lexed

MOST = 16

_NUMBER = re.compile(r"(?<![\w.\[])(0[xX][0-9a-fA-F]{1,4}|\d(?:_?\d){0,4})(?:[uUlL]{0,3})(?![\w.])")
_NEAR = re.compile(
    r"(?i)port(?!able|ion|rait|ugu)|\bbind\b|\bconnect(?:_ex)?\b|sendto|htons|sockaddr"
    r"|getaddrinfo|(?:server|datagram|\bnew\s+)\w*socket\s*\(|create_(?:server|connection)"
    r"|\baddr(?:ess)?\b|(?:TCP|UDP|HTTP)Server\s*\(|InetSocketAddress|DatagramPacket"
)
_IN_STRING = re.compile(
    r"(?:(?:\d{1,3}(?:\.\d{1,3}){3}|localhost|\]|\*|^):|^\s*)(\d{2,5})(?:/[^\n]*|\s*)$"
)
_WELL_KNOWN = frozenset((80, 443))


def port_hints(sources: Iterable[Lexed]) -> tuple[int, ...]:
    """Return the ports that a program's sources mention, at most `MOST`."""
    near: dict[int, None] = {}
    far: dict[int, None] = {}
    for lexed in sources:
        for line in lexed.code.split("\n"):
            close = _NEAR.search(line) is not None
            for match in _NUMBER.finditer(line):
                port = _integer(match[1])
                if close and 0 < port < 65536:
                    near.setdefault(port)
                elif 1024 <= port < 65536 or port in _WELL_KNOWN:
                    far.setdefault(port)
        for _, text in lexed.strings:
            found = _IN_STRING.search(text[:200])
            if found and (0 < int(found[1]) < 65536):
                (near if ":" in text else far).setdefault(int(found[1]))
    likely = [port for port in near if port >= 1024 or port in _WELL_KNOWN]
    small = [port for port in near if port not in likely]
    return tuple(dict.fromkeys([*likely, *small, *far]))[:MOST]


def _integer(digits: str) -> int:
    return int(digits.replace("_", ""), 16 if digits[:2] in ("0x", "0X") else 10)
