"""Reads one check of a spec: its fields, its steps, and the program it is about.

A `Draft` is a check with its places in the file, so that the rules which look at several steps
or several checks (`cast`, `texts`, `rules`) can point at what they complain about.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import inspect

from grader.core.model import SOURCE, Check, Program
from grader.core.regex import regex
from grader.loading.errors import KeyPath, LoadError, Problems, nearest
from grader.loading.fields import Fields
from grader.loading.nodes import Document, Node
from grader.loading.plays import load_play
from grader.loading.steps import Line, read_step

NAME = regex(r"[a-z][a-z0-9_]*")
ACTOR = regex(r"[A-Za-z][A-Za-z0-9_-]*")
GROUP_LIMIT = 200
CASE_LIMIT = 50
RETRY_LIMIT = 5
WITHIN_LIMIT = 300.0
_INFO = inspect.type_info(Check)
TYPES = {item.name: item for item in getattr(_INFO, "fields", ()) if item.name != "play"}
KEYS = [name for name in TYPES if name != "steps"]


@dataclass
class Draft:
    """A check that was read, and where it stands."""

    check: Check
    document: Document  # the spec, or a file it includes
    node: Node
    path: KeyPath
    lines: list[Line] = field(default_factory=list)
    actors: list[str] = field(default_factory=list)  # programs that take part, as they start

    @property
    def id(self) -> str:
        """The check's name."""
        return self.check.id

    def at(self, key: str) -> Node:
        """Return the node of one of the check's keys, or the check's own."""
        return self.node.fields.get(key, self.node)


def read_check(
    fields: Fields, programs: list[Program], node: Node, path: KeyPath, problems: Problems
) -> Draft | None:
    """Read a check, noting all that is wrong with it; None if it cannot be used."""
    if node.kind != "mapping":
        problems.add(fields.wrong(node, "a check has keys: id, title, points, steps …", path))
        return None
    found = len(problems.found)
    unknown = fields.keys(node, [*KEYS, "steps"], "a check")
    for error in unknown:
        problems.add(error)
    plain: dict[str, Any] = {}
    for key, below in node.fields.items():
        if key in KEYS:
            try:
                plain[key] = fields.shape(below, TYPES[key].type, (*path, key), key)
                _limits(fields, key, below, plain[key], (*path, key))
            except LoadError as error:
                problems.add(error)
    for key in ("id", "title"):
        if key not in node.fields and not unknown:
            problems.add(fields.wrong(node, f'this check lacks the key "{key}"', path))
    if not {"steps", "builds", "python"} & node.fields.keys() and not unknown:
        hint = "give it `steps` (or `builds`)"
        problems.add(fields.wrong(node, "this check does nothing", path, hint))
    lines = _steps(fields, node, path, problems)
    if len(problems.found) > found:
        return None
    try:
        check = fields.strictly(plain, Check, node, path)
        draft = Draft(check, fields.document, node, path, lines)
        _complete(fields, draft, programs)
    except LoadError as error:
        problems.add(error)
        return None
    return draft


def _steps(fields: Fields, node: Node, path: KeyPath, problems: Problems) -> list[Line]:
    steps = node.fields.get("steps")
    if steps is None:
        return []
    if "builds" in node.fields:
        problems.add(
            fields.wrong(steps, "a check has `steps` or `builds`, not both", (*path, "steps"))
        )
    if steps.kind != "list" or not steps.items:
        problems.add(
            fields.wrong(steps, "steps is a list with at least one step", (*path, "steps"))
        )
        return []
    lines: list[Line] = []
    for index, item in enumerate(steps.items):
        try:
            lines.append(read_step(fields, item, (*path, "steps", index)))
        except LoadError as error:
            problems.add(error)
    return lines


def _limits(fields: Fields, key: str, node: Node, value: Any, path: KeyPath) -> None:
    """Refuse values that the types allow and sense does not."""

    def need(fine: object, message: str, suggestion: str = "") -> None:
        if not fine:
            raise fields.wrong(node, message, path, suggestion)

    if key == "id":
        need(
            NAME.fullmatch(value),
            f'"{value}" cannot be an id',
            "use lower-case letters, digits and _, a letter first",
        )
    elif key == "points":
        need(value >= 0, "points cannot be negative")
    elif key == "title":
        need(value.strip(), "the title is empty")
    elif key == "within":
        need(0 < value <= WITHIN_LIMIT, f"within is more than 0 and at most {WITHIN_LIMIT:g}s")
    elif key == "retries":
        need(0 <= value <= RETRY_LIMIT, f"retries are from 0 to {RETRY_LIMIT}")
    elif key == "cases":
        need(len(value) <= CASE_LIMIT, f"more than {CASE_LIMIT} cases")
    elif key == "groups":
        for name, count in value.items():
            need(ACTOR.fullmatch(name), f'"{name}" cannot be the name of a group')
            need(1 <= count <= GROUP_LIMIT, f'group "{name}": from 1 to {GROUP_LIMIT}, not {count}')


def _complete(fields: Fields, draft: Draft, programs: list[Program]) -> None:
    """Find out which program the check is about, and put its steps in."""
    names = [item.name for item in programs]
    check, node, path = draft.check, draft.node, draft.path
    for key in ("program", "builds"):
        name = getattr(check, key)
        if name and name not in names:
            raise fields.wrong(
                node.fields[key],
                f'no program is called "{name}"',
                (*path, key),
                nearest(name, names) or f"programs are {', '.join(names)}",
            )
    occurring = list(dict.fromkeys(line.name for line in draft.lines if line.name in names))
    starting = [line.name for line in draft.lines if line.verb.name == "starts"]
    occurring.sort(key=lambda name: starting.index(name) if name in starting else len(starting))
    draft.actors = list(dict.fromkeys([*occurring, *([check.builds] if check.builds else [])]))
    reads_source = any(line.name == SOURCE for line in draft.lines)
    program = check.program or next(iter(draft.actors), "")
    if not program and reads_source and len(names) == 1:
        program = names[0]
    if check.python:
        check = msgspec.structs.replace(check, play=load_play(fields, node, path))
        if not program:
            hint = "write `program: server`, for example"
            raise fields.wrong(node, "a check in Python names its program", path, hint)
    elif not draft.actors and not reads_source:
        raise fields.wrong(
            draft.at("steps"),
            "no program of the student's takes part in this check",
            path,
            f"programs are {', '.join(names)}",
        )
    steps = tuple(line.step for line in draft.lines)
    draft.check = msgspec.structs.replace(check, program=program, steps=steps)
