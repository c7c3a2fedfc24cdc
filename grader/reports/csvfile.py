"""Tables for spreadsheets and scripts: one line a submission, one line a check.

The first five columns of `grades_csv` are a contract (`student,assignment,score,max_score,
status`); new columns come after the last. A withheld score is empty, never 0. Rows are sorted, so
that two runs can be compared line by line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from grader.core.model import Result
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
)
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
    )


def _written(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue()
