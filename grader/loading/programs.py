"""Reads the programs of a spec: what students hand in, and where each listens or connects."""

from __future__ import annotations

from typing import Literal, cast

import msgspec

from grader.core.model import SOURCE, Endpoint, Program
from grader.loading.checks import NAME
from grader.loading.errors import LoadError, Problems
from grader.loading.fields import Fields
from grader.loading.nodes import Node
from grader.loading.texts import parse_endpoint


class _ProgramKeys(msgspec.Struct, frozen=True):
    """A program's keys as they are written."""

    entry: tuple[str, ...] = ()
    listens: str | None = None
    connects: str | None = None
    loopback: bool = False
    args: tuple[str, ...] = ()


def read_programs(fields: Fields, node: Node | None, problems: Problems) -> list[Program]:
    """Read all programs, noting what is wrong; none are returned if one is."""
    if node is None:
        return []
    if node.kind != "mapping" or not node.fields:
        hint = 'for example `server: {entry: ["*server*"], listens: tcp/1060}`'
        problems.add(fields.wrong(node, "programs name what is handed in", ("programs",), hint))
        return []
    programs: list[Program] = []
    for name, below in node.fields.items():
        try:
            programs.append(_program(fields, name, below, node))
        except LoadError as error:
            problems.add(error)
    return programs if len(programs) == len(node.fields) else []


def _program(fields: Fields, name: str, node: Node, parent: Node) -> Program:
    path = ("programs", name)
    if not NAME.fullmatch(name) or name == SOURCE:
        hint = "use lower-case letters, digits and _, a letter first"
        raise fields.document.error(
            f'"{name}" cannot be the name of a program', parent.marks[name], path=path,
            suggestion=f'"{SOURCE}" stands for the files' if name == SOURCE else hint,
        )  # fmt: skip
    keys = fields.convert(node, _ProgramKeys, path, name)
    if (keys.listens is None) == (keys.connects is None):
        raise fields.document.error(
            f'program "{name}" has one of `listens` (a server) and `connects` (a client)',
            parent.marks[name],
            path=path,
            suggestion=f"for example `{name}: {{listens: tcp/1060}}`",
        )
    return Program(
        name=name,
        entry=keys.entry or (f"*{name}*",),
        listens=_endpoint(fields, node, "listens", path),
        connects=_endpoint(fields, node, "connects", path),
        loopback=keys.loopback,
        args=keys.args,
    )


def _endpoint(fields: Fields, node: Node, key: str, path: tuple[str, ...]) -> Endpoint | None:
    below = node.fields.get(key)
    if below is None:
        return None
    found = parse_endpoint(below.text)
    if found is None:
        raise fields.wrong(
            below, f'"{below.text}" is no endpoint', (*path, key), "write it as tcp/1060"
        )
    return Endpoint(cast(Literal["tcp", "udp"], found[0]), found[1])
