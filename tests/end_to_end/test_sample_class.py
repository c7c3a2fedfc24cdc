"""The sample class, graded in Docker, against what each `expected.yml` says, line by line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader.core.symptoms import SYMPTOMS
from grader.loading import load_spec
from tests.end_to_end.grading import grade

ROOT = Path(__file__).parents[2]
SPECS = sorted((ROOT / "specs").glob("*.yml"))
SAMPLES = sorted(path.parent for path in (ROOT / "submissions").glob("*/*/expected.yml"))
LANGUAGES = {".py", ".c", ".cpp", ".java"}


def name(sample: Path) -> str:
    return f"{sample.parent.name}/{sample.name}"


@pytest.fixture(scope="module")
def graded_alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grade one assignment's class with a single worker."""
    out = tmp_path_factory.mktemp("alone")
    run = grade("submissions/tcp_echo", "-a", "tcp_echo", "-j", "1", out=out, seconds=1500)
    assert run.status == 0, run.said[-6000:]
    return out


def load(out: Path, sample: Path) -> dict[str, Any]:
    path = out / "results" / sample.parent.name / f"{sample.name}.json"
    kept: dict[str, Any] = json.loads(path.read_text())
    return kept


def rows(sample: Path) -> list[str]:
    """Return the rows of the rubric that a sample is graded by."""
    return [row.id for row in load_spec(ROOT / "specs" / f"{sample.parent.name}.yml").rubric]


def story(result: dict[str, Any]) -> dict[str, Any]:
    """Reduce a result to what an `expected.yml` says."""
    checks = result["checks"]
    return {
        "score": result["score"],
        "rubric": {row["id"]: row["points"] for row in result["rubric"]},
        "fails": {c["id"]: c["reason"] for c in checks if c["outcome"] == "fail"},
        "skips": sorted(c["id"] for c in checks if c["outcome"] == "skip"),
        "errors": {c["id"]: c["message"] for c in checks if c["outcome"] == "error"},
    }


def causes(expected: dict[str, Any]) -> dict[str, str]:
    """Return the causes that must be recognised; where none is certain a text says why."""
    named = expected.get("causes") or {}
    return named if isinstance(named, dict) else {}


def told(result: dict[str, Any], key: str, expected: dict[str, Any]) -> dict[str, str]:
    """Return what was told of the checks whose causes, or lines, an `expected.yml` names."""
    named = causes(expected) if key == "cause" else expected.get("lines") or {}
    found = {c["id"]: c[key] for c in result["checks"] if c["id"] in named and c[key]}
    if key == "cause":
        return {check: cause["code"] for check, cause in found.items()}
    return {check: f"{place['file']}:{place['line']}" for check, place in found.items()}


@pytest.mark.docker
@pytest.mark.timeout(1600)
@pytest.mark.parametrize("sample", SAMPLES, ids=name)
def test_each_sample_comes_out_as_its_author_says(sample_class: Path, sample: Path) -> None:
    expected = yaml.safe_load((sample / "expected.yml").read_text())
    result = load(sample_class, sample)
    assert story(result) == {
        "score": expected["score"],
        "rubric": dict.fromkeys(rows(sample)) | (expected.get("rubric") or {}),
        "fails": expected.get("fails") or {},
        "skips": sorted(expected.get("skips") or []),
        "errors": {},
    }
    if expected.get("builds_with") == "Makefile":
        assert "$ make" in result["build"]
    for note in expected.get("notes") or []:
        assert any(note in said for said in result["notes"]), (note, result["notes"])
    assert told(result, "cause", expected) == causes(expected)
    assert told(result, "place", expected) == (expected.get("lines") or {})
    for check in result["checks"]:
        if check["outcome"] == "fail":
            assert check["message"], check["id"]
            assert check["hint"], check["id"]


@pytest.mark.docker
@pytest.mark.timeout(1600)
def test_the_number_of_workers_makes_no_difference(sample_class: Path, graded_alone: Path) -> None:
    samples = [sample for sample in SAMPLES if sample.parent.name == "tcp_echo"]
    assert {name(s): story(load(graded_alone, s)) for s in samples} == {
        name(s): story(load(sample_class, s)) for s in samples
    }


@pytest.mark.docker
@pytest.mark.timeout(1600)
def test_the_class_has_its_tables_and_reports(sample_class: Path) -> None:
    table = (sample_class / "grades.csv").read_text().splitlines()
    assert table[0].startswith("student,assignment,score,max_score,status")
    assert len(table) == len(SAMPLES) + 1
    for sample in SAMPLES:
        page = (sample_class / sample.parent.name / sample.name / "report.md").read_text()
        assert page.startswith("# ")


def samples_of(spec: Path) -> list[Path]:
    """Return the samples of one assignment."""
    return [sample for sample in SAMPLES if sample.parent.name == spec.stem]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_an_assignment_has_samples_of_many_kinds(spec: Path) -> None:
    """At least six, in Python and two of the other languages, honest and buggy."""
    samples = samples_of(spec)
    assert len(samples) >= 6
    scores = [yaml.safe_load((s / "expected.yml").read_text())["score"] for s in samples]
    assert 100 in scores
    assert any(score < 100 for score in scores)
    endings = {path.suffix for sample in samples for path in sample.rglob("*")} & LANGUAGES
    assert ".py" in endings
    assert len(endings) >= 3, endings


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_every_check_is_failed_by_some_sample(spec: Path) -> None:
    """A check that nothing fails checks nothing."""
    caught: set[str] = set()
    for sample in samples_of(spec):
        expected = yaml.safe_load((sample / "expected.yml").read_text())
        caught.update(expected.get("fails") or {})
    checks = [check for check in load_spec(spec).checks if check.points]
    missing = {check.id for check in checks} - caught
    assert not missing, f"nothing fails {sorted(missing)}"


@pytest.mark.parametrize("sample", SAMPLES, ids=name)
def test_a_sample_names_the_cause_that_must_be_recognised(sample: Path) -> None:
    """At least one, or a sentence on why none is certain; for what is missing the reason tells."""
    expected = yaml.safe_load((sample / "expected.yml").read_text())
    fails = expected.get("fails") or {}
    assert set(causes(expected)) <= set(fails)
    assert set(expected.get("lines") or {}) <= set(fails)
    assert set(causes(expected).values()) <= {symptom.code for symptom in SYMPTOMS}
    if any(reason != "no_program" for reason in fails.values()):
        assert expected.get("causes"), "name a cause, or say why none is certain"
    for where in (expected.get("lines") or {}).values():
        path, _, line = where.rpartition(":")
        source = (sample / path).read_text("utf-8", "replace").splitlines()
        assert source[int(line) - 1].strip(), where


def test_every_sample_is_in_the_list_and_says_what_it_shows() -> None:
    page = (ROOT / "submissions/README.md").read_text()
    missing = [name(sample) for sample in SAMPLES if f"]({name(sample)})" not in page]
    assert not missing
