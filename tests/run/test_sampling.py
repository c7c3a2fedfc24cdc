"""What came of a sample, in the form of its `expected.yml`: what is compared, and what is not."""

from __future__ import annotations

from typing import Any

from grader.core.model import Cause, CheckResult, Place, Result
from grader.loading.expectations import Expectation
from grader.run.sampling import expectation, outcome


def check(name: str, outcome_: Any, reason: str | None = None, **more: Any) -> CheckResult:
    given: dict[str, Any] = {
        "id": name,
        "program": "server",
        "title": name,
        "points": 0,
        "max_points": 10,
    }
    return CheckResult(**given, outcome=outcome_, reason=reason, **more)


RESULT = Result(
    assignment="t",
    student="ann",
    status="graded",
    score=63,
    automatic=60,
    max_score=100,
    seconds=1,
    checks=(
        check("a", "pass"),
        check(
            "b",
            "fail",
            "no_reply",
            cause=Cause("one_client", "serial", "w"),
            place=Place("s.py", 7),
        ),
        check("c", "skip", "needs_failed"),
    ),
    notes=("listens on port 5, not 6",),
    build="$ make\ncc",
)


def test_a_sample_that_comes_out_as_expected() -> None:
    said = Expectation(
        score=63,
        rubric={"style": 3},
        fails={"b": "no_reply"},
        causes={"b": "one_client"},
        lines={"b": "s.py:7"},
        skips=("c",),
        notes=("port 5",),
        builds_with="Makefile",
    )
    assert outcome(RESULT, said) == expectation(said)


def test_what_an_author_does_not_name_is_not_compared() -> None:
    said = Expectation(score=60, fails={"b": "no_reply"}, causes="none is certain", skips=("c",))
    assert outcome(RESULT, said) == expectation(said)


def test_every_difference_shows() -> None:
    said = Expectation(
        score=50,
        fails={"a": "no_reply"},
        causes={"b": "other"},
        lines={"b": "s.py:8"},
        notes=("loopback",),
        builds_with="cmake",
    )
    came, wanted = outcome(RESULT, said), expectation(said)
    assert [key for key in wanted if came[key] != wanted[key]] == list(wanted)
