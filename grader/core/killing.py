"""The arithmetic of a proof: which broken program fails which check, and what that leaves open.

A spec is sound when right programs score full and wrong ones do not. `Trial` is what came of one
broken program, `SpecProof` all that was found of one spec; `findings` says what is wrong with it.
A mutant is *killed* when a check fails, costs points, or a deviation takes some. A mere note does
not count, unless the mutation is itself a deviation that the grader accepts with a note.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from grader.core.model import Check, CheckResult, Result, Spec
from grader.core.mutation import Mutant

FULL = 100  # what the points of a spec add up to
Kind = Literal["sample", "mutant"]
Fate = Literal["killed", "noted", "equivalent", "survived", "error"]


class Trial(msgspec.Struct, frozen=True):
    """What came of one broken program: the checks that failed, with the reason of each."""

    name: str
    kind: Kind
    fails: dict[str, str]
    fate: Fate = "killed"
    operator: str = ""
    says: str = ""
    diff: str = ""
    place: str = ""
    why: str = ""  # the reason of an equivalent, or what went wrong on our side


class Finding(msgspec.Struct, frozen=True):
    """Something to be mended. `ours` tells a fault of the grader, `grave` what fails the spec."""

    code: str
    what: str
    then: str  # what to do next
    place: str = ""
    name: str = ""  # of a mutant, as the list of equivalents writes it
    diff: str = ""
    grave: bool = True
    ours: bool = False


class ReferenceRun(msgspec.Struct, frozen=True):
    """A model solution: how often it was graded, and what its programs scored of what they can."""

    name: str
    runs: int
    score: float
    max_score: float
    programs: tuple[str, ...]


class SpecProof(msgspec.Struct, frozen=True):
    """All that was found of one spec."""

    assignment: str
    title: str
    points: float
    checks: tuple[CheckLine, ...]
    references: tuple[ReferenceRun, ...] = ()
    trials: tuple[Trial, ...] = ()
    outside: dict[str, str] = {}  # functions that are left alone, with the reason
    findings: tuple[Finding, ...] = ()
    mutated: bool = True
    whole: bool = True  # every check was tried on every mutant

    def of(self, kind: Kind, *fates: Fate) -> list[Trial]:
        """Return the trials of a kind, of certain fates if any is named."""
        return [item for item in self.trials
                if item.kind == kind and (not fates or item.fate in fates)]  # fmt: skip

    @property
    def share(self) -> float:
        """Percent of the mutants that are killed, equivalent ones aside; 100 when there is none."""
        dead = len(self.of("mutant", "killed", "noted"))
        alive = len(self.of("mutant", "survived"))
        return 100.0 if dead + alive == 0 else 100 * dead / (dead + alive)

    @property
    def sound(self) -> bool:
        """Whether nothing grave was found."""
        return not any(item.grave for item in self.findings)


class CheckLine(msgspec.Struct, frozen=True):
    """A check, and who fails it: how many samples and mutants, and one of them as an example."""

    id: str
    title: str
    program: str
    points: float
    samples: int = 0
    mutants: int = 0
    example: str = ""


# ------------------------------------------------------------------------------ single trials


def fails_of(result: Result) -> dict[str, str]:
    """Return the checks of a result that failed or cost points, with the reason of each."""
    return {
        check.id: check.reason or "points"
        for check in result.checks
        if check.outcome == "fail" or (check.outcome == "pass" and check.points < check.max_points)
    }


def error_of(result: Result) -> str:
    """Return what went wrong on our side; nothing when all went well."""
    for check in result.checks:
        if check.outcome == "error":
            return f"{check.id}: {check.message}"
    return "" if result.score is not None else "the score was withheld"


def deducted(result: Result) -> bool:
    """Tell whether points were taken although every check passed."""
    return result.score is not None and result.score < math.fsum(c.points for c in result.checks)


def judge_mutant(mutant: Mutant, result: Result, usual: Iterable[str], excuse: str = "") -> Trial:
    """Say what became of a mutant. `usual` are the notes of the program that is right."""
    fails, error = fails_of(result), error_of(result)
    fresh = set(result.notes) - set(usual)
    fate: Fate = "survived"
    if error:
        fate = "error"
    elif fails or deducted(result):
        fate = "killed"
    elif mutant.deviation and fresh:
        fate = "noted"
    elif excuse:
        fate = "equivalent"
    return _trial(mutant, fate, fails, error or excuse)


def equivalent(mutant: Mutant, reason: str) -> Trial:
    """Take a mutant for a right program without trying it, as the list of equivalents says."""
    return _trial(mutant, "equivalent", {}, reason)


def _trial(mutant: Mutant, fate: Fate, fails: dict[str, str], why: str) -> Trial:
    return Trial(
        name=mutant.id,
        kind="mutant",
        fails=fails,
        fate=fate,
        operator=mutant.operator,
        says=mutant.says,
        diff=mutant.diff,
        place=f"{mutant.file}:{mutant.line}",
        why=why,
    )


def story(result: Result) -> list[tuple[object, ...]]:
    """Return what must be the same whenever a program is graded: all but times and places."""
    return [
        (c.id, c.outcome, c.points, c.reason, c.message, c.expected, c.received, c.notes)
        for c in result.checks
    ]


def differences(first: Result, other: Result) -> list[str]:
    """Name the checks on which two runs of the same program do not agree."""
    pairs = zip(story(first), story(other), strict=False)
    found = [str(mine[0]) for mine, its in pairs if mine != its]
    same = (first.score, first.notes, len(first.checks))
    return found if same == (other.score, other.notes, len(other.checks)) else found or ["score"]


# --------------------------------------------------------------------------------- the matrix


def check_lines(spec: Spec, trials: Sequence[Trial]) -> tuple[CheckLine, ...]:
    """Count for each check the samples and the mutants that fail it, and name an example."""
    return tuple(_check_line(check, trials) for check in spec.checks)


def _check_line(check: Check, trials: Sequence[Trial]) -> CheckLine:
    failing = [trial for trial in trials if check.id in trial.fails]
    mutants = [trial for trial in failing if trial.kind == "mutant"]
    samples = [trial for trial in failing if trial.kind == "sample"]
    return CheckLine(
        id=check.id,
        title=check.title,
        program=check.program or check.builds,
        points=check.points,
        samples=len(samples),
        mutants=len(mutants),
        example=_example(check.id, [*mutants, *samples]),
    )


def _example(check: str, failing: Sequence[Trial]) -> str:
    """Name the broken program that fails this check and as little else as possible."""
    best = min(failing, key=lambda trial: (len(trial.fails), trial.kind, trial.name), default=None)
    if best is None:
        return ""
    told = f"{best.place} {best.operator}" if best.kind == "mutant" else best.name
    return f"{told}: {best.fails[check]}"


def present(result: Result) -> tuple[list[CheckResult], list[str]]:
    """Return the checks of the programs that were handed in, and those programs."""
    absent = {check.program for check in result.checks if check.reason == "no_program"}
    there = [check for check in result.checks if check.program not in absent]
    return there, list(dict.fromkeys(check.program for check in there))
