"""What operators ask of a node: is it a send, what does a call name, how is it written anew."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.core.mutation.source import Source

SENDS = frozenset({"send", "sendall", "sendto", "write", "writelines"})
RECEIVES = frozenset({"recv", "recvfrom", "recv_into", "read", "readline", "readuntil"})
TALKS = SENDS | RECEIVES | {"accept", "connect", "close", "print", "input", "shutdown"}
BINDS = frozenset(
    {"bind", "create_server", "TCPServer", "UDPServer", "ThreadingTCPServer", "ThreadingUDPServer"}
)


def called(node: ast.AST | None) -> str:
    """Return the last part of the name that is called: `sendall` for `a.b.sendall(x)`."""
    if isinstance(node, ast.Await):
        node = node.value
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def calls_in(node: ast.AST, names: frozenset[str]) -> Iterator[ast.Call]:
    """Yield the calls of certain names within a node."""
    for below in ast.walk(node):
        if isinstance(below, ast.Call) and called(below) in names:
            yield below


def simple(node: ast.AST) -> bool:
    """Tell whether a node is a statement of one line's worth: no block in it."""
    return isinstance(node, ast.Expr | ast.Assign | ast.AugAssign | ast.AnnAssign)


def diagnostic(node: ast.AST) -> bool:
    """Tell whether a statement does nothing but print to stderr."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and called(node.value) == "print"
        and any(ast.unparse(item) == "file=sys.stderr" for item in node.value.keywords)
    )


def indented(statements: list[str], like: ast.AST) -> str:
    """Put statements (as written where that node stands) below each other, as that node is."""
    space = "\n" + " " * int(getattr(like, "col_offset", 0))
    return space.join(statements)


def whole(node: ast.AST) -> int | None:
    """Return a whole number that is written there; None for anything else."""
    value = node.value if isinstance(node, ast.Constant) else None
    return value if type(value) is int else None


def arguments_of(source: Source, node: ast.AST) -> ast.Call | None:
    """Return the call whose argument a node is, directly or inside a tuple."""
    up = source.parent(node)
    if isinstance(up, ast.Tuple):
        up = source.parent(up)
    return up if isinstance(up, ast.Call) and up.func is not node else None


def payload(call: ast.Call) -> ast.expr | None:
    """Return what a call sends."""
    first = call.args[0] if call.args else None
    return first if called(call) in SENDS and not isinstance(first, ast.Starred) else None
