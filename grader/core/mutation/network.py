"""Mistakes with sockets and their bytes: addresses, ports, buffers, lengths, padding."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.core.mutation.asking import (
    BINDS,
    RECEIVES,
    arguments_of,
    called,
    payload,
    whole,
)
from grader.core.mutation.model import Change
from grader.core.mutation.registry import operator
from grader.core.mutation.source import Source

Changes = Iterator[Change]
BUFFERED = RECEIVES - {"readline", "readuntil"}


@operator()
def tiny_buffer(source: Source, node: ast.AST) -> Changes:
    """The buffer holds one byte."""
    yield from _buffers(source, node, 1)


@operator()
def small_buffer(source: Source, node: ast.AST) -> Changes:
    """The buffer holds 16 bytes: enough for the author's own try, and for no more."""
    yield from _buffers(source, node, 16)


def _buffers(source: Source, node: ast.AST, size: int) -> Changes:
    del source
    if isinstance(node, ast.Call) and called(node) in BUFFERED and node.args:
        yield Change(node.args[0], str(size), f"takes {size} bytes at most")


@operator(deviation=True)
def binds_loopback(source: Source, node: ast.AST) -> Changes:
    """The server is bound to 127.0.0.1 only."""
    yield from _hosts(source, node, "127.0.0.1")


@operator(deviation=True)
def binds_elsewhere(source: Source, node: ast.AST) -> Changes:
    """The server is bound to an address that the client does not use."""
    yield from _hosts(source, node, "127.0.0.9")


def _hosts(source: Source, node: ast.AST, host: str) -> Changes:
    if isinstance(node, ast.Call) and called(node) in BINDS and node.args:
        address = node.args[0]
        if isinstance(address, ast.Tuple) and len(address.elts) == 2:
            yield Change(address.elts[0], repr(host), f"bound to {host}")
    if isinstance(node, ast.Call) and called(node) == "start_server" and len(node.args) > 1:
        yield Change(node.args[1], repr(host), f"bound to {host}")
    del source


@operator(deviation=True)
def wrong_port(source: Source, node: ast.AST) -> Changes:
    """Another port than the assignment's."""
    number = whole(node)
    if number is None:
        return
    up = source.parent(node)
    named = isinstance(up, ast.Assign) and "PORT" in ast.unparse(up.targets[0]).upper()
    call = arguments_of(source, node)
    direct = isinstance(up, ast.Tuple) and called(call) in BINDS | {"connect", "create_connection"}
    if (named or direct) and 0 < number < 65535:
        yield Change(node, str(number + 1), "the port after the assignment's")


@operator()
def wrong_peer(source: Source, node: ast.AST) -> Changes:
    """The datagram goes to another port than the one it should."""
    if isinstance(node, ast.Call) and called(node) == "sendto" and len(node.args) > 1:
        to = source.written(node.args[-1])
        yield Change(node.args[-1], f"({to}[0], {to}[1] + 1)", f"sent beside {to}")


@operator()
def cut_short(source: Source, node: ast.AST) -> Changes:
    """The last byte is not sent."""
    if isinstance(node, ast.Call) and (sent := payload(node)) is not None:
        yield Change(sent, f"({source.written(sent)})[:-1]", "the last byte is missing")


@operator(deviation=True)
def newline_added(source: Source, node: ast.AST) -> Changes:
    """A newline follows what is sent."""
    if isinstance(node, ast.Call) and (sent := payload(node)) is not None:
        yield Change(sent, f"({source.written(sent)}) + b'\\n'", "a newline follows it")


@operator(deviation=True)
def nul_added(source: Source, node: ast.AST) -> Changes:
    """A NUL follows what is sent, as when a C string is sent with its end."""
    if isinstance(node, ast.Call) and (sent := payload(node)) is not None:
        yield Change(sent, f"({source.written(sent)}) + b'\\0'", "a NUL follows it")


@operator()
def length_off_by_one(source: Source, node: ast.AST) -> Changes:
    """A length is told, or counted on, with one too many."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "len":
        yield Change(node, f"({ast.unparse(node)} + 1)", "one too many")
    del source


@operator()
def wrong_index(source: Source, node: ast.AST) -> Changes:
    """An index or the start of a slice is off by one."""
    up = source.parent(node)
    index = isinstance(up, ast.Slice) or (isinstance(up, ast.Subscript) and up.slice is node)
    if index and (number := whole(node)) is not None:
        yield Change(node, str(number + 1), f"{number + 1} for {number}")


@operator()
def wrong_status(source: Source, node: ast.AST) -> Changes:
    """A wrong status code: 404 for 200, and 200 for everything else."""
    number = whole(node)
    if number is None:
        return
    up = source.parent(node)
    inside = source.function(node) != "" and not isinstance(up, ast.Dict | ast.keyword)
    if inside and 200 <= number <= 599 and called(up) not in {"settimeout", "sleep"}:
        wrong = 404 if number == 200 else 200
        yield Change(node, str(wrong), f"{wrong} for {number}")
