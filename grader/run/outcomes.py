"""What is kept of a check: its outcome, and what explains it."""

from __future__ import annotations

from grader.agent.wire import text
from grader.core.model import Check, CheckResult, Place
from grader.core.outcome import Outcome, Verdict
from grader.core.stage import Stage
from grader.core.symptoms import explained
from grader.run.build import Built

LAST_LINES = 32


def passed(check: Check, notes: tuple[str, ...]) -> CheckResult:
    """Return the result of a check that went well."""
    return CheckResult(
        id=check.id,
        program=check.program or check.builds,
        title=check.title,
        outcome="pass",
        points=check.points,
        max_points=check.points,
        notes=notes,
        visibility=check.visibility,
        extra_credit=check.extra_credit,
    )


def failed(
    check: Check,
    verdict: Verdict,
    output: str = "",
    stage: Stage | None = None,
    points: float = 0,
    *,
    place: Place | None = None,
) -> CheckResult:
    """Return the result of a check that did not: the verdict and all that explains it."""
    result = CheckResult(
        id=check.id,
        program=check.program or check.builds,
        title=check.title,
        outcome=verdict.outcome.value,
        points=points,
        max_points=check.points,
        reason=verdict.reason,
        message=verdict.message,
        hint=check.hint if verdict.outcome is Outcome.FAIL else "",
        transcript=tuple(stage.transcript) if stage else (),
        expected=None if verdict.expected is None else text(verdict.expected),
        received=None if verdict.received is None else text(verdict.received),
        differs_at=verdict.differs_at,
        stuck=verdict.stuck,
        place=place,
        output=output,
        visibility=check.visibility,
        extra_credit=check.extra_credit,
    )
    return explained(result, hide_expected=check.hide_expected, files=check.files)


def why_not_built(built: Built) -> str:
    """Say in a sentence why a program does not compile."""
    if built.limit:
        return f"the compiler was stopped: {built.limit} limit (command: {built.failed})"
    return built.report.first_error or f"this command failed: {built.failed}"


def last_lines(stage: Stage) -> str:
    """Return the lines of code complained of, or what programs printed last: ours first, then the
    student's, whose last words matter most.
    """
    parts = ["\n".join(stage.findings)] if stage.findings else []
    students = stage.students()
    ours = [running for running in stage.programs.values() if running not in students]
    for running in [*ours, *students]:
        lines = bytes(running.screen).decode("utf-8", "replace").splitlines()[-LAST_LINES:]
        if lines:
            parts.append(f"[{running.name}]\n" + "\n".join(lines))
    return "\n".join(parts)[-6000:]
