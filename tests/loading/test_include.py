"""Rows of a rubric, and files that several specs include."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.core.model import Row, Spec
from grader.loading.errors import LoadError
from grader.loading.spec import load_spec, load_specs
from tests.loading.conftest import HEAD, Load, Wrong

ONE = "- {id: a, title: A, points: 5, steps: [server starts]}\n"
QUALITY = """\
checks:
  - {id: has_readme, title: README, points: 2, steps: [{source has: readme}]}
rubric:
  - {id: modular, title: Modular, points: 3}
"""


def write(folder: Path, quality: str, head: str = "include: shared/quality.yml\n") -> Path:
    """Write a spec that includes a file."""
    (folder / "shared").mkdir(exist_ok=True)
    (folder / "shared/quality.yml").write_text(quality)
    (folder / "t.yml").write_text(head + HEAD + ONE)
    return folder / "t.yml"


def refused(path: Path) -> list[LoadError]:
    with pytest.raises(LoadError) as caught:
        load_spec(path)
    return list(caught.value.errors)


def test_rows_count_in_the_maximum(load: Load) -> None:
    spec = load(
        f"{HEAD}{ONE}rubric:\n"
        "- {id: modular, title: M, points: 2.5, criteria: Look.}\n"
        "- {id: bonus, title: B, points: 4, extra_credit: true}\n"
    )
    assert spec.rubric == (
        Row(id="modular", title="M", points=2.5, criteria="Look."),
        Row(id="bonus", title="B", points=4, extra_credit=True),
    )
    assert spec.max_score == 7.5


@pytest.mark.parametrize(
    ("row", "message", "hint"),
    [
        ("{id: M, title: M, points: 1}", '"M" cannot be an id', "lower-case"),
        ("{id: m, title: ' ', points: 1}", "the title is empty", ""),
        ("{id: m, title: M, points: 0}", "worth more than 0", ""),
        ("{id: m, title: M, points: many}", "expected a number", ""),
        ("{id: m, title: M}", 'lacks the key "points"', ""),
        ("{id: m, titel: M, points: 1}", 'unknown key "titel"', 'did you mean "title"?'),
        ("modular", "a row has keys", ""),
        ("{id: a, title: M, points: 1}", 'the id "a" is there twice', "the first is on line 6"),
    ],
)
def test_a_wrong_row_is_told(wrong: Wrong, row: str, message: str, hint: str) -> None:
    (found,) = wrong(f"{HEAD}{ONE}rubric:\n- {row}\n")
    assert message in found.message
    assert hint in found.suggestion
    assert found.line == 8


def test_a_rubric_is_a_list(wrong: Wrong) -> None:
    (found,) = wrong(f"{HEAD}{ONE}rubric: modular\n")
    assert found.message == "rubric is a list with at least one row"


def test_what_is_included_comes_behind_and_counts(tmp_path: Path) -> None:
    spec = load_spec(write(tmp_path, QUALITY))
    assert [check.id for check in spec.checks][-2:] == ["a", "has_readme"]
    assert spec.checks[-1].needs == ()  # it runs even if nothing compiles
    assert [row.id for row in spec.rubric] == ["modular"]
    assert spec.include == ("shared/quality.yml",)
    assert spec.max_score == 10


def test_the_digest_covers_what_is_included(tmp_path: Path) -> None:
    before = load_spec(write(tmp_path, QUALITY)).digest
    assert load_spec(write(tmp_path, QUALITY)).digest == before
    assert load_spec(write(tmp_path, QUALITY + "# later\n")).digest != before
    assert load_spec(write(tmp_path, QUALITY, head="")).digest != before


def test_a_file_to_include_is_no_assignment(tmp_path: Path) -> None:
    write(tmp_path, QUALITY)
    assert list(load_specs(tmp_path)) == ["t"]


@pytest.mark.parametrize(
    ("quality", "place", "message"),
    [
        (QUALITY.replace("has_readme", "a"), ":2:10", 'the id "a" is there twice'),
        (QUALITY.replace("readme}", "readme, x}"), ":2:", "has"),
        (QUALITY.replace("modular", "has_readme"), ":4:10", 'the id "has_readme" is there twice'),
        (QUALITY.replace("source has", "alice has"), ":2:", "no program of"),
        (QUALITY.replace("points: 2", "needs: [b], points: 2"), ":2:", 'no check is called "b"'),
        (QUALITY + "title: x\n", ":5:1", 'unknown key "title"'),
        ("", ":1:1", "a file to include has keys: checks, rubric"),
        ("checks: [\n", ":", ""),
    ],
)
def test_an_error_in_an_included_file_names_that_file(
    tmp_path: Path, quality: str, place: str, message: str
) -> None:
    (found,) = refused(write(tmp_path, quality))
    assert found.file == str(tmp_path / "shared/quality.yml")
    assert found.place.startswith(found.file + place)
    assert message in found.message


def test_an_id_that_clashes_names_both_places(tmp_path: Path) -> None:
    (found,) = refused(write(tmp_path, QUALITY.replace("has_readme", "a")))
    assert found.suggestion == f"the first is on line 7 of {tmp_path / 't.yml'}"


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("shared/qualty.yml", "there is no file", 'did you mean "shared/quality.yml"?'),
        ("../secret.yml", "not below the spec's folder", "shared/quality.yml"),
        ("/etc/passwd", "not below the spec's folder", ""),
        ("[shared/quality.yml, shared/quality.yml]", "is included twice", ""),
        ("{a: b}", "expected a text", ""),
    ],
)
def test_a_file_that_cannot_be_included(tmp_path: Path, name: str, message: str, hint: str) -> None:
    (found,) = refused(write(tmp_path, QUALITY, head=f"include: {name}\n"))
    assert message in found.message
    assert hint in found.suggestion
    assert (found.file, found.line) == (str(tmp_path / "t.yml"), 1)


def test_checks_in_python_stand_beside_the_file_that_names_them(tmp_path: Path) -> None:
    quality = "checks:\n- {id: b, title: B, points: 1, program: server, python: 'p.py:f'}\n"
    path = write(tmp_path, quality)
    (tmp_path / "shared/p.py").write_text("def f(cast):\n    yield cast.server.starts()\n")
    before: Spec = load_spec(path)
    (tmp_path / "shared/p.py").write_text("def f(cast):\n    yield cast.server.starts()\n# x\n")
    assert load_spec(path).digest != before.digest
