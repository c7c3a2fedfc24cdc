"""Tables for spreadsheets and scripts: a line for a submission, a check, a row of the rubric.

The first five columns of `grades_csv` are a contract (`student,assignment,score,max_score,
status`); new columns come after the last. A withheld score is empty, never 0. Rows are sorted, so
that two runs can be compared line by line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from grader.core.model import Result
from grader.core.rubric import by_hand
from grader.reports.classwide import ordered
from grader.reports.escape import cell
from grader.reports.layout import number

GRADES = (
    "student",
    "assignment",
    "score",
    "max_score",
    "status",
    "passed",
    "failed",
    "skipped",
    "errors",
    "seconds",
    "failed_checks",
    "automatic",
    "by_hand",
    "open",
)
ROWS = ("student", "assignment", "row", "points", "max_points", "comment", "grader")
CHECKS = ("student", "assignment", "check", "outcome", "points", "max_points", "reason")


def grades_csv(results: Iterable[Result]) -> str:
    """Return the table of scores."""
    return _written(GRADES, (_grades(result) for result in ordered(results)))


def per_check_csv(results: Iterable[Result]) -> str:
    """Return the table of checks, in the spec's order."""
    rows = (
        (
            cell(result.student),
            cell(result.assignment),
            cell(check.id),
            check.outcome,
            number(check.points),
            number(check.max_points),
            cell(check.reason or ""),
        )
        for result in ordered(results)
        for check in result.checks
    )
    return _written(CHECKS, rows)


def by_hand_csv(results: Iterable[Result]) -> str:
    """Return the table of what people gave, row by row of the rubric; open rows have no points."""
    rows = (
        (
            cell(result.student),
            cell(result.assignment),
            cell(row.id),
            "" if row.points is None else number(row.points),
            number(row.max_points),
            cell(row.comment),
            cell(row.grader),
        )
        for result in ordered(results)
        for row in result.rubric
    )
    return _written(ROWS, rows)


def _grades(result: Result) -> tuple[str, ...]:
    outcomes = [check.outcome for check in result.checks]
    return (
        cell(result.student),
        cell(result.assignment),
        "" if result.score is None else number(result.score),
        number(result.max_score),
        result.status,
        *(str(outcomes.count(name)) for name in ("pass", "fail", "skip", "error")),
        number(result.seconds),
        cell(" ".join(check.id for check in result.checks if check.outcome == "fail")),
        "" if result.automatic is None else number(result.automatic),
        number(by_hand(result)),
        number(result.open_points),
    )


def _written(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue()
