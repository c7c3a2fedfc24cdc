"""Reads the rubric of a spec: the rows that people give points for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from msgspec import inspect

from grader.core.model import Row
from grader.loading.checks import NAME
from grader.loading.errors import KeyPath, LoadError, Problems
from grader.loading.fields import Fields
from grader.loading.nodes import Document, Node

TYPES = {item.name: item for item in getattr(inspect.type_info(Row), "fields", ())}


@dataclass
class DraftRow:
    """A row that was read, and where it stands."""

    row: Row
    document: Document
    node: Node
    path: KeyPath

    @property
    def id(self) -> str:
        """The row's name."""
        return self.row.id

    def at(self, key: str) -> Node:
        """Return the node of one of the row's keys, or the row's own."""
        return self.node.fields.get(key, self.node)


def read_rows(fields: Fields, node: Node | None, problems: Problems) -> list[DraftRow]:
    """Read a rubric, noting all that is wrong with it."""
    if node is None:
        return []
    if node.kind != "list" or not node.items:
        wrong = fields.wrong(node, "rubric is a list with at least one row", ("rubric",))
        problems.add(wrong)
        return []
    found: list[DraftRow] = []
    for index, below in enumerate(node.items):
        path = ("rubric", index)
        try:
            found.append(DraftRow(_row(fields, below, path), fields.document, below, path))
        except LoadError as error:
            problems.add(error)
    return found


def _row(fields: Fields, node: Node, path: KeyPath) -> Row:
    if node.kind != "mapping":
        raise fields.wrong(node, "a row has keys: id, title, points …", path)
    for error in fields.keys(node, list(TYPES), "a row of the rubric"):
        raise error
    for name, item in TYPES.items():
        if item.required and name not in node.fields:
            raise fields.wrong(node, f'this row lacks the key "{name}"', path)
    plain: dict[str, Any] = {
        key: fields.shape(below, TYPES[key].type, (*path, key), key)
        for key, below in node.fields.items()
    }
    if not NAME.fullmatch(plain["id"]):
        hint = "use lower-case letters, digits and _, a letter first"
        message = f'"{plain["id"]}" cannot be an id'
        raise fields.wrong(node.fields["id"], message, (*path, "id"), hint)
    if not plain["title"].strip():
        raise fields.wrong(node.fields["title"], "the title is empty", (*path, "title"))
    if plain["points"] <= 0:
        message = "a row of the rubric is worth more than 0 points"
        raise fields.wrong(node.fields["points"], message, (*path, "points"))
    return fields.strictly(plain, Row, node, path)
