"""Points that people give: how they join a result, and how they add up.

A result's rows are open (no points yet) until somebody gives them points. What was given is kept
in the result, with the file it came from. A file speaks for what it gave: if it is read again and
says nothing of a row any more, the row is open again; what other files gave is left alone.

The score is what the checks gave plus what people gave; a withheld score stays withheld.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping

import msgspec

from grader.core.model import Result, Row, RowResult
from grader.core.regex import regex
from grader.core.scoring import tidy

_NUMBER = regex(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)")


class Mark(msgspec.Struct, frozen=True):
    """What somebody wrote for one row of one student; no points means a comment only."""

    points: float | None = None
    comment: str = ""
    grader: str = ""
    source: str = ""


Marks = Mapping[str, Mark]  # by row


def with_rows(result: Result, rows: Iterable[Row]) -> Result:
    """Return a result fresh from its checks with the rubric's rows, all of them open."""
    blank = tuple(
        RowResult(
            id=row.id,
            title=row.title,
            max_points=row.points,
            criteria=row.criteria,
            extra_credit=row.extra_credit,
        )
        for row in rows
    )
    return _added_up(msgspec.structs.replace(result, rubric=blank, automatic=result.score))


def carry_over(old: Result | None, fresh: Result) -> Result:
    """Return a fresh result with what people gave the old one, as far as the rows still fit."""
    given = {row.id: row for row in old.rubric} if old else {}
    rows = tuple(
        _given(row, Mark(kept.points, kept.comment, kept.grader, kept.source))
        if (kept := given.get(row.id)) and fits(row, kept.points)
        else row
        for row in fresh.rubric
    )
    return _added_up(msgspec.structs.replace(fresh, rubric=rows))


def merge(result: Result, marks: Marks, sources: Collection[str]) -> Result:
    """Return a result with what people gave; `sources` are all the files that were read."""
    if not result.rubric:
        return result
    rows = []
    for row in result.rubric:
        if row.id in marks:
            rows.append(_given(row, marks[row.id]))
        elif row.source in sources:
            rows.append(_given(row, Mark()))
        else:
            rows.append(row)
    return _added_up(msgspec.structs.replace(result, rubric=tuple(rows)))


def fits(row: Row | RowResult, points: float | None) -> bool:
    """Tell whether a row can have so many points; extra credit has no upper end."""
    most = row.max_points if isinstance(row, RowResult) else row.points
    return points is None or 0 <= points <= (math.inf if row.extra_credit else most)


def read_points(text: str) -> float | None:
    """Read `7`, `7.5` or `7,5`, as a spreadsheet of any country writes it; None for all else."""
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    if not _NUMBER.fullmatch(text) or len(text) > 20:
        return None
    return tidy(float(text.replace(",", ".")))


def by_hand(result: Result) -> float:
    """Return the points that people gave so far."""
    return tidy(math.fsum(row.points or 0 for row in result.rubric))


def to_give(result: Result) -> float:
    """Return the points that people can give in all, extra credit not counted."""
    return tidy(math.fsum(row.max_points for row in result.rubric if not row.extra_credit))


def _given(row: RowResult, mark: Mark) -> RowResult:
    return msgspec.structs.replace(
        row, points=mark.points, comment=mark.comment, grader=mark.grader, source=mark.source
    )


def _added_up(result: Result) -> Result:
    """Return a result whose score and open points are those of its checks and rows."""
    still = (row for row in result.rubric if row.points is None and not row.extra_credit)
    score = result.automatic
    if score is not None:
        score = tidy(math.fsum([score, by_hand(result)]))
    return msgspec.structs.replace(
        result, score=score, open_points=tidy(math.fsum(row.max_points for row in still))
    )
