"""From the outcomes of checks to a score: a sum, and whether it may be told at all.

Points of passed checks add up; extra credit adds, too, and does not count in the maximum, so a
score may exceed it. A deviation costs what the spec says, and no score falls below zero. Whatever
went wrong on our side withholds the score: it is then None, not zero. A check that this machine has
no tool for (a browser) is left out of both, the score and its maximum: nobody loses by it. Numbers
are rounded to two decimals, and whole ones are ints, so that JSON says 85 and not 85.0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal

from grader.core.deviations import Deduction
from grader.core.model import CheckResult, Spec

Status = Literal["graded", "withheld"]

# A skip for one of these is no consequence of what the student's program did.
OUR_SKIPS = frozenset({"interrupted"})


def score(
    spec: Spec, checks: Sequence[CheckResult], deductions: Iterable[Deduction] = ()
) -> tuple[Status, float | None, float]:
    """Return the status, the score (None when withheld) and the maximum."""
    max_score = tidy(spec.max_score - untried_points(checks))
    if any(is_ours(check) for check in checks):
        return "withheld", None, max_score
    total = math.fsum(check.points for check in checks)
    total -= math.fsum(item.points for item in deductions)
    return "graded", tidy(max(0.0, total)), max_score


def is_ours(check: CheckResult) -> bool:
    """Tell whether a check gives no verdict on the student because of us or this machine."""
    return check.outcome == "error" or (check.outcome == "skip" and check.reason in OUR_SKIPS)


def untried(check: CheckResult) -> bool:
    """Tell whether a check was not made for want of a tool, so that it counts neither way."""
    return check.outcome == "skip" and check.reason == "no_tool"


def untried_points(checks: Iterable[CheckResult]) -> float:
    """Return what those checks would add to the maximum."""
    left_out = (item for item in checks if untried(item) and not item.extra_credit)
    return tidy(math.fsum(item.max_points for item in left_out))


def case_points(points: float, passed: int, total: int) -> float:
    """Return the points for some of a check's cases; all of them give exactly `points`."""
    if total <= 0:
        return 0
    return tidy(points * passed / total)


def tidy(value: float) -> float:
    """Round to two decimals; whole numbers become ints."""
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded
