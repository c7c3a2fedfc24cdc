"""Mistakes in texts: wrong words, wrong case, line ends, headers, what is not stripped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from grader.core.mutation.asking import called
from grader.core.mutation.model import Change
from grader.core.mutation.registry import operator
from grader.core.mutation.source import Source

Changes = Iterator[Change]
Text = str | bytes

# Texts that are no words of the protocol: names of encodings, modes, attributes, usages.
TECHNICAL = frozenset(
    {"encode", "decode", "open", "reconfigure", "exit", "getattr", "compile", "get_extra_info"}
    | {"strip", "rstrip", "lstrip", "split"}
)
TABLE = 3  # texts in a dict that make it a table of data
CASES = {"upper": ("lower", "swapcase"), "lower": ("upper", "swapcase")}
HEADER = re.compile(r"[A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)*: ?\S*")
CODE = re.compile(r"[1-5][0-9][0-9][ -]")


@operator()
def other_case(source: Source, node: ast.AST) -> Changes:
    """The wrong case: lower() for upper()."""
    yield from _cases(source, node, 0)


@operator()
def swapped_case(source: Source, node: ast.AST) -> Changes:
    """swapcase() for upper(), which looks right as long as all is typed in lower case."""
    yield from _cases(source, node, 1)


@operator()
def same_case(source: Source, node: ast.AST) -> Changes:
    """The text goes out as it came in."""
    if isinstance(node, ast.Call) and called(node) in CASES and _method(node):
        yield Change(node, source.written(_owner(node)), f"no {called(node)}()")


def _cases(source: Source, node: ast.AST, which: int) -> Changes:
    if isinstance(node, ast.Call) and called(node) in CASES and _method(node):
        other = CASES[called(node)][which]
        yield Change(node, f"{source.written(_owner(node))}.{other}()", f"{other}()")


def _method(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and not node.args


def _owner(node: ast.Call) -> ast.expr:
    assert isinstance(node.func, ast.Attribute)  # noqa: S101 - see _method
    return node.func.value


@operator(deviation=True)
def not_stripped(source: Source, node: ast.AST) -> Changes:
    """The line end stays: no strip()."""
    if isinstance(node, ast.Call) and called(node) in {"strip", "rstrip", "lstrip"}:
        yield Change(node, source.written(_owner(node)), f"no {called(node)}()")


@operator()
def not_encoded(source: Source, node: ast.AST) -> Changes:
    """A str where bytes are wanted: no encode()."""
    if isinstance(node, ast.Call) and called(node) == "encode" and _method_any(node):
        yield Change(node, source.written(_owner(node)), "no encode()")


def _method_any(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute)


@operator()
def wrong_words(source: Source, node: ast.AST) -> Changes:
    """A text of the protocol, or of the screen, is misspelt."""
    words = _words(source, node)
    if words is None:
        return
    spelt = _misspelt(words)
    if spelt != words:
        yield Change(node, repr(spelt), f"misspelt: {spelt!r}")


@operator()
def wrong_reply_code(source: Source, node: ast.AST) -> Changes:
    """A wrong three-digit reply code: 550 for 250, 250 for 503."""
    words = _words(source, node)
    text = words.decode("latin-1") if isinstance(words, bytes) else words or ""
    if CODE.match(text):
        code = "550" if text[0] in "23" else "250"
        new = code + text[3:]
        yield Change(
            node,
            repr(new.encode("latin-1") if isinstance(words, bytes) else new),
            f"{code} for {text[:3]}",
        )


@operator()
def bare_line_end(source: Source, node: ast.AST) -> Changes:
    """LF for CR LF."""
    for new in _line_ends(source, node, "\n"):
        yield Change(node, new, "LF for CR LF")


@operator()
def no_line_end(source: Source, node: ast.AST) -> Changes:
    """The CR LF is missing."""
    for new in _line_ends(source, node, ""):
        yield Change(node, new, "no CR LF")


def _line_ends(source: Source, node: ast.AST, end: str) -> Iterator[str]:
    words = _words(source, node, letters=False)
    if isinstance(words, bytes) and b"\r\n" in words:
        yield repr(words.replace(b"\r\n", end.encode()))
    elif isinstance(words, str) and "\r\n" in words:
        yield repr(words.replace("\r\n", end))


@operator()
def missing_element(source: Source, node: ast.AST) -> Changes:
    """A header line is missing: an element of a list of lines."""
    up = source.parent(node)
    text = isinstance(node, ast.Constant | ast.JoinedStr)
    if text and isinstance(up, ast.List) and HEADER.match(_beginning(node)):
        yield Change(node, "*[]", f"no {source.written(node)}")


def _beginning(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr) and node.values:
        node = node.values[0]
    value = node.value if isinstance(node, ast.Constant) else ""
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _words(source: Source, node: ast.AST, *, letters: bool = True) -> Text | None:
    """Return a constant that is a text of the protocol or of the screen; None for any other."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str | bytes):
        return None
    if letters and not _letters(node.value):
        return None
    up = source.parent(node)
    if isinstance(up, ast.keyword) or isinstance(source.parent(up or node), ast.FormattedValue):
        return None  # an option's value, or how an f-string formats
    if isinstance(up, ast.Dict) and len(up.values) >= TABLE:
        return None
    for above in source.above(node):
        if isinstance(above, ast.Call):
            return None if called(above) in TECHNICAL else node.value
        if isinstance(above, ast.stmt):
            break
    return node.value


def _letters(value: Text) -> bool:
    text = value.decode("latin-1") if isinstance(value, bytes) else value
    return any(char.isascii() and char.isalpha() for char in text)


def _misspelt(value: Text) -> Text:
    """Replace the first letter by the next of the alphabet."""
    text = value.decode("latin-1") if isinstance(value, bytes) else value
    for index, char in enumerate(text):
        if char.isascii() and char.isalpha():
            other = "a" if char == "z" else "A" if char == "Z" else chr(ord(char) + 1)
            text = text[:index] + other + text[index + 1 :]
            break
    return text.encode("latin-1") if isinstance(value, bytes) else text
