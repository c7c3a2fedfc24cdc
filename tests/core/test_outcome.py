"""Reasons are data: each has a meaning, advice, somebody whose fault it is, and is used."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.core.outcome import REASONS, Fault, Outcome, Reason, Verdict

CORE = Path(__file__).parents[2] / "grader" / "core"


def constants_of_calls(module: Path) -> Iterator[str]:
    """Yield the first argument of each `Verdict(…)` in a module, where it is written out."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        match node:
            case ast.Call(ast.Name("Verdict"), [ast.Constant(str() as reason), *_]):
                yield reason
            case ast.Call(
                ast.Name("Verdict"),
                [ast.IfExp(_, ast.Constant(str() as yes), ast.Constant(str() as no)), *_],
            ):
                yield from (yes, no)


@pytest.mark.parametrize("reason", REASONS.values(), ids=lambda reason: reason.code)
def test_a_reason_says_what_it_means_and_what_to_do(reason: Reason) -> None:
    assert REASONS[reason.code] is reason
    assert reason.code.isidentifier()
    assert reason.means[0].isupper()
    assert reason.advice.strip()
    assert not reason.means.endswith(".")
    assert not reason.advice.endswith(".")


def test_whose_fault_it_is_decides_the_outcome() -> None:
    assert Verdict("no_reply", "…").outcome is Outcome.FAIL
    assert Verdict("agent_failed", "…").outcome is Outcome.ERROR
    assert Verdict("needs_failed", "…").outcome is Outcome.SKIP
    assert {reason.fault for reason in REASONS.values()} == set(Fault)


def test_no_reason_lets_a_check_pass() -> None:
    assert all(reason.outcome is not Outcome.PASS for reason in REASONS.values())


def test_an_unknown_reason_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        _ = Verdict("bad_luck", "…").outcome


@pytest.mark.parametrize("module", sorted(CORE.rglob("*.py")), ids=lambda path: path.stem)
def test_every_reason_that_is_given_is_registered(module: Path) -> None:
    assert set(constants_of_calls(module)) <= set(REASONS)
