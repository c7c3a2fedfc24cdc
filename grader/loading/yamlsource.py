"""Reads a YAML file strictly, with the meaning of YAML 1.2's core schema, keeping every place.

`no`, `on`, `12:30` and `2024-01-31` are text; only `true`/`false`, `null`/`~`/nothing and plain
numbers are more than text. Refused with an explanation: duplicate keys, tags, merge keys, tabs as
indentation, more than one document, cycles, alias bombs, anything but UTF-8, files over 1 MiB.

The result is a tree of `Node`s: each knows its plain value, where it stands, and how it was
written (`007` is the number 7, and the text "007" where text is wanted). It is built from PyYAML's
events, so that depth and size are limited while the file is read, not after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from grader.core.regex import regex
from grader.loading.errors import LoadError, Mark, nearest
from grader.loading.nodes import LINES, Document, Kind, Node

MAX_BYTES = 1 << 20
MAX_DEPTH = 40
MAX_ALIASES = 100
MAX_NODES = 50_000  # with aliases expanded
MAX_DIGITS = 30

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = regex(r"[-+]?[0-9]+")
_OCTAL = regex(r"0o[0-7]+")
_HEX = regex(r"0x[0-9a-fA-F]+")
_FLOAT = regex(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def read_yaml(path: Path, shown: str = "") -> Document:
    """Read a YAML file; raises `LoadError`. `shown` is how messages call the file."""
    name = shown or str(path)
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise LoadError("no such file", name) from None
    except IsADirectoryError:
        raise LoadError("this is a folder, not a file", name) from None
    except OSError as error:
        raise LoadError(f"cannot be read: {error.strerror}", name) from None
    return parse_yaml(raw, name)


def parse_yaml(raw: bytes, name: str) -> Document:
    """Read YAML from bytes; raises `LoadError`."""
    if len(raw) > MAX_BYTES:
        raise LoadError(f"larger than {MAX_BYTES >> 20} MiB: this is no file of ours", name)
    text = _decode(raw, name)
    document = Document(name, text, raw)
    try:
        document.root = (
            _quickly(document, text) or _Builder(document, text, yaml.SafeLoader).build()
        )
    except yaml.reader.ReaderError as error:
        mark = _offset_mark(text, int(error.position))
        message = f"the character U+{ord(str(text[error.position])):04X} is not allowed in YAML"
        raise document.error(
            message, mark, suggestion=r'write it as an escape in double quotes, like "\x07"'
        ) from None
    except yaml.MarkedYAMLError as error:
        raise _syntax(document, error) from None
    return document


def _quickly(document: Document, text: str) -> Node | None:
    """Read what is plainly right by libyaml, five times as fast; None if it is not there, or does
    not like the text: what is wrong is told in PyYAML's own words. That one is left to deal with
    tabs, too, of which it refuses more.
    """
    loader = getattr(yaml, "CSafeLoader", None)
    if loader is None or "\t" in text:
        return None
    try:
        return _Builder(document, text, loader).build()
    except yaml.YAMLError:
        return None


def _decode(raw: bytes, name: str) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise LoadError("the file is UTF-16, not UTF-8", name, suggestion="save it as UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        start = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
        number = len(re.findall(rb"\r\n|\r|\n", before)) + 1
        column = len(raw[start : error.start].decode("utf-8", "replace")) + 1
        source = LINES.split(raw[start:].decode("utf-8", "replace"), maxsplit=1)[0]
        raise LoadError(
            f"the file is not UTF-8: byte 0x{raw[error.start]:02X}",
            name,
            Mark(number, column),
            source=source,
            suggestion="save it as UTF-8",
        ) from None


def _offset_mark(text: str, offset: int) -> Mark:
    lines = LINES.split(text[:offset])
    return Mark(len(lines), len(lines[-1]) + 1)


def _mark(mark: Any) -> Mark:
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)


def _syntax(document: Document, error: yaml.MarkedYAMLError) -> LoadError:
    """Say what YAML did not like in words that help."""
    mark = _mark(error.problem_mark or error.context_mark)
    problem = error.problem or error.context or "not YAML"
    line = document.lines[mark.line - 1] if mark.line <= len(document.lines) else ""
    suggestion = ""
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in problem:
        problem, suggestion = "a tab is no indentation in YAML", "use spaces"
    elif "mapping values are not allowed" in problem:
        problem = 'a ": " inside a text without quotes'
        suggestion = 'put the text in quotes: key: "like: this" (or check the indentation)'
    elif "cannot start any token" in problem:
        suggestion = "put the text in quotes"
    elif "expected <block end>" in problem or "could not find expected ':'" in problem:
        suggestion = "look at the indentation and the quotes of this line and the one before"
    elif "expected ',' or" in problem:
        suggestion = "inside { } and [ ] put texts with , : { } [ ] in quotes"
    elif "while scanning a quoted" in (error.context or ""):
        suggestion = "the closing quote is missing, or a backslash needs single quotes"
    elif "unknown escape character" in problem:
        suggestion = "put the text in single quotes, where a backslash is a backslash"
    return document.error(problem, mark, suggestion=suggestion)


class _Builder:
    """Builds the tree from PyYAML's events."""

    def __init__(self, document: Document, text: str, loader: Any) -> None:
        self.document, self.loader = document, loader
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=loader))
        self.anchors: dict[str, Node | None] = {}
        self.aliases = 0

    def build(self) -> Node:
        """Return the root of the only document."""
        root = Node("null", None, Mark(1, 1))
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.wrong(event, 'a second document starts here ("---")', "keep one")
                root = self.node(next(self.events), 0)
        return root

    def wrong(self, event: Any, message: str, suggestion: str = "") -> LoadError:
        return self.document.error(message, _mark(event.start_mark), suggestion=suggestion)

    def node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if event.tag is not None and not (event.tag == "!" and event.implicit):
            raise self.wrong(event, "tags (!…) are not used here", "put the text in quotes")
        if depth > MAX_DEPTH:
            raise self.wrong(event, f"nested more than {MAX_DEPTH} levels deep")
        if event.anchor:
            self.anchors[event.anchor] = None
        if isinstance(event, yaml.ScalarEvent):
            node = self.scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self.sequence(event, depth)
        else:
            node = self.mapping(event, depth)
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def alias(self, event: Any) -> Node:
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            raise self.wrong(event, f"more than {MAX_ALIASES} aliases (*name)", "write them out")
        if event.anchor not in self.anchors:
            known = list(self.anchors)
            close = nearest(event.anchor, known) or "put a text that starts with * in quotes"
            raise self.wrong(event, f"nothing is called &{event.anchor} above", close)
        node = self.anchors[event.anchor]
        if node is None:
            raise self.wrong(event, f"*{event.anchor} contains itself", "write it out")
        return node

    def scalar(self, event: Any) -> Node:
        mark = _mark(event.start_mark)
        plain, text = not event.style, self.text(event)
        if plain and not text and self.loader is not yaml.SafeLoader:
            raise yaml.YAMLError  # libyaml has other ideas of where a nothing stands
        if not plain:
            return Node("text", text, mark, text)
        kind, value = self.resolve(text)
        return Node(kind, value, mark, text, plain=True)

    def text(self, event: Any) -> str:
        """Return a scalar's text; JSON writes characters beyond the BMP as two escapes."""
        text: str = event.value
        try:
            return text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            raise self.wrong(event, "half of a surrogate pair is no character") from None

    @staticmethod
    def resolve(text: str) -> tuple[Kind, Any]:
        """Give a plain scalar its meaning in YAML 1.2's core schema."""
        if text in _NULL:
            return "null", None
        if text in _BOOL:
            return "bool", _BOOL[text]
        number = next((base for base, pattern in ((10, _INT), (8, _OCTAL), (16, _HEX))
                       if pattern.fullmatch(text)), 0)  # fmt: skip
        if number and len(text) <= MAX_DIGITS:
            return "number", int(text, 0) if number != 10 else int(text)
        if _FLOAT.fullmatch(text) and len(text) <= MAX_DIGITS:
            return "number", float(text)
        return "text", text

    def grow(self, event: Any, node: Node, below: Node) -> None:
        node.size += below.size
        if node.size > MAX_NODES:
            raise self.wrong(event, f"more than {MAX_NODES} values, aliases counted in full")

    def sequence(self, event: Any, depth: int) -> Node:
        node = Node("list", [], _mark(event.start_mark))
        while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
            below = self.node(inner, depth + 1)
            self.grow(inner, node, below)
            node.items.append(below)
            node.value.append(below.value)
        return node

    def mapping(self, event: Any, depth: int) -> Node:
        node = Node("mapping", {}, _mark(event.start_mark))
        while not isinstance(inner := next(self.events), yaml.MappingEndEvent):
            key = self.key(inner)
            if key in node.fields:
                first = node.marks[key].line
                raise self.wrong(
                    inner, f'the key "{key}" is there twice', f"the first is on line {first}"
                )
            node.marks[key] = _mark(inner.start_mark)
            below = self.node(next(self.events), depth + 1)
            self.grow(inner, node, below)
            node.fields[key] = below
            node.value[key] = below.value
        return node

    def key(self, event: Any) -> str:
        """Return a mapping's key: always text, as it is written."""
        if not isinstance(event, yaml.ScalarEvent):
            raise self.wrong(
                event, "a key must be a plain text", "put a text that starts with { or [ in quotes"
            )
        if event.tag is not None or event.anchor:
            raise self.wrong(event, "tags and anchors are not used on keys")
        if not event.style and event.value == "<<":
            raise self.wrong(event, "merge keys (<<) are not part of YAML 1.2", "write them out")
        return self.text(event)
