"""The checks that specs share, held to programs that people wrote: fair to all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.core.model import Job, Limits, Spec
from grader.loading import load_spec, load_submission
from grader.run.play import examine

ROOT = Path(__file__).parents[2]
HEAD = "assignment: t\ninclude: shared/quality.yml\nprograms: {server: {listens: tcp/1}}\n"
ONE = "checks:\n- {id: a, title: A, points: 80, steps: [server starts]}\n"
REFERENCES = sorted(path for path in (ROOT / "reference_impl").glob("*/*") if path.is_dir())
SAMPLES = sorted(path.parent for path in (ROOT / "submissions").glob("*/*/expected.yml"))


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Spec:
    """A spec of 80 points and the shared 20."""
    folder = tmp_path_factory.mktemp("specs")
    (folder / "shared").mkdir()
    (folder / "shared/quality.yml").write_bytes((ROOT / "specs/shared/quality.yml").read_bytes())
    (folder / "t.yml").write_text(HEAD + ONE)
    return load_spec(folder / "t.yml")


def found(spec: Spec, folder: Path) -> dict[str, str]:
    """Return what is found in a folder, by check."""
    submission = load_submission(folder, "t", "alice", Limits())
    played = {
        check.id: examine(Job(spec, submission), check)
        for check in spec.checks
        if check.id in ("no_own_paths", "has_comments", "has_documentation")
    }
    return {name: item.verdict.message for name, item in played.items() if item.verdict}


def test_it_is_worth_twenty_points_and_costs_little_by_itself(spec: Spec) -> None:
    assert spec.max_score == 100
    checks = [check for check in spec.checks if check.id != "a" and check.points]
    assert [check.points for check in checks] == [2, 2, 2]
    assert all(check.hint for check in checks)
    assert sum(row.points for row in spec.rubric) == 14
    assert all(row.criteria for row in spec.rubric)


@pytest.mark.parametrize("folder", REFERENCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_model_solutions_are_commented_and_name_no_places(spec: Spec, folder: Path) -> None:
    assert set(found(spec, folder)) <= {"has_documentation"}


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_sample_is_said_to_name_a_place_that_it_does_not(spec: Spec, folder: Path) -> None:
    """A plain search of the files is the other opinion."""
    said = found(spec, folder).get("no_own_paths", "no source code")
    text = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    named = [place for place in (b'"/', b"'/", b":\\", b":/") if place in text]
    assert "no source code" in said or named
