"""Reads a hand-in's source files into tokens, whatever their encoding, size and intent.

A file is read as far as `FILE_LIMIT`, a line as far as `LINE_LIMIT`, and all of a hand-in as far
as `TOTAL_LIMIT`: no program that people write is longer, and what looks at it has no clock. What
was left unread is said in `Reading.notes`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Literal

import msgspec

from grader.core.languages.kinds import HEADERS, language_of
from grader.core.languages.names import ending
from grader.core.regex import regex

FILE_LIMIT = 1 << 17
TOTAL_LIMIT = 1 << 18
LINE_LIMIT = 500
_STRANGE = regex(r"[^\S\n ]|\0")  # all white space is a blank; a NUL is none, and no text
_QUOTES = regex(r"(?s)[A-Za-z0-9]*(\"{3}|'{3}|[\"'])(.*)")

Kind = Literal["name", "keyword", "type", "string", "comment", "file", "mark"]


class Token(msgspec.Struct, frozen=True):
    """A piece of source: `text` is what is written, of a string what it says."""

    kind: Kind
    text: str
    line: int


class Source(msgspec.Struct, frozen=True):
    """A source file, read."""

    path: str
    language: str
    lines: tuple[str, ...]
    tokens: tuple[Token, ...]

    def shown(self, line: int) -> str:
        """Return a line as it was written, without its indentation."""
        return self.lines[line - 1].strip() if 0 < line <= len(self.lines) else ""


class Reading(msgspec.Struct, frozen=True):
    """All of a hand-in that is source, and what was not read of it."""

    sources: tuple[Source, ...]
    notes: tuple[str, ...] = ()


def read_sources(files: Mapping[str, bytes]) -> Reading:
    """Read every source file and header of a hand-in."""
    sources, notes, total = [], [], 0
    for path, data in files.items():
        language = _language(path, data)
        if language is None or not data.strip():
            continue
        if total >= TOTAL_LIMIT:
            notes.append(f"{path} was not looked at: too much source code was handed in")
            continue
        if len(data) > FILE_LIMIT:
            notes.append(f"only the first {FILE_LIMIT >> 10} KiB of {path} were looked at")
        total += min(len(data), FILE_LIMIT)
        sources.append(_read(path, language, data[:FILE_LIMIT]))
    return Reading(tuple(sources), tuple(notes[:5]))


def _language(path: str, data: bytes) -> str | None:
    return "cpp" if ending(path).lower() in HEADERS else language_of(path, data)


@lru_cache(maxsize=8)  # the next step reads the same files
def _read(path: str, language: str, data: bytes) -> Source:
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    lines = tuple(_STRANGE.sub(" ", line[:LINE_LIMIT]).rstrip() for line in text.split("\n"))
    # Empty lines are taken out: patterns that begin with "any white space" would go through all
    # of them again and again.
    numbers = [number for number, line in enumerate(lines, 1) if line]
    code = "".join(f"{lines[number - 1]}\n" for number in numbers)
    return Source(path, language, lines, tuple(_tokens(language, code, numbers)))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:  # what was cut off may end within a character
        return codecs.getincrementaldecoder("utf-8-sig")().decode(data, final=False)
    except UnicodeDecodeError:
        return data.decode("latin-1")


@cache
def _kinds() -> tuple[tuple[Any, Kind], ...]:
    from pygments.token import Comment, Keyword, Name, Operator, String  # noqa: PLC0415

    return (
        (Comment.Hashbang, "mark"),
        (Comment.PreprocFile, "file"),
        (Comment.Preproc, "mark"),
        (Comment, "comment"),
        (String.Doc, "comment"),
        (String, "string"),
        (Keyword.Type, "type"),
        (Keyword, "keyword"),
        (Name, "name"),
        (Operator.Word, "keyword"),
    )


@cache
def _kind(token: Any) -> Kind:
    return next((kind for known, kind in _kinds() if token in known), "mark")


def _tokens(language: str, code: str, numbers: list[int]) -> Iterator[Token]:
    """Yield what is there but for white space, the pieces of a string as one."""
    row, end = 0, 0
    literal = _Literal(language)
    for index, token, text in _lexed(language, code):
        row += code.count("\n", end, index)
        end = index
        kind = _kind(token)
        if literal.takes(kind, text, row, hole=text in ("{", "}") and token[-1] == "Interpol"):
            continue
        if literal.written and not literal.holes:
            yield literal.done(numbers)
        if text.strip():
            yield Token("mark" if text == "." else kind, text, numbers[row])
    if literal.written:
        yield literal.done(numbers)


def _lexed(language: str, code: str) -> Iterator[tuple[int, Any, str]]:
    from grader.core.sources.lexers import LEXERS  # noqa: PLC0415 - only when a spec asks

    found: Iterator[tuple[int, Any, str]] = LEXERS[language].get_tokens_unprocessed(code)
    return found


class _Literal:
    """Collects the pieces of a string; what stands in `{…}` of an f-string is code."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.written, self.row, self.holes = "", 0, 0

    def takes(self, kind: Kind, text: str, row: int, *, hole: bool) -> bool:
        """Take a token if it is a part of the string."""
        if kind != "string":
            return False
        if not self.written:
            self.row = row
        if hole:
            self.holes = max(0, self.holes + (1 if text == "{" else -1))
            self.written += "\ufffc" if text == "{" else ""
        elif not self.holes:
            self.written += text
        return True

    def done(self, numbers: list[int]) -> Token:
        """Return the string that is over."""
        written, self.written, self.holes = self.written, "", 0
        return Token("string", said(written, self.language), numbers[self.row])


_ESCAPE = regex(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[0-7]{1,3}|.)", re.DOTALL)


def said(written: str, language: str) -> str:
    r"""Return what a literal says: no quotes, `\\` is a backslash, other escapes are no matter."""
    found = _QUOTES.match(written)
    if not found:
        return written
    prefix = written[: found.start(1)].lower()
    text = found[2].removesuffix(found[1])
    if "r" in prefix and language != "java":
        return text.partition("(")[2].rpartition(")")[0] if language in ("c", "cpp") else text
    return _ESCAPE.sub(lambda match: _escaped(match[1], language), text)


def _escaped(after: str, language: str) -> str:
    if after in ("\\", '"', "'"):
        return after
    if language == "python" and after not in tuple("abfnrtvNuUx01234567\n") and len(after) == 1:
        return f"\\{after}"  # Python leaves a backslash that means nothing
    return "\ufffd"
