"""Likely causes, recognised from what was seen: bytes, transcript, output, where it stands."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.core.command import see_it_yourself
from grader.core.model import CheckResult
from grader.core.outcome import REASONS
from grader.core.symptoms.registry import SYMPTOMS, likely_cause
from grader.core.symptoms.symptom import Symptom

__all__ = ["SYMPTOMS", "Symptom", "explained", "likely_cause"]

# Reasons whose sentences compare: they name the length, the code or the words that were expected.
TELLING = frozenset(
    {
        *("wrong_reply", "partial_reply", "extra_reply", "wrong_message", "wrong_source"),
        *("wrong_bind", "wrong_output", "wrong_exit", "not_http", "wrong_status", "wrong_header"),
        *("wrong_body", "not_smtp", "wrong_code", "source_finding"),
    }
)


def explained(
    check: CheckResult, *, hide_expected: bool = False, files: Sequence[str] = ()
) -> CheckResult:
    """Add to a failed check its likely cause and the command that shows the same; what was
    expected is evidence even where it is not to be shown. `files` were put beside the program.
    """
    if check.outcome != "fail":
        return check
    told = msgspec.structs.replace(
        check, cause=likely_cause(check), see=see_it_yourself(check.transcript, files)
    )
    return _without_expected(told) if hide_expected else told


def _without_expected(check: CheckResult) -> CheckResult:
    """Leave out what was expected, and the sentence where it may tell of that."""
    message = check.message
    if check.reason in TELLING:
        message = REASONS[check.reason].means
    return msgspec.structs.replace(check, expected=None, differs_at=None, message=message)
