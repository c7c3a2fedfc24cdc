"""Finds the addresses and host names that a program's source has written into it.

Only what is a string of its own counts, or one before a port: `"192.168.1.5"`, `"10.0.0.7:12000"`.
A name counts only where it is plainly a host: given to connect(), gethostbyname() and the like, or
to a variable that is called so. What comes out is safe to be put into a hosts file: students write
the input, so a name is checked letter by letter.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator

from grader.core.languages.lexing import Lexed
from grader.core.regex import regex

MOST = 8  # of each kind

_ADDRESS = regex(r"\s*(?:\w{2,5}://)?(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?[/\s]*")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = regex(rf"{_LABEL}(?:\.{_LABEL})*")
_OURS = regex(r"localhost|localhost\..*|.*\.localhost|ip6-.*|lab|localdomain|broadcasthost|any|all")
_FILE = regex(r"html?|txt|py|java|c|cpp|h|css|js|png|jpe?g|gif|ico|pdf|json|xml|md|log|csv")
_VARIABLE = (
    r"(?:server|(?:(?:server|remote|target|peer|dest|dst|my|the)_?)?"
    r"(?:host|host_?name|ip|addr|address|ip_?addr(?:ess)?)|server_?name)"
)
_GIVEN = regex(
    rf"""(?xi)
      (?: \b (?: gethostbyname(?:_ex)? | getaddrinfo | getByName | getAllByName | connect(?:_ex)?
                | create_connection | open_connection | InetSocketAddress | HTTPConnection | bind )
          \s* \( [\s(]*
        | \bnew\s+Socket \s* \( \s*
        | \bsendto \s* \( [^()]* , \s* \( \s*
        | \b{_VARIABLE} \s* (?: \[\s*\d*\s*\] | :\s*[\w:]+ )? \s* = \s* \(? \s*
        | \#\s*define \s+ {_VARIABLE} \s+ \(? )
      [bru]{{0,2}} $
    """
)


def addresses(sources: Iterable[Lexed]) -> tuple[str, ...]:
    """Return the IPv4 addresses of single machines that are written in the source."""
    found = (
        match[1]
        for lexed in sources
        for _, text in lexed.strings
        if len(text) < 80 and (match := _ADDRESS.fullmatch(text)) and _is_machine(match[1])
    )
    return tuple(dict.fromkeys(found))[:MOST]


def _is_machine(written: str) -> bool:
    """Tell whether an address can be one of a machine's: no loopback, network or group."""
    try:
        address = ipaddress.IPv4Address(written)
    except ValueError:
        return False
    if int(address) >> 24 == 0 or address.is_loopback or address.is_multicast:
        return False
    return not address.is_reserved  # from 240.0.0.0 on, the broadcast address too


def host_names(sources: Iterable[Lexed]) -> tuple[str, ...]:
    """Return the host names that are written in the source, in lower case."""
    found = (name for lexed in sources for name in _names(lexed) if is_host_name(name))
    return tuple(dict.fromkeys(found))[:MOST]


def _names(lexed: Lexed) -> Iterator[str]:
    for start, text in lexed.strings:
        before = lexed.code[max(0, start - 161) : start - 1]
        line = before[before.rfind("\n") + 1 :]
        if _GIVEN.search(line):
            yield text.strip().lower()


def is_host_name(name: str) -> bool:
    """Tell whether a text is the name of another machine, and harmless in a hosts file."""
    if len(name) > 253 or not name.isascii() or not _NAME.fullmatch(name):
        return False
    last = name.rpartition(".")[2]
    return not (last.isdigit() or _FILE.fullmatch(last) or _OURS.fullmatch(name))
