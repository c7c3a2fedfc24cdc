"""Takes comments and strings out of source text, so that what is left is code.

`lex` keeps every character's place: comments become blanks, strings keep their quotes and lose
their content, line ends stay. It never fails: an unterminated string ends with its line, an
unterminated comment with the file. Good enough to look for words, not to compile.
"""

from __future__ import annotations

import re
from functools import partial

import msgspec

from grader.core.regex import regex

_C_LIKE = regex(
    r"""(?xs)
      (?P<comment> //(?:\\\n|[^\n])* | /\*.*?(?:\*/|\Z) )
    | R"(?P<fence>[^()\\\s]{0,16})\( (?P<raw> .*?) (?: \)(?P=fence)" | \Z )
    | (?P<quote>") (?P<text> (?:\\.|[^"\\\n])*) "?
    | ' (?: \\.[^'\n]{0,8} | [^'\\\n]{1,4} ) '
    """
)
_JAVA = regex(
    r"""(?xs)
      (?P<comment> //[^\n]* | /\*.*?(?:\*/|\Z) )
    | (?P<quote>\"{3}) (?P<text> .*?) (?:\"{3}|\Z)
    | " (?P<raw> (?:\\.|[^"\\\n])*) "?
    | ' (?: \\.[^'\n]{0,8} | [^'\\\n]{1,2} ) '
    """
)
_PYTHON = regex(
    r"""(?xs)
      (?P<comment> \#[^\n]* )
    | (?P<quote>\"{3}|'{3}) (?P<text> (?:\\.|[^\\])*?) (?:(?P=quote)|\Z)
    | (?P<single>["']) (?P<raw> (?: \\. | (?!(?P=single)) [^\\\n] )*) (?P=single)?
    """
)


class Lexed(msgspec.Struct, frozen=True):
    """Source text with its comments and strings taken out."""

    text: str  # as it was
    code: str  # comments and the insides of strings blanked, everything in its place
    strings: tuple[tuple[int, str], ...]  # where each string begins, and what is written in it

    def line(self, position: int) -> int:
        """Return the number of the line a position is on, from 1."""
        return self.code.count("\n", 0, position) + 1

    def line_text(self, position: int) -> str:
        """Return the line a position is on, as it was written."""
        start = self.text.rfind("\n", 0, position) + 1
        return self.text[start:].partition("\n")[0].strip()


def lex(text: str, language: str) -> Lexed:
    """Take a file apart; `language` is one of `plan.Language`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    strings: list[tuple[int, str]] = []
    grammar = {"python": _PYTHON, "java": _JAVA}.get(language, _C_LIKE)
    return Lexed(text, grammar.sub(partial(_blank, strings), text), tuple(strings))


def _blank(strings: list[tuple[int, str]], match: re.Match[str]) -> str:
    whole = match[0]
    if match["comment"] is not None:
        return _blanks(whole)
    name = "text" if match["text"] is not None else "raw"
    if match[name] is None:  # a character constant
        return "'" + " " * (len(whole) - 2) + "'"
    strings.append((match.start(name), match[name]))
    start, end = match.start(name) - match.start(), match.end(name) - match.start()
    return whole[:start] + _blanks(match[name]) + whole[end:]


def _blanks(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))
