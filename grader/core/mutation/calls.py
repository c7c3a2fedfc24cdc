"""Mistakes with calls: one that is missing, one that is made twice, one on the wrong socket."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.core.mutation.asking import SENDS, called, calls_in, indented, simple
from grader.core.mutation.model import Change
from grader.core.mutation.registry import operator
from grader.core.mutation.source import Source

Changes = Iterator[Change]

# No grader sees them: without SO_REUSEADDR a port rests after use, which ours do not on purpose
# (or one run would spoil the next); a stream is told how to encode what it cannot.
UNSEEN = frozenset({"setsockopt", "reconfigure", "flush"})
ELSEWHERE = UNSEEN | {"bind", "main", "exit", "__init__"}


@operator()
def missing_call(source: Source, node: ast.AST) -> Changes:
    """A call is missing: no close(), no sendall(), no listen(), no print()."""
    if isinstance(node, ast.Expr) and called(node.value) and called(node.value) not in ELSEWHERE:
        yield Change(node, "pass", f"no {source.written(node.value)}")


@operator(deviation=True)
def missing_bind(source: Source, node: ast.AST) -> Changes:
    """No bind(): the system chooses a port."""
    if isinstance(node, ast.Expr) and called(node.value) == "bind":
        yield Change(node, "pass", f"no {source.written(node.value)}")


@operator()
def sends_twice(source: Source, node: ast.AST) -> Changes:
    """A message is sent twice."""
    if isinstance(node, ast.Expr) and called(node.value) in SENDS:
        text = source.written(node)
        yield Change(node, indented([text, text], node), "sent twice")


@operator()
def prints_less(source: Source, node: ast.AST) -> Changes:
    """A part of what is printed is missing: the label comes without the reply."""
    if isinstance(node, ast.Call) and called(node) == "print":
        for item in node.args:
            if not isinstance(item, ast.Constant | ast.Starred | ast.JoinedStr):
                yield Change(item, '""', f"prints without {source.written(item)}")


@operator()
def hangs(source: Source, node: ast.AST) -> Changes:
    """It waits for ever before it sends."""
    if isinstance(node, ast.stmt) and simple(node) and next(calls_in(node, SENDS), None):
        pause = '__import__("signal").pause()'
        yield Change(node, indented([pause, source.written(node)], node), "waits for ever here")


@operator()
def keeps_open(source: Source, node: ast.AST) -> Changes:
    """The connection of `with connection:` is never closed."""
    if isinstance(node, ast.With | ast.AsyncWith):
        for item in node.items:
            if not _ends_with_program(node, item.context_expr):
                keep = 'globals().setdefault("kept", []).append'
                manager = '__import__("contextlib").nullcontext'
                text = source.written(item.context_expr)
                new = f"{manager}((kept_one := {text}, {keep}(kept_one))[0])"
                yield Change(item.context_expr, new, f"never closes {text}")


def _ends_with_program(node: ast.With | ast.AsyncWith, opened: ast.expr) -> bool:
    """Tell whether the system closes it as soon: a file, or a socket of all its life."""
    endless = any(isinstance(below, ast.While) and isinstance(below.test, ast.Constant)
                  for below in ast.walk(node))  # fmt: skip
    return endless or called(opened) in {"open", "socket", "create_connection", "create_server"}


@operator()
def closes_listener(source: Source, node: ast.AST) -> Changes:
    """The listening socket is closed instead of the connection."""
    target: ast.expr | None = None
    if isinstance(node, ast.Call) and called(node) == "close":
        target = node.func.value if isinstance(node.func, ast.Attribute) else None
    elif isinstance(node, ast.With) and isinstance(node.items[0].context_expr, ast.Name):
        target = node.items[0].context_expr
    if target is None:
        return
    for listener in _listeners(source, node, ast.unparse(target)):
        yield Change(target, listener, f"closes {listener} instead of {ast.unparse(target)}")


def _listeners(source: Source, node: ast.AST, connection: str) -> Iterator[str]:
    """Yield the socket whose accept() made a connection, looked for in the same function."""
    for below in ast.walk(source.scope(node)):
        if isinstance(below, ast.Assign) and called(below.value) == "accept":
            names = {ast.unparse(item) for item in ast.walk(below.targets[0])
                     if isinstance(item, ast.Name)}  # fmt: skip
            call = below.value
            if connection in names and isinstance(call, ast.Call):
                if isinstance(call.func, ast.Attribute):
                    yield ast.unparse(call.func.value)
                return


@operator()
def one_at_a_time(source: Source, node: ast.AST) -> Changes:
    """Threads or processes that wait for each other: one client is served at a time."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        owner = source.written(node.func.value)
        if node.func.attr == "start" and not node.args:
            yield Change(node, f"{owner}.run()", "runs in the same thread")
    if isinstance(node, ast.Attribute) and node.attr.startswith("Threading"):
        text = f"{source.written(node.value)}.{node.attr.removeprefix('Threading')}"
        yield Change(node, text, "no thread for each client")
    if isinstance(node, ast.Attribute) and node.attr == "WNOHANG":
        yield Change(node, "0", "waits until a child has ended")


@operator()
def wrong_exit(source: Source, node: ast.AST) -> Changes:
    """The program ends with the other exit status: failure for success, or the reverse."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) in {"sys.exit", "exit"}:
        happy = not node.args or ast.unparse(node.args[0]) == "0"
        yield Change(node, f"{ast.unparse(node.func)}({int(happy)})", "the other exit status")
    if isinstance(node, ast.Expr) and ast.unparse(node) == "main()" and not _endless(source):
        text = indented([source.written(node), "raise SystemExit(3)"], node)
        yield Change(node, text, "ends with status 3")


def _endless(source: Source) -> bool:
    """Tell whether main() never returns: there is a `while True` in it."""
    mains = [item for item in source.tree.body
             if isinstance(item, ast.FunctionDef) and item.name == "main"]  # fmt: skip
    return any(
        isinstance(below, ast.While) and isinstance(below.test, ast.Constant)
        for item in mains
        for below in ast.walk(item)
    )
