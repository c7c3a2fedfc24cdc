"""Mistakes in the flow: loops that run once, conditions that are forgotten, what is never left."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.core.mutation.asking import TALKS, calls_in, indented, simple
from grader.core.mutation.model import Change
from grader.core.mutation.registry import operator
from grader.core.mutation.source import Source

Changes = Iterator[Change]


@operator()
def run_once(source: Source, node: ast.AST) -> Changes:
    """A `while` loop runs at most once: one client, one message, and it is over."""
    if isinstance(node, ast.While):
        test = source.written(node.test)
        rounds = "1" if isinstance(node.test, ast.Constant) else f"bool({test})"
        yield Change(node, f"for _ in range({rounds})", "the loop runs once", node.test)


@operator()
def loop_for_ever(source: Source, node: ast.AST) -> Changes:
    """A `while` loop forgets its condition and never ends by it."""
    if isinstance(node, ast.While) and not isinstance(node.test, ast.Constant):
        says = "the loop's condition is not looked at"
        yield Change(node.test, _settled(source, node.test, "True"), says)


def _settled(source: Source, test: ast.expr, value: str) -> str:
    """Write a condition whose answer is settled; what it does besides (receive) still happens."""
    does = any(isinstance(below, ast.Await | ast.NamedExpr) for below in ast.walk(test))
    if not does:
        return value
    kept = f"[{source.written(test)}]"
    return kept if value == "True" else f"not {kept}"


@operator()
def first_only(source: Source, node: ast.AST) -> Changes:
    """A `for` loop takes the first element only: one of all members gets the message."""
    if isinstance(node, ast.For) and not _counts(node.iter):
        text = f"list({source.written(node.iter)})[:1]"
        yield Change(node.iter, text, "only the first one is taken")


def _counts(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "range"


@operator()
def always(source: Source, node: ast.AST) -> Changes:
    """A condition is forgotten: what depends on it always happens."""
    if isinstance(node, ast.If | ast.IfExp) and not isinstance(node.test, ast.Constant):
        yield Change(node.test, _settled(source, node.test, "True"), "the condition always holds")


@operator()
def never(source: Source, node: ast.AST) -> Changes:
    """What depends on a condition never happens: no `if` for the end of the conversation."""
    if isinstance(node, ast.If | ast.IfExp) and not isinstance(node.test, ast.Constant):
        yield Change(node.test, _settled(source, node.test, "False"), "the condition never holds")


@operator()
def half_condition(source: Source, node: ast.AST) -> Changes:
    """One half of `a and b`, or of `a or b`, is forgotten."""
    if isinstance(node, ast.BoolOp):
        for gone in node.values:
            rest = [source.written(item) for item in node.values if item is not gone]
            word = " and " if isinstance(node.op, ast.And) else " or "
            text = word.join(rest)
            kept = f"({text})" if len(rest) > 1 else text
            yield Change(node, kept, f"without: {source.written(gone)}")


@operator()
def wrong_comparison(source: Source, node: ast.AST) -> Changes:
    """A boundary is missed by one: `<` for `<=`, `>` for `>=`."""
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return
    words = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}
    word = words.get(type(node.ops[0]))
    if word:
        left, right = source.written(node.left), source.written(node.comparators[0])
        yield Change(node, f"{left} {word} {right}", f"compares with {word}")


@operator()
def goes_on(source: Source, node: ast.AST) -> Changes:
    """A `break`, `continue` or bare `return` is forgotten: it goes on where it should leave."""
    del source
    bare = isinstance(node, ast.Return) and node.value is None
    if bare or isinstance(node, ast.Break | ast.Continue):
        word = type(node).__name__.lower()
        yield Change(node, "pass", f"no {word}")


@operator()
def swapped(source: Source, node: ast.AST) -> Changes:
    """Two neighbouring steps of the exchange come in the wrong order: receive before send."""
    if not isinstance(node, ast.stmt) or not simple(node):
        return
    block = source.block(node)
    index = block.index(node) if node in block else len(block)
    following = block[index + 1] if index + 1 < len(block) else None
    if following is None or not simple(following):
        return
    if next(calls_in(node, TALKS), None) and next(calls_in(following, TALKS), None):
        texts = [source.written(following), source.written(node)]
        yield Change(node, indented(texts, node), "the two steps swapped", following)
