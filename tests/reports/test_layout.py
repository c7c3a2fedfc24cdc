"""Numbers, bars and columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.transcript import columns, visible
from grader.reports.layout import (
    bar,
    fold,
    number,
    pad,
    percent,
    plural,
    sentence_case,
    shorten,
    wrap,
)

SHOWN = st.text(max_size=60).map(lambda text: visible(text.encode("utf-8", "replace")))


def test_numbers_are_written_as_people_do() -> None:
    assert [number(value) for value in (85, 85.0, 62.5, 10 / 3)] == ["85", "85", "62.5", "3.33"]
    assert (plural(1, "check"), plural(2, "check")) == ("1 check", "2 checks")
    assert (percent(1, 3), percent(0, 0)) == ("33 %", "–")  # noqa: RUF001 - as it is printed


@pytest.mark.parametrize(
    ("part", "whole", "drawn"),
    [
        (0, 100, "░░░░"),
        (1, 100, "█░░░"),
        (50, 100, "██░░"),
        (99.9, 100, "███░"),
        (100, 100, "████"),
        (110, 100, "████"),
        (0, 0, "░░░░"),
    ],
)
def test_only_a_full_score_has_a_full_bar(part: float, whole: float, drawn: str) -> None:
    assert bar(part, whole, 4) == drawn


@given(SHOWN, st.integers(2, 40))
def test_a_padded_text_has_exactly_its_width(text: str, width: int) -> None:
    assert columns(pad(text, width)) == columns(pad(text, width, right=True)) == width
    assert columns(shorten(text, width)) <= width


@given(SHOWN, st.integers(10, 40))
def test_wrapping_loses_nothing_and_keeps_the_width(text: str, width: int) -> None:
    lines = wrap(text, width, "  ", "")
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_wrapping_breaks_at_spaces() -> None:
    assert wrap("Hint: count the bytes", 12, "  ", "") == ["Hint: count", "  the bytes"]
    assert wrap("x" * 25, 12, "  ") == ["  " + "x" * 10, "  " + "x" * 10, "  xxxxx"]
    assert wrap("", 12) == [""]


def test_a_sentence_begins_with_a_capital_and_leaves_its_full_stop_to_the_page() -> None:
    assert sentence_case("your server sent nothing.") == "Your server sent nothing"
    assert sentence_case("") == ""
    assert sentence_case("tcpServer.c:3: error: no") == "tcpServer.c:3: error: no"


def test_a_line_that_is_folded_loses_nothing() -> None:
    assert fold("12345", 5) == ["12345"]
    assert fold("1234567890", 5) == ["12345", "  678", "  90"]
