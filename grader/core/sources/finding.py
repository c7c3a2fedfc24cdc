"""Finds in source what a spec asks for: uses of names, calls, imports, keywords; paths; comments.

A use is told by tokens, so a comment or a string that mentions a name is none. Names are as a
reader would write them: `os.system` is found behind `import os as o` and `from os import system`
too, `std::thread` as `thread` too, and `.exec` is a method of that name, whatever it is called on.
What is put together while the program runs (`__import__`, reflection) is not found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from grader.core.regex import regex
from grader.core.sources.imports import aliases, imported
from grader.core.sources.reading import Source, Token

# Directories of one machine or one person. A path that every Unix has (/dev/null, /bin/sh, /tmp),
# and what is rather the path of a URL ("/", "/index.html", "/home", "/home/about.html",
# "/media/logo.png") is none.
_PLACE = regex(
    r"""(?x)
      (?:/home|/Users) / [^/\s]+ / [^/\s]      # somebody's files
    | /root/ [^/\s]
    | /mnt/ [^/\s] | /opt/ [^/\s] | /srv/ [^/\s] | /var/www (?:/|$)
    | [A-Za-z]: [\\/]+ [\w.$-][\w.$\ -]        # C:\ and D:/
    | \\\\ [\w.$-]+ \\ [\w.$-]                 # \\server\share
    """
)


class Finding(msgspec.Struct, frozen=True):
    """Something found: where, and what it is."""

    path: str
    line: int
    what: str
    code: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code}"


class Wanted(msgspec.Struct, frozen=True):
    """What to look for; `anything` is any use of the name, be it a keyword."""

    anything: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join((*self.anything, *self.calls, *self.imports, *self.keywords))


class _Mention(msgspec.Struct, frozen=True):
    names: frozenset[str]  # as it is written, and as it is called where it comes from
    line: int
    called: bool


def uses(source: Source, wanted: Wanted) -> Iterator[Finding]:
    """Yield every use of what is wanted, a line and name once, in order of lines."""
    found: dict[tuple[int, str], None] = {}
    for module, line in imported(source):
        for name in _matching((*wanted.anything, *wanted.imports), {module}):
            found[line, name] = None
    for mention in _mentions(source):
        asked = (*wanted.anything, *wanted.calls) if mention.called else wanted.anything
        for name in _matching(asked, mention.names):
            found[mention.line, name] = None
    for token in source.tokens:
        if token.kind in ("keyword", "type"):
            for name in {token.text} & {*wanted.anything, *wanted.keywords}:
                found[token.line, name] = None
    for line, name in sorted(found):
        yield Finding(source.path, line, name, source.shown(line))


def _matching(wanted: Collection[str], names: Collection[str]) -> Iterator[str]:
    for name in wanted:
        plain = name.replace("::", ".")
        for there in names:
            is_method = plain.startswith(".") and there.endswith(plain)
            if there in (plain, f"{plain}.h") or there.startswith(f"{plain}.") or is_method:
                yield name
                break


def _mentions(source: Source) -> Iterator[_Mention]:
    """Yield the names in a file, dotted ones whole, as they are called outside of it."""
    known = aliases(source)
    tokens = source.tokens
    index = 0
    while index < len(tokens):
        if tokens[index].kind not in ("name", "type"):
            index += 1
            continue
        begin, parts = index, [tokens[index].text]
        index += 1
        while width := _joint(tokens, index):
            parts.append(tokens[index + width].text)
            index += width + 1
        before = tokens[begin - 1] if begin else None
        if not _defines(source.language, before, tokens[begin]):
            names = _names(parts, tokens[max(0, begin - 2) : begin], known)
            called = index < len(tokens) and tokens[index].text == "("
            yield _Mention(names, tokens[begin].line, called)


def _names(
    parts: Sequence[str], before: Sequence[Token], known: Mapping[str, str]
) -> frozenset[str]:
    """Return what a name may be called, given the two tokens before it."""
    name = ".".join(parts)
    ahead = "".join(token.text for token in before)
    if ahead.endswith((".", "->")):  # of what a call or an index returned
        return frozenset([f".{name}"])
    whole = ".".join([known.get(parts[0], parts[0]), *parts[1:]])
    return frozenset([name, name.removeprefix("std."), whole])


def _joint(tokens: Sequence[Token], index: int) -> int:
    """Return how many tokens join the name before to the one behind: `.`, `::` or `->`."""
    following = [token.text for token in tokens[index : index + 2]]
    width = 1 if following[:1] == ["."] else 2 if following in ([":", ":"], ["-", ">"]) else 0
    behind = tokens[index + width : index + width + 1]
    return width if behind and behind[0].kind == "name" else 0


def _defines(language: str, before: Token | None, name: Token) -> bool:
    """Tell whether a name is given a meaning here: `def eval(`, `int system(`."""
    if before is None:
        return False
    if language == "python":
        return before.text in ("def", "class")
    return before.kind == "type" or (before.kind == "name" and before.line == name.line)


def absolute_paths(source: Source, allowed: Collection[str] = ()) -> Iterator[Finding]:
    """Yield the strings and includes that begin with a directory of one machine."""
    for token in source.tokens:
        if token.kind not in ("string", "file"):
            continue
        text = token.text.strip(' \n<>"').removeprefix("file://")
        text = text[1:] if re.match(r"/[A-Za-z]:", text) else text
        if _PLACE.match(text) and not text.startswith(tuple(allowed) or ("\0",)):
            yield Finding(source.path, token.line, text, source.shown(token.line))


def comments(source: Source) -> list[Token]:
    """Return the comments that say something, docstrings too."""
    found = [token for token in source.tokens if token.kind == "comment" and _says(token.text)]
    if source.language == "python":
        found += [
            token
            for before, token in pairwise(source.tokens)
            if token.kind == "string" and before.text == ":" and before.line < token.line
        ]
    return found


def _says(comment: str) -> bool:
    return "coding" not in comment[:20] and re.search(r"[^\W\d_]{2}", comment) is not None


def code_lines(source: Source) -> int:
    """Return the number of lines that hold code."""
    return len({token.line for token in source.tokens if token.kind != "comment"})
