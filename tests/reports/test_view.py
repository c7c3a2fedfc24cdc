"""Who sees what: a student learns of hidden checks that they exist and what they are worth."""

from __future__ import annotations

import shlex
from typing import Any

import pytest

from grader.core.deviations import Deduction
from grader.core.model import Result
from grader.reports.markdown import report
from grader.reports.terminal import submission_feedback
from grader.reports.view import MINUS, Audience, view
from tests.reports.report_samples import HOSTILE, check, failed, result

AUDIENCES: tuple[Audience, ...] = ("ta", "student")
SECRET = "Survives the secret thing"


def with_hidden(visibility: Any = "hidden", **fields: Any) -> Result:
    """Return a result with a failed hidden check that a public one needs."""
    hidden = failed(
        "secret_id",
        title=SECRET,
        visibility=visibility,
        max_points=30,
        message="secret message",
        notes=("secret note", "shared note"),
    )
    after = check("after", "skip", message=f"not tried because of: {SECRET}")
    notes = ("of the submission", "secret note", "shared note")
    return result(check("a", notes=("shared note",)), hidden, after, notes=notes, **fields)


@pytest.mark.parametrize("visibility", ["hidden", "after_due"])
def test_a_student_sees_only_the_points_of_hidden_checks(visibility: str) -> None:
    one = with_hidden(visibility)
    pages = [report(one, "", "student"), submission_feedback(one, "student", verbose=True)]
    for page in pages:
        assert "secret" not in page.lower()
        assert "Hidden checks: 30 points" in page
        assert "10 of 20" in page
        assert "a check that is not shown" in page
        assert "shared note" in page


def test_a_ta_sees_it_all() -> None:
    seen = view(with_hidden(), "ta")
    assert [item.id for item in seen.checks] == ["a", "secret_id", "after"]
    assert (seen.score, seen.max_score, seen.hidden) == (10, 50, 0)
    assert "The a check | 10 of 10" in report(with_hidden(), "")
    assert f"{SECRET} (hidden)" in report(with_hidden(), "")


PORT = Deduction("port", 3, "listens on port 5005, not 1060")


def test_each_deduction_is_a_line_of_its_own_for_both() -> None:
    reset = Deduction("reset", 0.5, "resets the connection instead of closing it")
    one = with_hidden(score=6.5, deductions=(PORT, reset))
    lines = [
        f"{MINUS}3: listens on port 5005, not 1060",
        f"{MINUS}0.5: resets the connection instead of closing it",
    ]
    assert view(one, "ta").remarks == lines
    assert view(one, "student").score == 6.5
    assert view(one, "student").remarks == [*lines, "Hidden checks: 30 points, not shown here."]
    for audience in AUDIENCES:
        for line in lines:
            assert line in submission_feedback(one, audience)
            assert line in report(one, "", audience).replace("\\", "")


def test_a_deduction_does_not_tell_what_a_hidden_check_saw() -> None:
    hidden = check("h", visibility="hidden", notes=(PORT.text,))
    one = result(check("a"), hidden, notes=(PORT.text,), deductions=(PORT,), score=7)
    assert "5005" not in report(one, "", "student")
    assert f"{MINUS}3: uses another port" in report(one, "", "student").replace("\\", "")
    assert view(one, "ta").remarks == [f"{MINUS}3: listens on port 5005, not 1060"]


def test_what_a_deduction_says_is_escaped() -> None:
    for hostile in HOSTILE:
        one = result(check("a"), deductions=(Deduction("port", 1, f"x{hostile}"),))
        shown = submission_feedback(one)
        assert not any(ord(char) < 32 and char != "\n" for char in shown)
        assert "<script>" not in report(one, "")


def test_points_that_are_not_there_cannot_be_taken() -> None:
    hidden = check("h", visibility="hidden")
    one = result(check("a", "fail"), hidden, score=5)
    assert view(one, "student").score == 0


def test_an_error_of_a_hidden_check_is_not_described_to_a_student() -> None:
    lost = check("h", "error", visibility="hidden", reason="internal", message="secret")
    one = result(check("a"), lost)
    assert view(one, "ta").withheld == "secret"
    for page in (report(one, "", "student"), submission_feedback(one, "student")):
        assert "secret" not in page
        assert "a check could not be made" in page.lower()


def test_what_was_not_tried_for_want_of_a_tool_is_told_and_counts_neither_way() -> None:
    untried = check("page", "skip", 6, reason="no_tool", message="not tried: no browser is here")
    hidden = check("h", max_points=4, visibility="hidden")
    one = result(check("a"), untried, hidden, max_score=14)
    assert view(one, "ta").points == "14 of 14"
    assert view(one, "student").points == "10 of 10"
    for audience in AUDIENCES:
        assert "6 points not tried here, which count neither way." in view(one, audience).remarks
        assert "no browser is here" in report(one, "", audience)


def test_the_counts_are_told_in_words() -> None:
    one = result(check("a"), check("b"), failed(), check("c", "skip"), check("d", "error"))
    assert view(one, "ta").counts == "2 checks passed, 1 failed, 1 not tried, 1 could not be made"
    assert view(one, "ta").points == "withheld"
    assert view(result(check("a")), "ta").points == "10 of 10"


def test_a_reason_nobody_knows_any_more_is_no_trouble() -> None:
    one = result(failed(reason="of_old", message=""))
    assert "No reason was given." in report(one, "")


def test_how_to_play_the_same_again_is_told_once() -> None:
    one = result(check("builds"), failed("a", seed="3f2a91c0"), failed("b", seed="3f2a91c0"))
    command = "grade check … -a chat --seed 3f2a91c0"
    assert report(one, "").count(command) == 1
    assert submission_feedback(one, "student", verbose=True).count(command) == 1
    assert command not in submission_feedback(one, "student")
    assert view(result(check("builds")), "ta").replay == ""


@pytest.mark.parametrize("seed", HOSTILE)
def test_a_seed_is_quoted_for_the_shell(seed: str) -> None:
    replay = view(result(failed(seed=seed)), "ta").replay
    assert shlex.split(replay)[5:] == (["--seed", seed] if seed else [])
