"""What is wrong with a spec, of all that was tried: each finding says what to do next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from grader.core.killing import (
    FULL,
    Finding,
    ReferenceRun,
    SpecProof,
    Trial,
    differences,
    error_of,
    present,
)
from grader.core.model import Result, Spec


def points_finding(spec: Spec) -> list[Finding]:
    """Say when the points do not add up; extra credit counts on top, and points that people
    give may, too.
    """
    by_hand = sum(row.points for row in spec.rubric if not row.extra_credit)
    if any(abs(total - FULL) < 0.005 for total in (spec.max_score, spec.max_score - by_hand)):
        return []
    return [
        Finding(
            "points",
            f"the points add up to {spec.max_score:g}, not to {FULL}",
            "change the points of some checks (extra credit counts on top)",
            place=spec.source,
        )
    ]


def reference_findings(
    spec: Spec, name: str, runs: Sequence[Result], *, complete: bool
) -> tuple[ReferenceRun, list[Finding]]:
    """Judge a model solution: its programs pass every check, in every run, all in the same way.

    One that is `complete` has all programs of the assignment.
    """
    place = f"reference_impl/{spec.assignment}/{name}"
    there, programs = present(runs[0])
    best = sum(check.max_points for check in there if not check.extra_credit)
    score = runs[0].score or 0
    run = ReferenceRun(name, len(runs), score, best, tuple(programs))
    found = []
    for result in runs:
        if error := error_of(result):
            found.append(_error(place, error))
            return run, found
    for check in there:
        if check.outcome != "pass":
            said = f"{check.reason}: {check.message}"
            found.append(
                Finding(
                    "reference",
                    f"the model solution does not pass {check.id} ({said})",
                    "mend the program, or the check: a right program must pass it",
                    place=place,
                )
            )
    if not found and score < best:
        found.append(
            Finding(
                "reference",
                f"the model solution passes every check and scores {score:g} of {best:g}",
                "look at its notes: a deviation costs it points",
                place=place,
            )
        )
    absent = [item.name for item in spec.programs if item.name not in programs]
    if complete and absent:
        found.append(_no_program(place, absent))
    unsteady = {check for other in runs[1:] for check in differences(runs[0], other)}
    if unsteady:
        found.append(
            Finding(
                "unsteady",
                f"{len(runs)} runs of the same program do not agree on {_names(unsteady)}",
                "find what the verdict depends on: no one may lose points by chance",
                place=place,
            )
        )
    return run, found


def no_reference(spec: Spec) -> Finding:
    """Say that there is no model solution in Python."""
    return _no_program(f"reference_impl/{spec.assignment}/", [p.name for p in spec.programs])


def _no_program(place: str, programs: Iterable[str]) -> Finding:
    return Finding(
        "no_reference",
        f"there is no model solution in Python of {_names(programs)}",
        "write it: without one nobody knows that the spec can be met",
        place=place,
    )


def sample_findings(place: str, expected: Mapping[str, object], story: Mapping[str, object],
                    error: str = "") -> list[Finding]:  # fmt: skip
    """Compare what a sample should come out with to what it did."""
    if error:
        return [_error(place, error)]
    return [
        Finding(
            "sample",
            f"{key}: expected {_shown(expected[key])}, got {_shown(story[key])}",
            "mend the check, or expected.yml if the spec is right",
            place=place,
        )
        for key in expected
        if expected[key] != story[key]
    ]


def matrix_findings(proof: SpecProof, threshold: float, source: str) -> list[Finding]:
    """Say which mutants survive, and what went wrong on our side."""
    found = [_error(trial.place, f"{trial.name}: {trial.why}")
             for trial in proof.of("mutant", "error")]  # fmt: skip
    short = proof.share < threshold
    found += [_survivor(trial, grave=short) for trial in proof.of("mutant", "survived")]
    if short:
        found.append(
            Finding(
                "threshold",
                f"{proof.share:.1f} % of the mutants are killed, fewer than {threshold:g} %",
                "strengthen the checks, or list the mutants that are equivalent",
                place=source,
            )
        )
    return found


def toothless_findings(proof: SpecProof, source: str) -> list[Finding]:
    """Say which checks nothing fails: they check nothing."""
    return [
        Finding(
            "toothless",
            f"nothing fails {line.id}: no sample and no mutant",
            "hand in a sample with the mistake that it is there for, or drop the check",
            place=source,
        )
        for line in proof.checks
        if not line.samples and not line.mutants
    ]


def stale_names(listed: Mapping[str, str], there: Collection[str]) -> list[Finding]:
    """Say which entries of the list of equivalents name no mutant; nothing need be run for it."""
    return [
        Finding(
            "stale", f"no mutant is called {name}", "remove it, or take its new name", place=place
        )
        for name, place in listed.items()
        if name not in there
    ]


def stale_findings(listed: Mapping[str, str], trials: Iterable[Trial]) -> list[Finding]:
    """Say which entries of the list of equivalents are no equivalents, as trials have shown;
    `listed` are their places by name.
    """
    fates = {trial.name: trial for trial in trials if trial.kind == "mutant"}
    found = []
    for name, place in listed.items():
        trial = fates.get(name)
        if trial is not None and trial.fate in {"killed", "noted"}:
            why = next(iter(trial.fails), "a note")
            what = f"{name} is no equivalent: {why} tells it"
            found.append(Finding("stale", what, "remove it from the list", place=place))
    return found


def stale_functions(listed: Mapping[str, str], there: Collection[str]) -> list[Finding]:
    """Say which functions that are to be left alone do not exist."""
    return [
        Finding("stale", f"no function is called {name}", "remove it, or name it anew", place=place)
        for name, place in listed.items()
        if name not in there
    ]


def lost(name: str) -> Finding:
    """Say that something could not be tried at all."""
    return _error("", f"{name} could not be tried: its sandbox was lost")


def _survivor(trial: Trial, *, grave: bool) -> Finding:
    return Finding(
        "survivor",
        f"no check tells this mutant from a right program: {trial.says} ({trial.operator})",
        "add a check that fails it, or list it in the file of equivalents, with the reason:",
        place=trial.place,
        name=trial.name,
        diff=trial.diff,
        grave=grave,
    )


def _error(place: str, error: str) -> Finding:
    return Finding(
        "error", error, "run it again; if it comes again, report it", place=place, ours=True
    )


def _names(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {item}" for key, item in sorted(value.items())) or "none"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value)
