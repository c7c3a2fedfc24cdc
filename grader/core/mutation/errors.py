"""Mistakes with exceptions: not caught, caught and forgotten, not raised."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.core.mutation.asking import diagnostic, indented
from grader.core.mutation.model import Change
from grader.core.mutation.registry import operator
from grader.core.mutation.source import Source

Changes = Iterator[Change]


@operator()
def not_caught(source: Source, node: ast.AST) -> Changes:
    """An exception is not caught: one bad client ends the server."""
    if isinstance(node, ast.ExceptHandler) and node.type is not None:
        caught = source.written(node.type)
        yield Change(node.type, "ZeroDivisionError", f"does not catch {caught}")


@operator()
def swallowed(source: Source, node: ast.AST) -> Changes:
    """An exception is caught and nothing is done about it."""
    if isinstance(node, ast.ExceptHandler) and not all(map(_idle, node.body)):
        first, last = node.body[0], node.body[-1]
        yield Change(first, "pass", "nothing is done about it", last)
    del source


def _idle(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Pass) or diagnostic(statement)


@operator()
def gives_up(source: Source, node: ast.AST) -> Changes:
    """The exception of one client ends the loop that serves them all."""
    if isinstance(node, ast.ExceptHandler):
        inside = any(isinstance(up, ast.While) for up in source.above(node))
        if inside and not isinstance(node.body[-1], ast.Raise | ast.Return | ast.Break):
            first, last = node.body[0], node.body[-1]
            text = indented(["break"], first)
            yield Change(first, text, "leaves the loop", last)


@operator()
def not_raised(source: Source, node: ast.AST) -> Changes:
    """What is wrong is found and passed over."""
    if isinstance(node, ast.Raise) and node.exc is not None:
        yield Change(node, "pass", f"no {source.written(node)}")
