"""Failed checks with the evidence that symptoms are recognised from."""

from __future__ import annotations

from typing import Any

from grader.core.model import CheckResult, Exchange
from tests.reports.report_samples import check

Line = tuple[str, str] | tuple[str, str, str]


def seen(
    expected: str | None = None,
    received: str | None = None,
    sent: tuple[str, ...] = (),
    heard: tuple[str, ...] = (),
    **fields: Any,
) -> CheckResult:
    """Return a failed check with this evidence; alice is the client."""
    transcript = [Exchange(0, "alice", "connected", "port 1060")]
    transcript += [Exchange(0.1, "alice", "sent", text) for text in sent]
    transcript += [Exchange(0.2, "alice", "received", text) for text in heard]
    values: dict[str, Any] = {
        "reason": "wrong_reply",
        "expected": expected,
        "received": received,
        "transcript": tuple(transcript),
        **fields,
    }
    return check("any_name", "fail", **values)


def crashed(output: str, *lines: Line, **fields: Any) -> CheckResult:
    return played(*lines, output=output, **{"reason": "crashed", **fields})


def played(*lines: Line, **fields: Any) -> CheckResult:
    """Return a failed check with this transcript, of (actor, what, data)."""
    transcript = tuple(Exchange(0, *line) for line in lines)
    return check("any_name", "fail", transcript=transcript, **fields)
