"""A YAML file as a tree: what each value is, where it stands, how it was written.

Made by `yamlsource`; a `Document` is the tree with the file's lines, and makes errors that show
the line they are about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from grader.core.regex import regex
from grader.loading.errors import KeyPath, LoadError, Mark, nearest

LINES = regex("\r\n|[\r\n\x85\u2028\u2029]")  # as PyYAML counts them

Kind = Literal["null", "bool", "number", "text", "list", "mapping"]
NAMES: dict[Kind, str] = {
    "null": "nothing",
    "bool": "true or false",
    "number": "a number",
    "text": "a text",
    "list": "a list",
    "mapping": "a mapping",
}


@dataclass
class Node:
    """A value of the file: what it is, where it stands, how it was written."""

    kind: Kind
    value: Any
    mark: Mark
    text: str = ""  # a scalar as written, quotes removed
    plain: bool = False  # a scalar without quotes
    items: list[Node] = field(default_factory=list)
    fields: dict[str, Node] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)  # of a mapping's keys
    size: int = 1

    @property
    def scalar(self) -> bool:
        """Neither a list nor a mapping."""
        return self.kind not in ("list", "mapping")

    def child(self, key: str | int) -> Node | None:
        """Return the value under a key or at an index."""
        if isinstance(key, int):
            return self.items[key] if 0 <= key < len(self.items) else None
        return self.fields.get(key)

    def walk(self) -> Iterator[Node]:
        """Go through this node and all below it."""
        yield self
        for item in self.items or self.fields.values():
            yield from item.walk()


class Document:
    """A file that was read: its tree, its lines, and errors that point into it."""

    def __init__(self, file: str, text: str, raw: bytes = b"") -> None:
        self.file = file
        self.raw = raw
        self.lines = LINES.split(text)
        self.root = Node("null", None, Mark(1, 1))

    @property
    def data(self) -> Any:
        """The whole file as plain data."""
        return self.root.value

    def find(self, path: KeyPath) -> Node:
        """Return the node at a path, or the last one on the way that exists."""
        node = self.root
        for key in path:
            below = node.child(key)
            if below is None:
                break
            node = below
        return node

    def error(
        self, message: str, mark: Mark, *, path: KeyPath = (), suggestion: str = ""
    ) -> LoadError:
        """Make an error that points at a place of this file."""
        inside = 0 < mark.line <= len(self.lines)
        source = self.lines[mark.line - 1] if inside else ""
        return LoadError(message, self.file, mark, path=path, source=source, suggestion=suggestion)

    def unknown_key(self, node: Node, key: str, known: list[str], what: str) -> LoadError:
        """Make the error for a key that means nothing, naming the nearest that does."""
        close = nearest(key, known)
        suggestion = close or f"known are {', '.join(known)}"
        return self.error(f'unknown key "{key}" in {what}', node.marks[key], suggestion=suggestion)
