"""Errors say where, what, and the nearest right word, and show the line with a caret."""

from __future__ import annotations

import pytest

from grader.loading.errors import (
    LoadError,
    LoadErrors,
    Mark,
    Problems,
    caret,
    nearest,
    one_of,
)


def test_an_error_shows_its_place_its_line_and_a_caret() -> None:
    error = LoadError(
        'unknown key "exepcts"',
        "specs/chat.yml",
        Mark(12, 7),
        source="    - alice exepcts: Hi",
        suggestion='did you mean "expects"?',
    )
    assert str(error) == (
        'specs/chat.yml:12:7: unknown key "exepcts"; did you mean "expects"?\n'
        "        - alice exepcts: Hi\n"
        "          ^"
    )
    assert (error.line, error.column) == (12, 7)
    assert error.errors == (error,)


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (LoadError("broken"), "broken"),
        (LoadError("broken", "a.yml"), "a.yml: broken"),
        (LoadError("broken", "a.yml", Mark(3)), "a.yml:3: broken"),
    ],
)
def test_an_error_names_as_much_of_its_place_as_is_known(error: LoadError, shown: str) -> None:
    assert str(error) == shown


def test_a_caret_stays_under_its_column_after_tabs_and_in_long_lines() -> None:
    assert caret("\t\tx", 3) == ["    \t\tx", "    \t\t^"]
    line = "a" * 500 + "X" + "b" * 500
    shown, pointer = caret(line, 501)
    assert shown[pointer.index("^")] == "X"
    assert len(shown) < 200


def test_no_caret_where_there_is_no_line() -> None:
    assert caret("", 4) == []
    assert caret("text", 0) == []


def test_control_characters_of_a_line_are_not_sent_to_the_terminal() -> None:
    assert "\x1b" not in "".join(caret("a: \x1b[31mred", 1))


def test_problems_are_told_in_order_and_once() -> None:
    problems = Problems()
    problems.add(LoadError("second", "a.yml", Mark(9, 1)))
    problems.add(LoadError("first", "a.yml", Mark(2, 5)))
    problems.add(LoadError("first", "a.yml", Mark(2, 5)))
    with pytest.raises(LoadErrors) as caught:
        problems.check()
    assert str(caught.value) == "a.yml:2:5: first\na.yml:9:1: second\n2 problems"
    assert caught.value.line == 2


def test_one_problem_is_raised_as_itself_and_none_not_at_all() -> None:
    problems = Problems()
    problems.check()
    error = LoadError("alone")
    problems.add(error)
    with pytest.raises(LoadError) as caught:
        problems.check()
    assert caught.value is error


def test_a_flood_of_problems_is_cut() -> None:
    text = str(LoadErrors([LoadError(f"number {n}", "a", Mark(n, 1)) for n in range(1, 100)]))
    assert "number 20" in text
    assert "number 21" not in text
    assert text.endswith("99 problems, the first 20 are shown")


def test_the_nearest_word_is_named_only_when_it_is_near() -> None:
    assert nearest("exepcts", ["sends", "expects"]) == 'did you mean "expects"?'
    assert nearest("EXPECTS", ["sends", "expects"]) == 'did you mean "expects"?'
    assert nearest("zzz", ["sends", "expects"]) == ""


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")],
)
def test_alternatives_are_listed_as_people_do(words: list[str], text: str) -> None:
    assert one_of(words) == text
