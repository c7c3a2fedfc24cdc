"""A result as one audience may see it: TAs see all, students nothing of the hidden checks.

A hidden check (`hidden`, `after_due`) leaves a student only the number of its points: not its
title, its outcome, its notes, nor its name in the message of another check that needs it. The
score shown is then that of the checks that are.
"""

from __future__ import annotations

import math
import re
import shlex
from collections import Counter
from typing import Literal

import msgspec

from grader.core.deviations import DEVIATIONS, Deduction
from grader.core.model import CheckResult, Result, RowResult
from grader.core.outcome import REASONS
from grader.core.regex import regex
from grader.core.rubric import by_hand, to_give
from grader.core.scoring import is_ours, untried_points
from grader.reports.layout import number, plural

Audience = Literal["ta", "student"]
MINUS = "\N{MINUS SIGN}"

_NEEDED = regex(r"(?<=not tried because of: ).*", re.DOTALL)


class View(msgspec.Struct, frozen=True):
    """What is shown of a result, in any format."""

    student: str
    title: str
    checks: tuple[CheckResult, ...]
    notes: tuple[str, ...]
    score: float | None  # None: withheld
    max_score: float
    deductions: tuple[Deduction, ...] = ()  # all that points and score can differ by
    untried: float = 0  # points of the checks there was no tool for
    hidden: float = 0  # points of the checks that are not shown
    build: str = ""
    replay: str = ""  # the command that plays the same words and faults again
    withheld: str = ""  # why there is no score, in one sentence
    rubric: tuple[RowResult, ...] = ()
    open_points: float = 0  # still to be given by people

    @property
    def points(self) -> str:
        """The score in words: `85 of 100`, `80 of 100 (20 by hand still open)` or `withheld`."""
        still = f" ({number(self.open_points)} by hand still open)" if self.open_points else ""
        if self.score is None:
            return f"withheld{still}"
        return f"{number(self.score)} of {number(self.max_score)}{still}"

    @property
    def counts(self) -> str:
        """What came of the checks: `14 checks passed, 2 failed, 1 not tried`."""
        counts = Counter(check.outcome for check in self.checks)
        parts = [f"{plural(counts['pass'], 'check')} passed"]
        if counts["fail"]:
            parts.append(f"{counts['fail']} failed")
        if counts["skip"]:
            parts.append(f"{counts['skip']} not tried")
        if counts["error"]:
            parts.append(f"{counts['error']} could not be made")
        return ", ".join(parts)

    @property
    def remarks(self) -> list[str]:
        """What else there is to say about the score."""
        said = [f"{MINUS}{number(item.points)}: {item.text}" for item in self.deductions]
        if self.untried:
            points = plural(self.untried, "point")
            said.append(f"{points} not tried here, which count neither way.")
        if self.hidden:
            said.append(f"Hidden checks: {plural(self.hidden, 'point')}, not shown here.")
        return said

    def of(self, *outcomes: str) -> list[CheckResult]:
        """Return the checks with one of these outcomes, in the spec's order."""
        return [check for check in self.checks if check.outcome in outcomes]


def view(result: Result, audience: Audience, title: str = "") -> View:
    """Return what an audience sees of a result."""
    everything = View(
        student=result.student,
        title=title or result.title or result.assignment,
        checks=result.checks,
        notes=tuple(note for note in result.notes if note.strip()),
        score=result.score,
        max_score=result.max_score,
        deductions=result.deductions,
        untried=untried_points(result.checks),
        build=result.build,
        replay=replay(result),
        rubric=result.rubric,
        open_points=result.open_points,
        withheld=_why_withheld(result.checks) if result.score is None else "",
    )
    shown = tuple(check for check in result.checks if check.visibility == "public")
    if audience == "ta" or len(shown) == len(result.checks):
        return everything
    secret = [check for check in result.checks if check.visibility != "public"]
    titles = {check.title for check in secret}
    said = {note for check in shown for note in check.notes}
    kept_back = {note for check in secret for note in check.notes} - said
    taken = tuple(_discreet(item, kept_back) for item in result.deductions)
    score = math.fsum([*(check.points for check in shown), *(-item.points for item in taken)])
    score = math.fsum([max(0.0, score), by_hand(result)])
    why = _why_withheld(shown) if any(map(is_ours, shown)) else "a check could not be made"
    return msgspec.structs.replace(
        everything,
        checks=tuple(_without(check, titles) for check in shown),
        notes=tuple(note for note in everything.notes if note not in kept_back),
        score=None if result.score is None else score,
        deductions=taken,
        max_score=to_give(result)
        + math.fsum(check.max_points for check in shown if not check.extra_credit)
        - untried_points(shown),
        untried=untried_points(shown),
        hidden=math.fsum(check.max_points for check in secret),
        withheld=why if result.score is None else "",
    )


def _discreet(item: Deduction, kept_back: set[str]) -> Deduction:
    """Say in general words what only a hidden check has seen."""
    if item.text not in kept_back:
        return item
    return msgspec.structs.replace(item, text=DEVIATIONS[item.code].title)


def replay(result: Result) -> str:
    """Return the command that repeats a result; empty if nothing of it was left to chance."""
    seed = next((check.seed for check in result.checks if check.seed), "")
    if not seed:
        return ""
    return f"grade check … -a {shlex.quote(result.assignment)} --seed {shlex.quote(seed)}"


def _without(check: CheckResult, titles: set[str]) -> CheckResult:
    """Take the name of a hidden check out of the message of one that needs it."""
    needed = _NEEDED.search(check.message)
    if check.outcome != "skip" or needed is None or needed[0] not in titles:
        return check
    message = check.message[: needed.start()] + "a check that is not shown"
    return msgspec.structs.replace(check, message=message)


def _why_withheld(checks: tuple[CheckResult, ...]) -> str:
    for check in checks:
        if is_ours(check):
            return check.message or meaning(check)
    return "something of ours went wrong"


def row_points(row: RowResult) -> str:
    """Say what a row of the rubric got: `3 of 4`, or `open, 4 to give`."""
    most = number(row.max_points)
    given = f"open, {most} to give" if row.points is None else f"{number(row.points)} of {most}"
    return f"{given} (extra credit)" if row.extra_credit else given


def meaning(check: CheckResult) -> str:
    """Return what a check's reason means; empty for a reason that is not known (any more)."""
    reason = REASONS.get(check.reason or "")
    return reason.means if reason else ""


def advice(check: CheckResult) -> str:
    """Return what to do about a check's reason."""
    reason = REASONS.get(check.reason or "")
    return reason.advice if reason else ""
