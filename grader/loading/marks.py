"""Reads the points that people give: tables (CSV), and one YAML file a student.

A table is *long*, a line for each student and row (`student,assignment,row,points,comment`), or
*wide*, a line for each student and a column for each row, its comments in a column `<row> comment`.
Columns beside these are passed over, unless their name is nearly a row's. A YAML file holds

    grader: mk
    rubric:
      modular: 4
      cited: {points: 1.5, comment: The picture on page 2 is from the textbook.}

and is named after the student, or says `student:`. No file is ever written here. Raises
`LoadError` with all that is wrong in all files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

import msgspec

from grader.loading.errors import LoadError, nearest
from grader.loading.fields import Fields
from grader.loading.ledger import Entry, Given, Ledger, Roll, Wrong
from grader.loading.nodes import Node
from grader.loading.sheets import Cell, Sheet
from grader.loading.yamlsource import read_yaml

TABLES = (".csv", ".tsv")
PAGES = (".yml", ".yaml")
LONG = ("student", "assignment", "row", "points", "comment", "grader")
PASSED_OVER = ("title", "max_points", "criteria")  # written for people only
PAGE_KEYS = ["assignment", "student", "grader", "rubric"]


class MarkFile(msgspec.Struct, frozen=True):
    """A file with points: what results call it, and what its place says about it."""

    path: Path
    shown: str
    assignment: str = ""
    student: str = ""


def read_marks(files: Iterable[MarkFile], roll: Roll) -> Given:
    """Read all files; raises `LoadError`."""
    ledger = Ledger(roll)
    sources = set()
    for file in files:
        sources.add(file.shown)
        try:
            if file.path.suffix.lower() in PAGES:
                _page(file, ledger)
            else:
                _Table(file, ledger).read()
        except LoadError as error:
            ledger.problems.add(error)
    ledger.problems.check()
    return Given(ledger.marks, frozenset(sources), tuple(ledger.notes))


class _Table:
    """Reads one table."""

    def __init__(self, file: MarkFile, ledger: Ledger) -> None:
        self.file, self.ledger = file, ledger
        self.sheet = Sheet(file.path, file.shown)
        self.columns: dict[str, int] = {}

    def read(self) -> None:
        if not self.sheet.head:
            return
        for index, cell in enumerate(self.sheet.head):
            name = cell.text.casefold()
            if name in self.columns:
                raise self.sheet.error(cell, f'the column "{cell.text}" is there twice')
            if name:
                self.columns[name] = index
        long = "row" in self.columns
        self.needs("student")
        if long:
            self.needs("points")
        names = {} if long else self.rows_by_column()
        for cells in self.sheet.body:
            if len(cells) > len(self.sheet.head):
                extra = cells[len(self.sheet.head)]
                hint = 'put a text with the delimiter in it in quotes: "7,5"'
                error = self.sheet.error(extra, "more cells than there are columns", hint)
                self.ledger.problems.add(error)
            elif long:
                self.long(cells)
            else:
                self.wide(cells, names)

    def needs(self, name: str) -> None:
        """Raise unless there is such a column."""
        if name in self.columns:
            return
        close = nearest(name, [cell.text for cell in self.sheet.head])
        head = self.sheet.head[0]
        for cell in self.sheet.head:
            if close and f'"{cell.text}"' in close:
                raise self.sheet.error(
                    cell, f'there is no column "{name}"', f'call "{cell.text}" so'
                )
        hint = f"columns are {', '.join(LONG)}"
        raise self.sheet.error(head, f'there is no column "{name}"', hint)

    def rows_by_column(self) -> dict[int, str]:
        """Return the columns of a wide table that are rows of a rubric."""
        known = {
            word.casefold(): row.id
            for rows in self.ledger.roll.rows.values()
            for row in rows
            for word in (row.id, row.title)
        }
        found: dict[int, str] = {}
        other = []
        for index, cell in enumerate(self.sheet.head):
            name = cell.text.casefold()
            if name in known:
                found[index] = known[name]
            elif not name or name in (*LONG, *PASSED_OVER) or _commented(name) in known:
                continue
            elif close := nearest(name, known):
                message = f'no row of a rubric is called "{cell.text}"'
                raise self.sheet.error(cell, message, close)
            else:
                other.append(cell.text)
        if not found:
            hint = "a line for each row has the columns student, row, points, comment"
            raise self.sheet.error(self.sheet.head[0], "no column is a row of a rubric", hint)
        if other:
            shown = ", ".join(f'"{name}"' for name in other)
            self.ledger.notes.append(f"{self.sheet.file}: passed over the columns {shown}")
        return found

    def text(self, cells: list[Cell], name: str) -> str:
        """Return the text of a column in one line."""
        index = self.columns.get(name)
        return cells[index].text if index is not None and index < len(cells) else ""

    def wrong(self, places: dict[str, Cell], part: str, message: str, hint: str) -> LoadError:
        """Make an error at the cell that holds a part of an entry."""
        return self.sheet.error(places.get(part, places["row"]), message, hint)

    def places(self, cells: list[Cell]) -> dict[str, Cell]:
        there = {name: cells[at] for name, at in self.columns.items() if at < len(cells)}
        return {"row": cells[0], **there}

    def long(self, cells: list[Cell]) -> None:
        entry = Entry(
            self.text(cells, "assignment") or self.file.assignment,
            self.text(cells, "student"),
            self.text(cells, "row"),
            self.text(cells, "points"),
            self.text(cells, "comment"),
            self.text(cells, "grader"),
        )
        self.ledger.take(entry, self.file.shown, partial(self.wrong, self.places(cells)))

    def wide(self, cells: list[Cell], names: dict[int, str]) -> None:
        places = self.places(cells)
        for index, row in names.items():
            if index >= len(cells):
                continue
            said = [self.text(cells, key) for key in self.columns if _commented(key) in
                    (row.casefold(), self.sheet.head[index].text.casefold())]  # fmt: skip
            entry = Entry(
                self.text(cells, "assignment") or self.file.assignment,
                self.text(cells, "student"),
                row,
                cells[index].text,
                next(filter(None, said), ""),
                self.text(cells, "grader"),
            )
            here = {**places, "row": cells[index], "points": cells[index]}
            self.ledger.take(entry, self.file.shown, partial(self.wrong, here))


def _commented(column: str) -> str:
    """Return the row a column of comments is about, "" if it is none."""
    for ending in (" comment", "_comment", " comments", "_comments"):
        if column.endswith(ending):
            return column.removesuffix(ending)
    return ""


def _page(file: MarkFile, ledger: Ledger) -> None:
    """Read one student's YAML file."""
    document = read_yaml(file.path, file.shown)
    fields, root = Fields(document), document.root
    if root.kind == "null":
        return
    if root.kind != "mapping":
        raise fields.wrong(root, f"a file with points has keys: {', '.join(PAGE_KEYS)}")
    for error in fields.keys(root, PAGE_KEYS, "a file with points"):
        raise error
    rows = root.fields.get("rubric")
    if rows is None or rows.kind == "null":
        return
    if rows.kind != "mapping":
        raise fields.wrong(rows, "rubric names rows and their points, as `modular: 4`")
    about = {
        key: fields.convert(root.fields[key], str, (key,))
        for key in ("assignment", "student", "grader")
        if key in root.fields
    }
    for name, node in rows.fields.items():
        nodes = node.fields if node.kind == "mapping" else {"points": node}
        for error in fields.keys(node, ["points", "comment"], f'"{name}"'):
            ledger.problems.add(error)
        comment = nodes.get("comment")
        if any(not below.scalar for below in nodes.values()):
            hint = "write `modular: 4`, or `modular: {points: 4, comment: …}`"
            ledger.problems.add(fields.wrong(node, f'"{name}" has points', (), hint))
            continue
        entry = Entry(
            about.get("assignment", file.assignment),
            about.get("student", file.student),
            name,
            _written(nodes.get("points")),
            _written(comment).strip(),
            about.get("grader", ""),
        )
        ledger.take(entry, file.shown, _locator(fields, name, nodes))


def _written(node: Node | None) -> str:
    return "" if node is None or node.kind == "null" else node.text


def _locator(fields: Fields, row: str, nodes: Mapping[str, Node]) -> Wrong:
    """Return what makes an error at the place of a part of an entry."""
    root = fields.document.root

    def wrong(part: str, message: str, hint: str) -> LoadError:
        node = root.fields.get(part) or (nodes.get(part) if part != "comment" else None)
        mark = root.fields["rubric"].marks[row] if node is None else node.mark
        return fields.document.error(message, mark, suggestion=hint)

    return wrong
