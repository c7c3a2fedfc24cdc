"""Reads in a program's code what it does: does it serve or connect, over TCP or UDP, has it a main?

Looks at code only (`lexing`), so that a comment or a prompt that talks of `bind` counts nothing.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from grader.core.languages.lexing import Lexed
from grader.core.languages.plan import Language
from grader.core.regex import regex

Role = Literal["server", "client", "both", ""]


class Traits(msgspec.Struct, frozen=True):
    """What the code of one or several files does. Traits of several files are added with `|`."""

    serves: bool = False  # listens, accepts, or starts a library's server
    connects: bool = False
    binds: bool = False
    sends_first: bool = False  # datagrams: sends before it receives
    receives: bool = False  # datagrams
    tcp: bool = False
    udp: bool = False

    def __or__(self, other: Traits) -> Traits:
        """Return what both do together; who of them comes first is the left one's to say."""
        return Traits(
            self.serves or other.serves,
            self.connects or other.connects,
            self.binds or other.binds,
            self.sends_first or (other.sends_first and not self.receives),
            self.receives or other.receives,
            self.tcp or other.tcp,
            self.udp or other.udp,
        )

    @property
    def role(self) -> Role:
        """The part a program with these traits plays; "" when the code does not tell."""
        if self.serves:
            return "both" if self.connects else "server"
        if self.connects:
            return "both" if self.binds and self.receives and not self.sends_first else "client"
        if self.sends_first:
            return "client"
        if self.binds:
            return "server"
        return ""

    @property
    def sure(self) -> bool:
        """Whether the role is beyond doubt: a client may bind its own port, too."""
        return self.serves or self.connects or not self.binds


_WORDS: dict[str, dict[str, re.Pattern[str]]] = {
    "python": {
        "serves": regex(
            r"\.\s*(?:listen|accept|serve_forever|handle_request)\s*\(|\bcreate_server\s*\("
            r"|\bstart_server\s*\(|\b\w*(?:TCP|UDP|HTTP|Unix|XMLRPC)Server\s*\(|\blocal_addr\b"
        ),
        "connects": regex(
            r"\.\s*connect(?:_ex)?\s*\(|\bcreate_connection\s*\(|\bopen_connection\s*\("
            r"|\burlopen\s*\(|\bHTTPConnection\s*\(|\brequests\s*\.\s*(?:get|post|head)\s*\("
            r"|\bremote_addr\b|\bTelnet\s*\("
        ),
        "binds": regex(r"\.\s*bind\s*\("),
        "sends": regex(r"\.\s*(?:sendto|sendmsg)\s*\("),
        "receives": regex(r"\.\s*recv(?:from|msg)(?:_into)?\s*\("),
        "tcp": regex(
            r"\bSOCK_STREAM\b|\bsocket\s*\(\s*\)|TCPServer\b|HTTPServer\b|\bstart_server\b"
            r"|\bopen_connection\b|\bcreate_(?:server|connection)\b|\.\s*(?:listen|accept)\s*\("
        ),
        "udp": regex(r"\bSOCK_DGRAM\b|UDPServer\b|\.\s*recvfrom\s*\(|datagram_endpoint"),
    },
    "c": {
        "serves": regex(r"(?<![\w.>:])(?:::)?(?:listen|accept4?)\s*\("),
        "connects": regex(r"(?<![\w.>:])(?:::)?connect\s*\("),
        "binds": regex(r"(?<![\w.>:])(?:::)?bind\s*\("),
        "sends": regex(r"(?<![\w.>:])(?:::)?(?:sendto|sendmsg)\s*\("),
        "receives": regex(r"(?<![\w.>:])(?:::)?recv(?:from|msg)\s*\("),
        "tcp": regex(r"\bSOCK_STREAM\b|(?<![\w.>])(?:listen|accept4?)\s*\("),
        "udp": regex(r"\bSOCK_DGRAM\b|(?<![\w.>])recvfrom\s*\("),
    },
    "java": {
        "serves": regex(
            r"\bnew\s+(?:SSL)?ServerSocket\b|\.\s*accept\s*\(|\bServerSocketChannel\b|\bHttpServer\b"
        ),
        "connects": regex(
            r"\bnew\s+Socket\s*\(|\bSocketChannel\s*\.\s*open\b|\.\s*connect\s*\("
            r"|\bHttpURLConnection\b|\bHttpClient\b|\bSocket\s*\.\s*of\b"
        ),
        "binds": regex(r"\bnew\s+(?:DatagramSocket|MulticastSocket)\s*\(\s*[^\s)]|\.\s*bind\s*\("),
        "sends": regex(r"\.\s*send\s*\("),
        "receives": regex(r"\.\s*receive\s*\("),
        "tcp": regex(
            r"\b(?:Server)?Socket(?:Channel)?\s*(?:\w+\s*=|\.|\()|\bnew\s+(?:Server)?Socket\b|\bHttpServer\b"
        ),
        "udp": regex(r"\bDatagram(?:Socket|Packet|Channel)\b|\bMulticastSocket\b"),
    },
}
_WORDS["cpp"] = _WORDS["c"]

_C_MAIN = regex(
    r"(?m)^(?:[ \t]*"
    r"(?:(?:static|extern|inline|int|void|signed|auto|WINAPI|__cdecl|_cdecl)\b\s*){1,4})?"
    r"(?:main|_tmain|wmain)\s*\("
)
_PYTHON_TOP = regex(
    r"(?m)^(?:while|for|with|try|async[ \t]+with|(?:await[ \t]+)?[A-Za-z_][\w.]*[ \t]*\()"
    r"|^if\b[^\n]*__name__|^[A-Za-z_][\w.,\t ]*=[^\n=]*\b[sS]ocket\w*[ \t]*\("
)


def traits(lexed: Lexed, language: Language) -> Traits:
    """Read what the code of one file does."""
    found = {name: word.search(lexed.code) for name, word in _WORDS[language].items()}
    sends, receives = found["sends"], found["receives"]
    return Traits(
        serves=found["serves"] is not None,
        connects=found["connects"] is not None,
        binds=found["binds"] is not None,
        sends_first=sends is not None
        and (receives is None or sends.start() < receives.start())
        and (language != "java" or found["udp"] is not None),
        receives=receives is not None,
        tcp=found["tcp"] is not None,
        udp=found["udp"] is not None,
    )


def has_main(lexed: Lexed, language: Language) -> bool:
    """Tell whether C or C++ defines `main`, or whether Python does something when it is run."""
    if language == "python":
        return _PYTHON_TOP.search(lexed.code) is not None
    return _C_MAIN.search(lexed.code) is not None
