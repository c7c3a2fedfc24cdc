"""Collects the port numbers a program mentions, likeliest first.

A number on a line that speaks of ports, addresses or sockets is likely one, another from 1024 on
may be one; below 1024 only what is given to `bind`, `htons` and the like, or to a name with `port`
in it, and 80 and 443. Comments do not count, strings like "127.0.0.1:12000" do.
"""

from __future__ import annotations

from collections.abc import Iterable

from grader.core.languages.lexing import Lexed
from grader.core.regex import regex

MOST = 16

_NUMBER = regex(r"(?<![\w.\[])(0[xX][0-9a-fA-F]{1,4}|\d(?:_?\d){0,4})(?:[uUlL]{0,3})(?![\w.])")
_NEAR = regex(
    r"(?i)port(?!able|ion|rait|ugu)|\bbind\b|\bconnect(?:_ex)?\b|sendto|htons|sockaddr"
    r"|getaddrinfo|(?:server|datagram|\bnew\s+)\w*socket\s*\(|create_(?:server|connection)"
    r"|\baddr(?:ess)?\b|(?:TCP|UDP|HTTP)Server\s*\(|InetSocketAddress|DatagramPacket"
)
_GIVEN = regex(
    r"(?i)(?:port\w*\s*(?:[=:(,]|\s)\s*|htons\s*\(\s*|\b(?:bind|connect\w*|sendto)\s*\(.{0,200},\s*"
    r"|socket\w*\s*\((?:[^()]{0,200},)?\s*)$"
)
_IN_STRING = regex(
    r"(?:(?:\d{1,3}(?:\.\d{1,3}){3}|localhost|\]|\*|^):|^\s*)(\d{2,5})(?:/[^\n]*|\s*)$"
)
_LIMITS = frozenset((65535, 65507))  # the greatest port and datagram are named, not used
_WELL_KNOWN = frozenset((80, 443))


def port_hints(sources: Iterable[Lexed]) -> tuple[int, ...]:
    """Return the ports that a program's sources mention, at most `MOST`."""
    ranks: dict[int, int] = {}
    for lexed in sources:
        for line in lexed.code.split("\n"):
            near = _NEAR.search(line) is not None
            for match in _NUMBER.finditer(line):
                given = near and _GIVEN.search(line[max(0, match.start() - 250) : match.start()])
                _note(ranks, _integer(match[1]), 0 if given else 1 if near else 2)
        for _, text in lexed.strings:
            found = _IN_STRING.search(text[:200])
            if found:
                _note(ranks, int(found[1]), 0 if ":" in text else 1)
    return tuple(sorted(ranks, key=lambda port: ranks[port]))[:MOST]


def _note(ranks: dict[int, int], port: int, rank: int) -> None:
    """Keep a number if it may be a port: 0 is likeliest, round numbers are mostly buffers."""
    if port >= 1024 or port in _WELL_KNOWN or rank == 0:
        rank += 3 * (port < 1024 and port not in _WELL_KNOWN) + 2 * (rank > 0 and port % 1024 == 0)
        if 0 < port < 65536 and port not in _LIMITS:
            ranks[port] = min(rank, ranks.get(port, rank))


def _integer(digits: str) -> int:
    return int(digits.replace("_", ""), 16 if digits[:2] in ("0x", "0X") else 10)
