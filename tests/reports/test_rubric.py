"""What people give points for, in every report: open or given, and comments that stay text."""

from __future__ import annotations

import csv
import io

import pytest
from markdown_it import MarkdownIt

from grader.core.model import Result, Row
from grader.core.rubric import Mark, merge, with_rows
from grader.reports.csvfile import ROWS as COLUMNS
from grader.reports.csvfile import by_hand_csv, grades_csv
from grader.reports.markdown import report
from grader.reports.rubricsheet import LONG, Open, long_sheet, wide_sheet
from grader.reports.summary import index
from grader.reports.terminal import class_table, submission_feedback
from grader.reports.view import view
from tests.reports.report_samples import HOSTILE, check, failed, result

ROWS = (
    Row(id="modular", title="Well modularised", points=12),
    Row(id="cited", title="References cited", points=8),
)


def opened(**fields: object) -> Result:
    """Return a result with 70 of 80 points and 20 to be given."""
    plain = result(check("a", max_points=70), failed("b"), max_score=100, **fields)
    return with_rows(plain, ROWS)


def given(comment: str = "One function\n\nof 90 lines.", **fields: object) -> Result:
    """Return it with one row given."""
    return merge(opened(**fields), {"modular": Mark(7.5, comment, "mk", "a.csv")}, {"a.csv"})


def cells(table: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table, newline="")))


def test_the_score_says_what_is_still_open() -> None:
    assert view(opened(), "ta").points == "70 of 100 (20 by hand still open)"
    assert view(given(), "student").points == "77.5 of 100 (8 by hand still open)"
    full = merge(given(), {"cited": Mark(8)}, set())
    assert view(full, "ta").points == "85.5 of 100"
    lost = opened(score=None, status="withheld", automatic=None)
    assert view(lost, "ta").points == "withheld (20 by hand still open)"


def test_with_hidden_checks_a_student_sees_the_points_of_the_rest() -> None:
    hidden = check("c", max_points=5, visibility="hidden")
    plain = result(check("a", max_points=70), hidden, max_score=95)
    seen = view(merge(with_rows(plain, ROWS), {"cited": Mark(8)}, set()), "student")
    assert (seen.score, seen.max_score, seen.hidden) == (78, 90, 5)
    assert seen.points == "78 of 90 (12 by hand still open)"


def test_a_report_shows_rows_and_comments() -> None:
    page = report(given(), "T")
    assert "**77\\.5 of 100 (8 by hand still open)**" in page
    assert "## Graded by hand" in page
    assert "| Well modularised | 7.5 of 12 |\n| References cited | open, 8 to give |" in page
    assert "- Well modularised (mk): One function  \n  of 90 lines.\n" in page
    assert "Graded by hand" not in report(result(check("a")), "T")


def test_the_terminal_shows_rows_and_comments() -> None:
    shown = submission_feedback(given(), "student")
    assert "Graded by hand:\n  Well modularised" in shown
    assert "7.5 of 12\n      One function\n      of 90 lines.\n  References cited" in shown
    assert "77.5 of 100 (8 by hand still open): 1 check passed, 1 failed" in shown
    assert all(len(line) <= 80 for line in shown.splitlines())
    table = class_table([given(), opened(student="bob")])
    assert "(8 by hand open)" in table
    assert "(20 by hand open)" in table


def test_the_summary_has_a_column_for_what_people_gave() -> None:
    page = index([given(), opened(student="bob")], {})
    assert "2 with points by hand still open." in page
    assert "| alice | 77.5 of 100 | 7.5 of 20, 8 open | 1 of 2 | b |" in page
    assert "By hand" not in index([result(check("a"))], {})


def test_the_tables_say_automatic_by_hand_and_open() -> None:
    head, row = cells(grades_csv([given()]))
    assert head[-3:] == ["automatic", "by_hand", "open"]
    assert (row[2], row[-3:]) == ("77.5", ["70", "7.5", "8"])
    assert cells(by_hand_csv([given()])) == [
        list(COLUMNS),
        ["alice", "chat", "modular", "7.5", "12", "One function\n\nof 90 lines.", "mk"],
        ["alice", "chat", "cited", "", "8", "", ""],
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_comment_is_text_whatever_it_looks_like(text: str) -> None:
    hostile = given(text, student=text)
    page = report(hostile, "T")
    tokens = [inner for token in MarkdownIt("commonmark").enable("table").parse(page)
              for inner in (token, *(token.children or []))]  # fmt: skip
    assert not {token.type for token in tokens} & {
        "html_block", "html_inline", "image", "link_open", "em_open", "strong_em_open",
    }  # fmt: skip
    assert [token.tag for token in tokens if token.type == "heading_open"] == [
        "h1", "h2", "h2",
    ]  # fmt: skip
    shown = submission_feedback(hostile, "ta") + class_table([hostile])
    assert all(char.isprintable() or char == "\n" for char in shown)
    for table in (by_hand_csv([hostile]), grades_csv([hostile]), long_sheet([line(text)])):
        found = cells(table.removeprefix("\ufeff"))
        assert {len(item) for item in found} == {len(found[0])}
        assert not any(value.startswith(("=", "+", "-", "@")) for item in found for value in item)
        table.encode()


def line(student: str) -> Open:
    return Open("chat", student, ROWS)


def test_the_table_to_fill_in() -> None:
    sheet = long_sheet([line("alice"), Open("chat", "=bob", ROWS[1:])])
    assert sheet.startswith("\ufeffstudent,")
    assert cells(sheet.removeprefix("\ufeff")) == [
        list(LONG),
        ["alice", "chat", "modular", "", "", "12", "Well modularised", ""],
        ["alice", "chat", "cited", "", "", "8", "References cited", ""],
        ["'=bob", "chat", "cited", "", "", "8", "References cited", ""],
    ]
    assert wide_sheet([line("alice")], ROWS, ";") == (
        "\ufeffstudent;assignment;modular;modular comment;cited;cited comment\r\nalice;chat;;;;\r\n"
    )
