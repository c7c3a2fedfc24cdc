"""Likely causes, recognised from what was seen: bytes, transcript, output, where it stands."""

from __future__ import annotations

import msgspec

from grader.core.command import see_it_yourself
from grader.core.model import CheckResult
from grader.core.symptoms.registry import SYMPTOMS, Symptom, likely_cause

__all__ = ["SYMPTOMS", "Symptom", "explained", "likely_cause"]


def explained(check: CheckResult, *, hide_expected: bool = False) -> CheckResult:
    """Add to a failed check its likely cause and the command that shows the same; what was
    expected is evidence even where it is not to be shown.
    """
    if check.outcome != "fail":
        return check
    return msgspec.structs.replace(
        check,
        cause=likely_cause(check),
        see=see_it_yourself(check.transcript),
        expected=None if hide_expected else check.expected,
    )
