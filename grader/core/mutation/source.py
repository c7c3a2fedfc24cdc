"""A program's source with its syntax tree: who is whose parent, and a place's new text.

Positions of the tree are lines and bytes; what stands inside an f-string has no position that all
versions of Python agree on, so a change there rewrites the whole f-string.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from grader.core.mutation.model import Change

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Source:
    """One file of Python; raises `SyntaxError` when it is none."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree = ast.parse(text)
        self.lines = text.split("\n")
        self._data = text.encode()
        self._starts = [0]
        for line in self._data.split(b"\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._parents: dict[ast.AST, ast.AST] = {}
        for node in ast.walk(self.tree):
            for child in ast.iter_child_nodes(node):
                self._parents.setdefault(child, node)

    def parent(self, node: ast.AST) -> ast.AST | None:
        """Return the node right above."""
        return self._parents.get(node)

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """Go up from a node, itself not included."""
        while (up := self._parents.get(node)) is not None:
            yield up
            node = up

    def nodes(self) -> list[ast.AST]:
        """Return what has a place in the file, from top to bottom."""
        placed = [node for node in ast.walk(self.tree) if self.place(node)]
        return sorted(placed, key=lambda node: (self.place(node), -getattr(node, "end_lineno", 0)))

    def place(self, node: ast.AST) -> tuple[int, int] | None:
        """Return line and column; for a part of an f-string those of the whole."""
        node = self.whole(node)
        if isinstance(node, ast.expr | ast.stmt | ast.excepthandler):
            return node.lineno, node.col_offset
        return None

    def whole(self, node: ast.AST) -> ast.AST:
        """Return the outermost f-string around a node, or the node itself."""
        around = [up for up in self.above(node) if isinstance(up, ast.JoinedStr)]
        return around[-1] if around else node

    def scope(self, node: ast.AST) -> ast.AST:
        """Return the function a node is in, or the module."""
        return next((up for up in self.above(node) if isinstance(up, SCOPES)), self.tree)

    def function(self, node: ast.AST) -> str:
        """Return the dotted name of the function a node is in; nothing at the top level."""
        names = [up.name for up in self.above(node) if isinstance(up, SCOPES)]
        return ".".join(reversed(names))

    def functions(self) -> list[str]:
        """Return the dotted names of all functions and classes."""
        scopes = [node for node in ast.walk(self.tree) if isinstance(node, SCOPES)]
        return [".".join(filter(None, [self.function(node), node.name])) for node in scopes]

    def block(self, node: ast.AST) -> list[ast.stmt]:
        """Return the statements that a statement stands among."""
        up = self.parent(node)
        for _, value in ast.iter_fields(up) if up else ():
            if isinstance(value, list) and node in value:
                return value
        return []

    def changed(self, change: Change) -> str:
        """Return the whole source with the change made."""
        first = self.whole(change.first)
        text = change.text
        if first is not change.first:
            text = self._rebuilt(first, change.first, text)
            last = first
        else:
            last = change.last or first
        begin, end = self._begin(first), self._end(last)
        return (self._data[:begin] + text.encode() + self._data[end:]).decode()

    def written(self, node: ast.AST) -> str:
        """Return a node's text as it stands in the file."""
        if self.whole(node) is not node:
            return ast.unparse(node)
        return self._data[self._begin(node) : self._end(node)].decode()

    def _rebuilt(self, whole: ast.AST, part: ast.AST, text: str) -> str:
        """Write an f-string anew with one part of it replaced."""
        new = ast.parse(text, mode="eval").body
        swapped = copy.deepcopy(whole, {id(part): new})
        return ast.unparse(swapped)

    def _begin(self, node: ast.AST) -> int:
        return self._starts[getattr(node, "lineno", 1) - 1] + getattr(node, "col_offset", 0)

    def _end(self, node: ast.AST) -> int:
        line, column = getattr(node, "end_lineno", 1), getattr(node, "end_col_offset", 0)
        return self._starts[line - 1] + int(column)
