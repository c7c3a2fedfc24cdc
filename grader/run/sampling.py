"""A sample's result against what its author says of it, both reduced to the same form."""

from __future__ import annotations

from typing import Any

from grader.core.model import CheckResult, Result
from grader.core.scoring import tidy
from grader.loading.expectations import Expectation


def expectation(expected: Expectation) -> dict[str, Any]:
    """Return what an `expected.yml` says, in the form of `outcome`. Points by hand are left out."""
    return {
        "score": tidy(expected.score - sum(expected.rubric.values())),
        "fails": expected.fails,
        "causes": _named(expected),
        "lines": expected.lines,
        "skips": sorted(expected.skips),
        "notes": sorted(expected.notes),
        "builds_with": expected.builds_with,
    }


def outcome(result: Result, expected: Expectation) -> dict[str, Any]:
    """Reduce a result to what an `expected.yml` says. Of notes, causes and lines only those count
    that it names.
    """
    fails = {check.id: check for check in result.checks if check.outcome == "fail"}
    return {
        "score": result.automatic,
        "fails": {name: check.reason for name, check in fails.items()},
        "causes": {name: _cause(fails[name]) for name in _named(expected) if name in fails},
        "lines": {name: _line(fails[name]) for name in expected.lines if name in fails},
        "skips": sorted(check.id for check in result.checks if check.outcome == "skip"),
        "notes": sorted(note for note in expected.notes if _noted(result, note)),
        "builds_with": _maker(result) if expected.builds_with else "",
    }


def _named(expected: Expectation) -> dict[str, str]:
    """Return the causes by check; instead of them a text may say why none is certain."""
    return expected.causes if isinstance(expected.causes, dict) else {}


def _cause(check: CheckResult) -> str:
    return check.cause.code if check.cause else "none"


def _line(check: CheckResult) -> str:
    return f"{check.place.file}:{check.place.line}" if check.place else "none"


def _noted(result: Result, note: str) -> bool:
    return any(note in said for said in result.notes)


def _maker(result: Result) -> str:
    return "Makefile" if "$ make" in result.build else ""
