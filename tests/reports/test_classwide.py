"""What a class says together."""

from __future__ import annotations

import pytest

from grader.reports.classwide import by_assignment, failure_rates, totals
from tests.reports.report_samples import check, failed, result


def test_a_rate_is_of_those_who_tried() -> None:
    group = [
        result(check("a"), failed("b")),
        result(failed("a"), check("b", "skip")),
        result(check("a"), check("b")),
    ]
    rates = {rate.check: rate for rate in failure_rates(group)}
    assert (rates["a"].failed, rates["a"].tried, rates["a"].not_tried) == (1, 3, 0)
    assert (rates["b"].failed, rates["b"].tried, rates["b"].not_tried) == (1, 2, 1)
    assert [rate.check for rate in failure_rates(group)] == ["b", "a"]


def test_a_check_that_nobody_tried_has_no_rate() -> None:
    assert failure_rates([result(check("a", "skip"))])[0].share == 0


def test_a_mean_is_of_the_scores_that_were_told() -> None:
    group = [result(check("a")), result(failed("a")), result(check("a", "error"))]
    total = totals(group)
    assert (total.submissions, total.withheld, total.mean, total.max_score) == (3, 1, 5, 10)
    assert total.seconds == pytest.approx(4.5)
    assert totals([result(check("a", "error"))]).mean is None
    assert totals([]).submissions == 0


def test_groups_are_sorted() -> None:
    group = [result(student="b"), result(student="a"), result(assignment="aa")]
    assert {
        key: [item.student for item in value] for key, value in by_assignment(group).items()
    } == {
        "aa": ["alice"],
        "chat": ["a", "b"],
    }
