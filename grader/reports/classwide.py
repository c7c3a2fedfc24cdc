"""What the results of a class say together: means, totals, and which checks are failed most.

A mean is of scores that were told; a failure rate is of checks that were tried.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from grader.core.model import Result


class Rate(msgspec.Struct, frozen=True):
    """How often a check was failed, of those who got as far as trying it."""

    assignment: str
    check: str
    title: str
    failed: int
    tried: int
    not_tried: int

    @property
    def share(self) -> float:
        """The part that failed, 0 to 1."""
        return self.failed / self.tried if self.tried else 0.0


class Totals(msgspec.Struct, frozen=True):
    """The sums of a group of results."""

    submissions: int
    withheld: int
    mean: float | None  # of the scores told; None without any
    max_score: float
    seconds: float


def ordered(results: Iterable[Result]) -> list[Result]:
    """Sort by assignment and student, whatever the order of grading was."""
    return sorted(results, key=lambda result: (result.assignment, result.student))


def by_assignment(results: Iterable[Result]) -> dict[str, list[Result]]:
    """Group by assignment, in order."""
    groups: dict[str, list[Result]] = {}
    for result in ordered(results):
        groups.setdefault(result.assignment, []).append(result)
    return groups


def totals(results: list[Result]) -> Totals:
    """Add up a group."""
    scores = [result.score for result in results if result.score is not None]
    return Totals(
        submissions=len(results),
        withheld=len(results) - len(scores),
        mean=math.fsum(scores) / len(scores) if scores else None,
        max_score=max((result.max_score for result in results), default=0),
        seconds=math.fsum(result.seconds for result in results),
    )


def failure_rates(results: Iterable[Result]) -> list[Rate]:
    """Return the rate of every check, the most failed first."""
    seen: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for result in ordered(results):
        for check in result.checks:
            _, outcomes = seen.setdefault((result.assignment, check.id), (check.title, []))
            outcomes.append(check.outcome)
    rates = []
    for (assignment, check_id), (title, outcomes) in seen.items():
        failed, passed = outcomes.count("fail"), outcomes.count("pass")
        skipped = outcomes.count("skip")
        rates.append(Rate(assignment, check_id, title, failed, failed + passed, skipped))
    return sorted(rates, key=lambda rate: (-rate.share, -rate.failed, rate.assignment))
