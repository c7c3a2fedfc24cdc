"""The list of equivalent mutants: what it may say, and what is wrong with it, where."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.loading.equivalents import Excuse, Excuses, load_equivalents
from grader.loading.errors import LoadError

GOOD = """\
equivalents:
  - reason: It is open.
    mutants:
      - 's.py main: missing_call: print("x")'
      - "s.py main: wrong_words: print(\\"x\\")"
outside:
  - reason: No arguments.
    functions: [s.py port_from]
"""


def write(folder: Path, text: str) -> Path:
    (folder / "equivalents").mkdir()
    path = folder / "equivalents" / "t.yml"
    path.write_text(text)
    return path


def test_each_mutant_and_function_has_its_reason_and_its_place(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    found = load_equivalents(tmp_path, "t")
    assert found.mutants == {
        's.py main: missing_call: print("x")': Excuse("It is open.", f"{path}:4"),
        's.py main: wrong_words: print("x")': Excuse("It is open.", f"{path}:5"),
    }
    assert found.functions == {"s.py port_from": Excuse("No arguments.", f"{path}:8")}


def test_without_a_file_nothing_is_excused(tmp_path: Path) -> None:
    assert load_equivalents(tmp_path, "t") == Excuses()


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("- a\n", (1, 1), "has keys: equivalents, outside"),
        ("equivalent: []\n", (1, 1), 'unknown key "equivalent"'),
        ("equivalents: 5\n", (1, 14), "expected a list"),
        ("equivalents: [x]\n", (1, 15), "expected a reason and its mutants"),
        ("equivalents:\n- mutants: [a]\n", (2, 3), "it lacks its reason"),
        ("equivalents:\n- reason: ' '\n  mutants: [a]\n", (2, 3), "it lacks its reason"),
        ("equivalents:\n- reason: r\n", (2, 3), "it lacks its list of mutants"),
        ("outside:\n- {reason: r, functions: f}\n", (2, 26), "its list of functions"),
        ("equivalents:\n- {reason: r, mutants: [a], x: 1}\n", (2, 29), 'unknown key "x"'),
        ("equivalents:\n- {reason: r, mutants: [a: b]}\n", (2, 25), "expected a name"),
        ("equivalents:\n- reason: r\n  mutants: [a, b, a]\n", (3, 19), "it is there twice"),
    ],
)
def test_what_is_wrong_is_told_where_it_is(
    tmp_path: Path, text: str, place: tuple[int, int], told: str
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(LoadError) as caught:
        load_equivalents(tmp_path, "t")
    first = caught.value.errors[0]
    assert told in first.message
    assert (first.line, first.column) == place
    assert str(first).startswith(f"{path}:{place[0]}:{place[1]}: ")
