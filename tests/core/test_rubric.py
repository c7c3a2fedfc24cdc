"""Points given by hand join a result, add up, and are taken back only by their own file."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.model import Result, Row
from grader.core.rubric import (
    Mark,
    by_hand,
    carry_over,
    fits,
    merge,
    read_points,
    to_give,
    with_rows,
)

ROWS = (
    Row(id="modular", title="Well modularised", points=10, criteria="functions"),
    Row(id="cited", title="Cited", points=5.5),
    Row(id="bonus", title="A bonus", points=3, extra_credit=True),
)


def fresh(score: float | None = 80, **fields: Any) -> Result:
    """Return a result as grading makes it, with open rows."""
    status: Any = "withheld" if score is None else "graded"
    values = {"assignment": "t", "student": "alice", "max_score": 95.5, "seconds": 1, "checks": ()}
    return with_rows(Result(status=status, score=score, **{**values, **fields}), ROWS)


def points(result: Result) -> dict[str, float | None]:
    return {row.id: row.points for row in result.rubric}


def test_a_fresh_result_has_all_rows_open() -> None:
    result = fresh()
    assert points(result) == {"modular": None, "cited": None, "bonus": None}
    assert (result.score, result.automatic, result.open_points) == (80, 80, 15.5)
    assert (by_hand(result), to_give(result)) == (0, 15.5)
    assert result.rubric[0].criteria == "functions"
    assert result.status == "graded"


def test_what_is_given_adds_up() -> None:
    marks = {"modular": Mark(7.25, "ok", "mk", "a.csv"), "bonus": Mark(2, source="a.csv")}
    result = merge(fresh(), marks, {"a.csv"})
    assert (result.score, result.automatic, result.open_points) == (89.25, 80, 5.5)
    first = result.rubric[0]
    assert (first.points, first.comment, first.grader, first.source) == (7.25, "ok", "mk", "a.csv")
    assert by_hand(result) == 9.25


def test_merging_again_changes_nothing_and_other_points_replace() -> None:
    once = merge(fresh(), {"modular": Mark(7, source="a.csv")}, {"a.csv"})
    assert merge(once, {"modular": Mark(7, source="a.csv")}, {"a.csv"}) == once
    assert merge(once, {}, set()) == once
    again = merge(once, {"modular": Mark(3, source="b.csv")}, {"b.csv"})
    assert (again.score, again.open_points) == (83, 5.5)


def test_a_file_takes_back_what_it_gave_and_nothing_else() -> None:
    both = merge(
        fresh(),
        {"modular": Mark(7, source="a.csv"), "cited": Mark(1, source="b.csv")},
        {"a.csv", "b.csv"},
    )
    taken = merge(both, {}, {"a.csv"})
    assert points(taken) == {"modular": None, "cited": 1, "bonus": None}
    assert (taken.score, taken.open_points) == (81, 10)


def test_a_comment_alone_leaves_the_row_open() -> None:
    result = merge(fresh(), {"cited": Mark(None, "see me", source="a.csv")}, {"a.csv"})
    assert (result.rubric[1].comment, result.open_points, result.score) == ("see me", 15.5, 80)


def test_a_withheld_score_stays_withheld() -> None:
    result = merge(fresh(None), {"modular": Mark(10, source="a")}, {"a"})
    assert (result.status, result.score, result.open_points) == ("withheld", None, 5.5)
    assert by_hand(result) == 10


def test_grading_again_keeps_what_people_gave_as_far_as_it_fits() -> None:
    old = merge(fresh(), {"modular": Mark(7, "ok", "mk", "a"), "cited": Mark(5, source="a")}, {"a"})
    result = carry_over(old, fresh(60))
    assert (result.score, result.automatic, result.open_points) == (72, 60, 0)
    assert result.rubric[0] == old.rubric[0]
    smaller = (Row(id="modular", title="M", points=5), Row(id="new", title="N", points=5))
    other = carry_over(old, with_rows(fresh(60), smaller))
    assert points(other) == {"modular": None, "new": None}
    assert other.score == 60
    assert carry_over(None, fresh()) == fresh()


def test_a_result_without_rubric_is_left_alone() -> None:
    plain = Result(
        assignment="t", student="a", status="graded", score=5, max_score=9, seconds=0, checks=()
    )
    assert merge(plain, {"modular": Mark(1)}, {"a"}) == plain


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("7", 7), ("7.5", 7.5), ("7,5", 7.5), (" 0 ", 0), (".5", 0.5), (",5", 0.5), ("7.", 7),
        ("+3", 3), ("-1", -1), ("\N{MINUS SIGN}1", -1), ("3.333", 3.33),
        ("", None), ("x", None), ("nan", None), ("inf", None), ("1e3", None), ("1.000,5", None),
        ("7/10", None), ("1 000", None), ("٣", None), ("9" * 30, None), ("-", None), (".", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_spreadsheets_write_them(text: str, points: float | None) -> None:
    assert read_points(text) == points


def test_what_fits_a_row() -> None:
    modular, _, bonus = ROWS
    assert [fits(modular, value) for value in (0, 10, 10.01, -0.01, None)] == [
        True, True, False, False, True,
    ]  # fmt: skip
    assert fits(bonus, 4)
    assert not fits(bonus, -1)


given_points = st.one_of(st.none(), st.integers(0, 550).map(lambda n: n / 100))


@given(st.integers(0, 8000), given_points, given_points)
def test_score_and_open_points_always_add_up(
    cents: int, modular: float | None, cited: float | None
) -> None:
    marks = {"modular": Mark(modular, source="a"), "cited": Mark(cited, source="b")}
    result = merge(fresh(cents / 100), marks, {"a", "b"})
    assert result.score == pytest.approx(cents / 100 + (modular or 0) + (cited or 0))
    still = (10 if modular is None else 0) + (5.5 if cited is None else 0)
    assert result.open_points == still
