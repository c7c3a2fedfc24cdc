"""The model solutions score full, in every language and style: or the specs ask for too much.

What there is to try is found, not listed: a folder `reference_impl/<assignment>/<style>/` is
handed in as if it were a student's. In Python each style is the whole assignment; in other
languages it may be the server alone.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.end_to_end.grading import ROOT, grade

pytestmark = [pytest.mark.docker, pytest.mark.timeout(900)]

SPECS = {path.stem: yaml.safe_load(path.read_text()) for path in (ROOT / "specs").glob("*.yml")}
MODELS = sorted(path for path in (ROOT / "reference_impl").glob("*/*") if path.is_dir())
IN_PYTHON = [model for model in MODELS if any(model.glob("*.py"))]


def name(model: Path) -> str:
    return f"{model.parent.name}/{model.name}"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hand in each model solution as a student called after its style."""
    tree = tmp_path_factory.mktemp("models")
    for model in MODELS:
        shutil.copytree(model, tree / name(model))
    out = tmp_path_factory.mktemp("out")
    run = grade(tree, "-j", "2", out=out, seconds=890)
    assert run.status == 0, run.said[-3000:]
    return out


def result(out: Path, model: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "results" / f"{name(model)}.json").read_text())
    return found


def roles(assignment: str) -> list[str]:
    programs: dict[str, Any] = SPECS[assignment]["programs"]
    return list(programs)


def listening(assignment: str) -> str:
    programs: dict[str, Any] = SPECS[assignment]["programs"]
    return next(role for role, keys in programs.items() if "listens" in keys)


def about(out: Path, model: Path, role: str) -> tuple[int, dict[str, str]]:
    """Count a role's checks, and tell which of them did not pass and why."""
    mine = [check for check in result(out, model)["checks"] if check["program"] == role]
    return len(mine), {one["id"]: one["message"] for one in mine if one["outcome"] != "pass"}


def test_every_assignment_has_a_model_in_python_and_there_are_some_in_every_language() -> None:
    assert {model.parent.name for model in IN_PYTHON} == set(SPECS)
    endings = {path.suffix for model in MODELS for path in model.rglob("*")}
    assert {".py", ".c", ".cpp", ".java"} <= endings


@pytest.mark.parametrize("model", MODELS, ids=name)
def test_a_model_server_passes_every_check(graded: Path, model: Path) -> None:
    count, failed = about(graded, model, listening(model.parent.name))
    assert not failed
    assert count >= 5


@pytest.mark.parametrize("model", IN_PYTHON, ids=name)
def test_a_model_in_python_passes_every_check_of_every_program(graded: Path, model: Path) -> None:
    for role in roles(model.parent.name):
        count, failed = about(graded, model, role)
        assert not failed
        assert count >= 3, role


@pytest.mark.parametrize("model", IN_PYTHON, ids=name)
def test_a_model_in_python_scores_full_without_a_note(graded: Path, model: Path) -> None:
    found = result(graded, model)
    assert found["score"] + found["open_points"] == found["max_score"] == 100
    assert found["notes"] == []
