"""The registry of symptoms: complete, in order, and never at a loss for an answer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.model import CheckResult, Exchange, Place
from grader.core.outcome import REASONS
from grader.core.symptoms import SYMPTOMS, likely_cause
from tests.core.symptoms import (
    test_endings,
    test_loops,
    test_mail,
    test_standing,
    test_texts,
    test_values,
    test_web,
)
from tests.core.symptoms.evidence_samples import seen
from tests.reports.report_samples import check

THEMES = (test_endings, test_web, test_mail, test_texts, test_values, test_loops, test_standing)
SHOWN: list[tuple[str, CheckResult]] = [row for theme in THEMES for row in theme.SHOWN]
UNSHOWN: list[tuple[str, CheckResult]] = [row for theme in THEMES for row in theme.UNSHOWN]


@pytest.mark.parametrize(("code", "evidence"), SHOWN, ids=[code for code, _ in SHOWN])
def test_what_is_recognised(code: str, evidence: CheckResult) -> None:
    cause = likely_cause(evidence)
    assert cause is not None
    assert cause.code == code


@pytest.mark.parametrize(("code", "evidence"), UNSHOWN, ids=[code for code, _ in UNSHOWN])
def test_what_only_looks_like_it_is_not(code: str, evidence: CheckResult) -> None:
    cause = likely_cause(evidence)
    assert cause is None or cause.code != code


def test_every_symptom_has_an_example_a_look_alike_and_words() -> None:
    codes = [symptom.code for symptom in SYMPTOMS]
    assert {code for code, _ in SHOWN} == set(codes)
    assert {code for code, _ in UNSHOWN} == set(codes)
    assert len(set(codes)) == len(codes)
    assert all(s.words and s.term and s.seen.__doc__ for s in SYMPTOMS)


def test_a_passed_check_has_no_cause() -> None:
    assert likely_cause(check("passed", expected="A", received="a")) is None


TEXT = st.one_of(st.none(), st.text(st.characters(max_codepoint=255), max_size=20))
WHAT = ["connected", "sent", "received", "was typed", "accepted", "closed", "exited", "listens"]
STUCK = [
    "",
    "reading the keyboard",
    "blocked in recvfrom(), waiting for a datagram",
    "blocked in recv() on alice's connection, waiting for more",
    "blocked in accept() while alice's connection is open; waiting for a lock",
    "busy: 100 % CPU for more than 2 s",
]


@given(TEXT, TEXT, st.lists(st.text(st.characters(max_codepoint=255), max_size=9), max_size=3))
def test_any_evidence_can_be_looked_at(
    expected: str | None, received: str | None, sent: list[str]
) -> None:
    likely_cause(seen(expected, received, tuple(sent), tuple(sent)))


@given(
    st.sampled_from(sorted(REASONS)),
    TEXT,
    TEXT,
    st.lists(st.builds(Exchange, st.just(0.0), st.sampled_from("ab"), st.sampled_from(WHAT), TEXT)),
    st.sampled_from(STUCK),
)
def test_any_story_can_be_looked_at(
    reason: str, expected: Any, received: Any, told: list[Exchange], stuck: str
) -> None:
    transcript = tuple(Exchange(e.at, e.actor, e.what, e.data or "") for e in told)
    place = Place("a.py", 1) if "lock" in stuck else None
    fields: dict[str, Any] = {"transcript": transcript, "stuck": stuck, "place": place}
    likely_cause(seen(expected, received, reason=reason, **fields))


@given(st.text("0123456789²a", max_size=40), st.text("0123456789²a", max_size=40))
def test_numbers_of_any_length_can_be_compared(expected: str, received: str) -> None:
    for reason in ("wrong_reply", "wrong_output"):
        likely_cause(seen(expected * 200, received * 200, ("x",), reason=reason))
