"""Scores: sums, extra credit, the port's penalty, partial credit, and what withholds them."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.model import Check, CheckResult, Spec
from grader.core.scoring import case_points, score, tidy


def spec(*points: float, extra: float = 0, penalty: float = 0) -> Spec:
    checks = [Check(id=f"c{n}", title="", points=value) for n, value in enumerate(points)]
    if extra:
        checks.append(Check(id="extra", title="", points=extra, extra_credit=True))
    return Spec(assignment="a", title="A", programs=(), checks=tuple(checks), port_penalty=penalty)


def came(points: float, outcome: Any = "pass", reason: str | None = None) -> CheckResult:
    return CheckResult(
        id="c",
        program="",
        title="",
        outcome=outcome,
        points=points,
        max_points=10,
        reason=reason,
    )


def test_points_add_up() -> None:
    assert score(spec(60, 40), [came(60), came(0, "fail")], set()) == ("graded", 60, 100)


def test_partial_points_of_a_failed_check_count() -> None:
    assert score(spec(60, 40), [came(60), came(12.5, "fail")], set())[1] == 72.5


def test_extra_credit_adds_but_is_not_part_of_the_maximum() -> None:
    assert score(spec(100, extra=5), [came(100), came(5)], set()) == ("graded", 105, 100)


def test_another_port_costs_its_penalty_and_never_more_than_there_is() -> None:
    one = spec(100, penalty=10)
    assert score(one, [came(100)], {"port"})[1] == 90
    assert score(one, [came(4, "fail")], {"port"})[1] == 0
    assert score(one, [came(100)], {"something else"})[1] == 100


@pytest.mark.parametrize(
    "fault",
    [came(0, "error", "internal"), came(0, "skip", "no_tool"), came(0, "skip", "interrupted")],
)
def test_our_own_fault_withholds_the_score(fault: CheckResult) -> None:
    assert score(spec(50, 50), [came(50), fault], {"port"}) == ("withheld", None, 100)


def test_a_skip_that_follows_from_a_failure_does_not() -> None:
    checks = [came(0, "fail", "no_reply"), came(0, "skip", "needs_failed")]
    assert score(spec(50, 50), checks, set()) == ("graded", 0, 100)


def test_whole_numbers_are_ints_in_json() -> None:
    _, points, most = score(spec(50.0, 50.0), [came(85.0)], set())
    assert msgspec.json.encode([points, most]) == b"[85,100]"


def test_a_tenth_ten_times_is_one() -> None:
    assert score(spec(1), [came(0.1)] * 10, set())[1] == 1


@pytest.mark.parametrize(
    ("points", "passed", "total", "given_points"),
    [(10, 0, 3, 0), (10, 1, 3, 3.33), (10, 2, 3, 6.67), (10, 3, 3, 10), (10, 1, 0, 0)],
)
def test_cases_share_the_points(
    points: float, passed: int, total: int, given_points: float
) -> None:
    assert case_points(points, passed, total) == given_points


@given(st.floats(0, 1000), st.integers(1, 50), st.data())
def test_more_cases_never_give_less(points: float, total: int, data: st.DataObject) -> None:
    passed = data.draw(st.integers(0, total - 1))
    assert case_points(points, passed, total) <= case_points(points, passed + 1, total)
    assert case_points(points, total, total) == tidy(points)
