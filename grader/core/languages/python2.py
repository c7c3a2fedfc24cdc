"""Recognises Python 2, by tokens that Python 3 refuses or no longer has.

A file that takes care of both versions itself (`except NameError`, `except ImportError`) is no
Python 2 for its names; syntax that Python 3 cannot read always is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from grader.core.languages.lexing import Lexed
from grader.core.regex import regex

_START = r"(?m)(?:^|[:;])[ \t]*"
_SYNTAX = (
    (_START + r"""(?P<at>print)(?:[ \t]+(?!(?:in|is|if|and|or|not|else|for)\b)[\w"'`{]|["'])""",
     "print statement"),
    (_START + r"(?P<at>print)[ \t]*>>", "print statement"),
    (_START + r"(?P<at>except)[ \t]+(?:[\w.]+|\([^()\n]*\))[ \t]*,[ \t]*[a-z_]\w*[ \t]*:",
     "except X, e"),
    (_START + r"(?P<at>raise)[ \t]+[A-Za-z_][\w.]*[ \t]*,", "raise X, message"),
    (_START + r"""(?P<at>exec)[ \t]+[A-Za-z_"'][^\n=]*$""", "exec statement"),
    (r"(?P<at>`)[^`\n]+`", "backticks"),
    (r"(?P<at><>)", "<> for !="),
    (r"(?<![\w.])(?P<at>\d+[lL])\b", "long integer"),
    (r"""(?<!\w)(?P<at>[uU][rR])["']""", "ur string"),
)  # fmt: skip
_NAMES = (
    (r"(?<![\w.])(?P<at>raw_input)[ \t]*\(", "raw_input()"),
    (r"(?<![\w.])(?P<at>xrange)[ \t]*\(", "xrange()"),
    (r"(?<![\w.])(?P<at>unicode)[ \t]*\(", "unicode()"),
    (r"\.[ \t]*(?P<at>has_key)[ \t]*\(", "has_key()"),
)
_GONE = frozenset(
    (
        *("urllib2", "urlparse", "httplib", "Queue", "SocketServer", "BaseHTTPServer"),
        *("SimpleHTTPServer", "CGIHTTPServer", "StringIO", "cStringIO", "cPickle", "Tkinter"),
        *("tkMessageBox", "thread", "ConfigParser", "commands", "xmlrpclib", "HTMLParser"),
        *("SimpleXMLRPCServer", "Cookie", "cookielib", "robotparser", "anydbm", "md5", "sets"),
    )
)
_IMPORT = regex(
    r"(?m)^[ \t]*(?:from[ \t]+(?P<from>\w+)[\w.]*[ \t]+import\b|import[ \t]+(?P<names>[\w., \t]+))"
)
_BOTH = regex(
    r"\bexcept\b[^\n:]*\b(?:NameError|ImportError|ModuleNotFoundError)\b|\bversion_info\b|\bsix\b"
)
_SYNTAX_RE = tuple((regex(pattern), what) for pattern, what in _SYNTAX)
_NAMES_RE = tuple((regex(pattern), what) for pattern, what in _NAMES)


class Evidence(msgspec.Struct, frozen=True):
    """The first thing in a file that is Python 2 only."""

    line: int
    what: str
    text: str


def python2(lexed: Lexed, own_modules: frozenset[str] = frozenset()) -> Evidence | None:
    """Return the first evidence of Python 2; the student's own modules may be called anything."""
    found = [
        (match.start("at"), what)
        for pattern, what in _SYNTAX_RE
        if (match := pattern.search(lexed.code))
    ]
    if not _BOTH.search(lexed.code):
        found += _names(lexed.code)
        found += _imports(lexed.code, own_modules)
    if not found:
        return None
    position, what = min(found)
    return Evidence(lexed.line(position), what, lexed.line_text(position))


def _names(code: str) -> Iterable[tuple[int, str]]:
    for pattern, what in _NAMES_RE:
        match = pattern.search(code)
        if match and not re.search(
            rf"\b{match['at']}[ \t]*=|\b(?:def|as)[ \t]+{match['at']}\b", code
        ):
            yield match.start("at"), what


def _imports(code: str, own: frozenset[str]) -> Iterable[tuple[int, str]]:
    for match in _IMPORT.finditer(code):
        listed = [match["from"]] if match["from"] else re.findall(r"[\w.]+", match["names"])
        for name in listed:
            if name.partition(".")[0] in _GONE - own:
                yield match.start(), f"import {name}"
                return
