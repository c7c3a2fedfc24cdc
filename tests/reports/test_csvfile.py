"""The tables for spreadsheets: their contract, their order, and hostile names."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.csvfile import CHECKS, GRADES, grades_csv, per_check_csv
from tests.reports.report_samples import HOSTILE, check, failed, hostile, result


def rows(table: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table, newline="")))


def test_one_line_a_submission_sorted() -> None:
    table = grades_csv(
        [
            result(check("a"), failed("b"), student="zoe"),
            result(check("a", "error", reason="internal"), student="bob", seconds=0.0),
            result(check("a", points=2.5), assignment="a_first", student="zoe"),
        ]
    )
    assert table == (
        "student,assignment,score,max_score,status,passed,failed,skipped,errors,seconds,"
        "failed_checks,automatic,by_hand,open\n"
        "zoe,a_first,2.5,10,graded,1,0,0,0,1.5,,2.5,0,0\n"
        "bob,chat,,10,withheld,0,0,0,1,0,,,0,0\n"
        "zoe,chat,10,20,graded,1,1,0,0,1.5,b,10,0,0\n"
    )


def test_one_line_a_check_in_the_specs_order() -> None:
    assert per_check_csv([result(failed("z"), check("a"))]) == (
        "student,assignment,check,outcome,points,max_points,reason\n"
        "alice,chat,z,fail,0,10,wrong_reply\n"
        "alice,chat,a,pass,10,10,\n"
    )


def test_the_first_columns_are_a_contract() -> None:
    assert GRADES[:5] == ("student", "assignment", "score", "max_score", "status")


def test_an_empty_class_has_a_header() -> None:
    assert rows(grades_csv([])) == [list(GRADES)]
    assert rows(per_check_csv([])) == [list(CHECKS)]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_stay_in_their_cell(text: str) -> None:
    for table in (grades_csv([hostile(text)]), per_check_csv([hostile(text)])):
        found = rows(table)
        assert {len(item) for item in found} == {len(found[0])}
        assert not any(value.startswith(("=", "+", "-", "@")) for item in found for value in item)
        table.encode()


@given(st.permutations([result(student=name) for name in "abcd"]))
def test_the_order_of_grading_makes_no_difference(results: list[object]) -> None:
    assert [row[0] for row in rows(grades_csv(results))[1:]] == ["a", "b", "c", "d"]  # type: ignore[arg-type]
