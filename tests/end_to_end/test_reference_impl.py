"""The model solutions score full, in every language: or the specs ask for too much."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.grading import ROOT, grade

pytestmark = [pytest.mark.docker, pytest.mark.timeout(600)]

ASSIGNMENTS = ("udp_echo", "tcp_echo", "chat", "web_server")
LANGUAGES = ("python", "c", "cpp", "java")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hand in each model solution as a student called after its language."""
    tree = tmp_path_factory.mktemp("models")
    for assignment in ASSIGNMENTS:
        for language in LANGUAGES:
            source = ROOT / "reference_impl" / assignment / language
            shutil.copytree(source, tree / assignment / language)
    out = tmp_path_factory.mktemp("out")
    run = grade(tree, "-j", "2", out=out, seconds=590)
    assert run.status == 0, run.said[-3000:]
    return out


def checks(out: Path, assignment: str, language: str) -> list[dict[str, Any]]:
    path = out / "results" / assignment / f"{language}.json"
    found: list[dict[str, Any]] = json.loads(path.read_text())["checks"]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_a_model_server_passes_every_check(graded: Path, assignment: str, language: str) -> None:
    mine = [one for one in checks(graded, assignment, language) if one["program"] == "server"]
    failed = {one["id"]: one["message"] for one in mine if one["outcome"] != "pass"}
    assert not failed
    assert len(mine) >= 10


@pytest.mark.parametrize("assignment", ["udp_echo", "tcp_echo", "chat"])
def test_a_model_client_passes_every_check(graded: Path, assignment: str) -> None:
    mine = [one for one in checks(graded, assignment, "python") if one["program"] == "client"]
    failed = {one["id"]: one["message"] for one in mine if one["outcome"] != "pass"}
    assert not failed
    assert len(mine) >= 5


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_python_solution_scores_100_without_a_note(graded: Path, assignment: str) -> None:
    result = json.loads((graded / "results" / assignment / "python.json").read_text())
    assert result["score"] == result["max_score"] == 100
    assert result["notes"] == []
