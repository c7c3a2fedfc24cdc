"""Scores: sums, extra credit, deductions, partial credit, and what withholds them."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.deviations import DEVIATIONS, Deduction, deductions
from grader.core.model import Check, CheckResult, Spec
from grader.core.scoring import case_points, score, tidy

PORT = Deduction("port", 5, "listens on port 5005, not 12000")


def spec(*points: float, extra: float = 0) -> Spec:
    checks = [Check(id=f"c{n}", title="", points=value) for n, value in enumerate(points)]
    if extra:
        checks.append(Check(id="extra", title="", points=extra, extra_credit=True))
    return Spec(assignment="a", title="A", programs=(), checks=tuple(checks))


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
    assert score(spec(60, 40), [came(60), came(0, "fail")]) == ("graded", 60, 100)


def test_partial_points_of_a_failed_check_count() -> None:
    assert score(spec(60, 40), [came(60), came(12.5, "fail")])[1] == 72.5


def test_extra_credit_adds_but_is_not_part_of_the_maximum() -> None:
    assert score(spec(100, extra=5), [came(100), came(5)]) == ("graded", 105, 100)


def test_deviations_cost_what_the_spec_says_once_each() -> None:
    seen = {"reset": "resets …", "port": "listens on port 5005, not 12000", "padding": "fills …"}
    taken = deductions({"port": 5, "reset": 1.5, "padding": 0, "arguments": 9}, seen)
    assert taken == (PORT, Deduction("reset", 1.5, "resets …"))
    assert score(spec(100), [came(100)], taken)[1] == 93.5


def test_no_score_falls_below_zero() -> None:
    assert score(spec(100), [came(4, "fail")], [PORT])[1] == 0


def test_every_deviation_has_words() -> None:
    for code, item in DEVIATIONS.items():
        assert code == item.code
        assert code.isidentifier()
        assert item.title
        assert item.means


@pytest.mark.parametrize(
    "fault",
    [came(0, "error", "internal"), came(0, "skip", "interrupted")],
)
def test_our_own_fault_withholds_the_score(fault: CheckResult) -> None:
    assert score(spec(50, 50), [came(50), fault], [PORT]) == ("withheld", None, 100)


def test_what_there_is_no_tool_for_counts_neither_way() -> None:
    untried = came(0, "skip", "no_tool")
    assert score(spec(90, 10), [came(90), untried], set()) == ("graded", 90, 90)
    assert score(spec(90, 10), [came(0, "fail"), untried], set()) == ("graded", 0, 90)
    extra = msgspec.structs.replace(untried, extra_credit=True)
    assert score(spec(100, extra=10), [came(100), extra], set()) == ("graded", 100, 100)
    failed = came(0, "fail", "no_tool")
    assert score(spec(90, 10), [came(90), failed], set()) == ("graded", 90, 100)


def test_a_skip_that_follows_from_a_failure_does_not() -> None:
    checks = [came(0, "fail", "no_reply"), came(0, "skip", "needs_failed")]
    assert score(spec(50, 50), checks) == ("graded", 0, 100)


def test_whole_numbers_are_ints_in_json() -> None:
    _, points, most = score(spec(50.0, 50.0), [came(85.0)])
    assert msgspec.json.encode([points, most]) == b"[85,100]"


def test_a_tenth_ten_times_is_one() -> None:
    assert score(spec(1), [came(0.1)] * 10)[1] == 1


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
