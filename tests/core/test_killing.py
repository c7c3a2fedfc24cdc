"""The arithmetic of a proof: what kills a mutant, the matrix, and what is wrong with a spec."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from grader.core.findings import (
    matrix_findings,
    points_finding,
    reference_findings,
    sample_findings,
    stale_findings,
    stale_functions,
    stale_names,
    toothless_findings,
)
from grader.core.killing import (
    Fate,
    SpecProof,
    Trial,
    check_lines,
    differences,
    judge_mutant,
    present,
)
from grader.core.model import Check, CheckResult, Program, Result, Spec
from grader.core.mutation import Mutant

SPEC = Spec(
    assignment="t",
    title="T",
    programs=(Program(name="server", entry=("*",)), Program(name="client", entry=("*",))),
    checks=(
        Check(id="a", title="A", points=60, program="server"),
        Check(id="b", title="B", points=40, program="client"),
    ),
    source="specs/t.yml",
)
MUTANT = Mutant("s.py f: run_once: x", "run_once", "s.py", "f", 7, "x", "says", "diff", "source")


def check(name: str, outcome: Any = "pass", **more: Any) -> CheckResult:
    most = SPEC.checks[0 if name == "a" else 1]
    given: dict[str, Any] = {
        "id": name,
        "program": most.program,
        "title": most.title,
        "outcome": outcome,
        "points": most.points if outcome == "pass" else 0,
        "max_points": most.points,
    }
    return CheckResult(**{**given, **more})


def result(*checks: CheckResult, **more: Any) -> Result:
    total = sum(item.points for item in checks)
    error = any(item.outcome == "error" for item in checks)
    given: dict[str, Any] = {
        "assignment": "t",
        "student": "python",
        "status": "withheld" if error else "graded",
        "score": None if error else total,
        "max_score": 100,
        "seconds": 1.0,
        "checks": checks,
    }
    return Result(**{**given, **more})


FULL = result(check("a"), check("b"))


# ---------------------------------------------------------------------------------- mutants


@pytest.mark.parametrize(
    ("came", "fate"),
    [
        (FULL, "survived"),
        (result(check("a", "fail", reason="no_reply"), check("b", "skip")), "killed"),
        (result(check("a", points=30), check("b")), "killed"),
        (result(check("a"), check("b"), score=95), "killed"),
        (result(check("a"), check("b"), notes=("odd",)), "survived"),
        (result(check("a", "error", message="lost"), check("b")), "error"),
        (result(check("a", "fail", reason="x"), check("b", "error")), "error"),
    ],
)
def test_a_mutant_is_killed_by_a_lost_check_or_by_lost_points(came: Result, fate: Fate) -> None:
    assert judge_mutant(MUTANT, came, ()).fate == fate


def test_a_note_kills_only_a_deviation_that_is_noted_on_purpose() -> None:
    noted = result(check("a"), check("b"), notes=("listens on port 1", "usual"))
    other = replace(MUTANT, deviation=True)
    assert judge_mutant(other, noted, ["usual"]).fate == "noted"
    assert judge_mutant(other, noted, ["usual", "listens on port 1"]).fate == "survived"


def test_an_excuse_holds_for_survivors_only() -> None:
    failed = result(check("a", "fail", reason="no_reply"), check("b"))
    assert judge_mutant(MUTANT, FULL, (), "open").fate == "equivalent"
    assert judge_mutant(MUTANT, failed, (), "open").fate == "killed"


# ---------------------------------------------------------------------------------- matrix


def trial(name: str, fate: Fate = "killed", fails: str = "", kind: Any = "mutant") -> Trial:
    reasons = dict.fromkeys(fails, "no_reply")
    return Trial(name, kind, reasons, fate, "run_once", place="s.py:1")


def proof(*trials: Trial) -> SpecProof:
    return SpecProof("t", "T", 100, check_lines(SPEC, trials), trials=trials)


def test_the_matrix_counts_who_fails_each_check_and_names_the_plainest() -> None:
    first, second = check_lines(
        SPEC,
        [trial("m1", fails="ab"), trial("m2", fails="a"), trial("carol", fails="a", kind="sample")],
    )
    assert (first.samples, first.mutants, first.example) == (1, 2, "s.py:1 run_once: no_reply")
    assert (second.samples, second.mutants) == (0, 1)


def test_the_share_leaves_equivalents_out() -> None:
    dead: Fate = "killed"
    equal: Fate = "equivalent"
    fates: list[Fate] = ["noted", "noted", "survived", *17 * [dead], *9 * [equal]]
    found = proof(*(trial(str(n), fate, "ab") for n, fate in enumerate(fates)))
    assert found.share == 95
    assert proof().share == 100


def test_a_check_that_nothing_fails_is_an_error() -> None:
    found = toothless_findings(proof(trial("m", fails="a")), "specs/t.yml")
    assert [(item.code, item.grave) for item in found] == [("toothless", True)]
    assert "nothing fails b" in found[0].what


@pytest.mark.parametrize(("threshold", "grave"), [(50, False), (51, True)])
def test_survivors_are_listed_and_grave_below_the_threshold(threshold: int, grave: bool) -> None:  # noqa: FBT001
    both = trial("m1", fails="ab"), trial("m2", "survived")
    found = {item.code: item for item in matrix_findings(proof(*both), threshold, "x")}
    assert found["survivor"].name == "m2"
    assert found["survivor"].grave is grave
    assert ("threshold" in found) is grave


def test_what_went_wrong_on_our_side_is_ours() -> None:
    found = matrix_findings(proof(trial("m1", fails="ab"), trial("m2", "error")), 0, "x")
    assert [(item.code, item.ours) for item in found] == [("error", True)]


def test_an_entry_of_the_list_that_is_killed_or_fits_nothing_is_stale() -> None:
    trials = [trial("dead", fails="a"), trial("noted", "noted"), trial("equal", "equivalent")]
    places = {name: f"t.yml:{n}" for n, name in enumerate(["dead", "noted", "equal", "gone"])}
    found = stale_findings(places, trials) + stale_names(places, {"dead", "noted", "equal"})
    assert [(item.place, item.grave) for item in found] == [
        ("t.yml:0", True),
        ("t.yml:1", True),
        ("t.yml:3", True),
    ]
    assert stale_functions({"s.py f": "t.yml:1", "s.py g": "t.yml:2"}, {"s.py f"})[0].place == (
        "t.yml:2"
    )


# ----------------------------------------------------------------- references and samples


def test_points_must_add_up() -> None:
    assert points_finding(SPEC) == []
    more = replace(SPEC, checks=(*SPEC.checks, Check(id="c", title="C", points=1)))
    assert "add up to 101" in points_finding(more)[0].what
    extra = Check(id="c", title="C", points=5, extra_credit=True)
    assert points_finding(replace(SPEC, checks=(*SPEC.checks, extra))) == []


def test_a_model_solution_passes_all_checks_of_the_programs_it_has() -> None:
    run, found = reference_findings(SPEC, "python", [FULL, FULL], complete=True)
    assert (run.runs, run.score, run.max_score, found) == (2, 100, 100, [])
    half = result(check("a"), check("b", "fail", reason="no_program"))
    run, found = reference_findings(SPEC, "c", [half], complete=False)
    assert (run.score, run.max_score, run.programs, found) == (60, 60, ("server",), [])
    assert present(half)[1] == ["server"]


@pytest.mark.parametrize(
    ("runs", "code", "what"),
    [
        ([result(check("a", "fail", reason="no_reply", message="m"), check("b"))], "reference",
         "does not pass a (no_reply: m)"),
        ([result(check("a"), check("b"), score=95)], "reference", "scores 95 of 100"),
        ([result(check("a"), check("b", "fail", reason="no_program"))], "no_reference", "client"),
        ([FULL, result(check("a", message="now it says this"), check("b"))], "unsteady", "on a"),
        ([FULL, replace(FULL, notes=("now and then",))], "unsteady", "score"),
        ([result(check("a", "error", message="lost"), check("b"))], "error", "a: lost"),
    ],
)  # fmt: skip
def test_a_model_solution_that_is_not_perfect(runs: list[Result], code: str, what: str) -> None:
    _, found = reference_findings(SPEC, "python", runs, complete=True)
    assert [item.code for item in found] == [code]
    assert what in found[0].what
    assert found[0].place == "reference_impl/t/python"


def test_times_do_not_tell_two_runs_apart() -> None:
    slow = replace(FULL, seconds=9.0, checks=(check("a", seconds=5.0), check("b")))
    assert differences(FULL, slow) == []


def test_a_sample_that_comes_out_otherwise_says_in_what() -> None:
    said = {"score": 50.0, "fails": {"a": "no_reply"}, "skips": ["b"]}
    came = {"score": 100.0, "fails": {}, "skips": ["b"]}
    found = sample_findings("submissions/t/ann", said, came)
    assert [item.what for item in found] == [
        "score: expected 50, got 100",
        "fails: expected a: no_reply, got none",
    ]
    assert sample_findings("x", said, came, "a: lost")[0].ours
