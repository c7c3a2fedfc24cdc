"""The table that people fill in: a line for each student and row, or a line for each student.

It begins with a byte order mark, without which Excel takes names for another encoding. Names that
a spreadsheet would take for a formula are escaped; `loading.marks` knows them so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import msgspec

from grader.core.model import Row
from grader.reports.escape import cell
from grader.reports.layout import number

LONG = ("student", "assignment", "row", "points", "comment", "max_points", "title", "criteria")


class Open(msgspec.Struct, frozen=True):
    """A student's rows that have no points yet."""

    assignment: str
    student: str
    rows: tuple[Row, ...]


def long_sheet(lines: Iterable[Open], delimiter: str = ",") -> str:
    """Return the table with a line for each open row."""
    body = (
        (
            cell(item.student),
            cell(item.assignment),
            row.id,
            "",
            "",
            number(row.points),
            cell(row.title),
            cell(row.criteria),
        )
        for item in lines
        for row in item.rows
    )
    return _written([LONG, *body], delimiter)


def wide_sheet(lines: Sequence[Open], rows: Sequence[Row], delimiter: str = ",") -> str:
    """Return the table with a line for each student of one assignment that has an open row."""
    head = ["student", "assignment"]
    for row in rows:
        head += [row.id, f"{row.id} comment"]
    body = [[cell(item.student), cell(item.assignment), *[""] * (2 * len(rows))] for item in lines]
    return _written([head, *body], delimiter)


def _written(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    stream = io.StringIO()
    stream.write("\ufeff")
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()
