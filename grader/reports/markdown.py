"""`report.md`: everything about one submission, for the TA or for the student.

Plain Markdown without any HTML of ours, so that whatever looks like HTML in a report is a fault,
and a student's text stays text: in a sentence it is escaped, in a block it is fenced.
"""

from __future__ import annotations

from grader.core.model import CheckResult, Result
from grader.reports.escape import block, code, image, lines, prose
from grader.reports.layout import MARKS, bar, number, sentence_case
from grader.reports.story import Block, Part, sentence, story
from grader.reports.view import Audience, View, advice, row_points, view

WIDTH = 100
TRANSCRIPT = 40
BUILD_LINES = 80


def report(result: Result, spec_title: str, audience: Audience = "ta", root: str = "../..") -> str:
    """Return the report; `root` leads from its folder to the output folder."""
    seen = view(result, audience, spec_title)
    parts = [f"# {prose(seen.student) or '(no name)'}: {prose(seen.title)}", *_score(seen)]
    if seen.score is None:
        parts += _withheld(seen)
    if seen.checks:
        parts.append(_table(seen))
    if seen.rubric:
        parts += ["## Graded by hand", *_rubric(seen)]
    if seen.notes:
        parts.append("## Notes")
        parts.append("\n".join(f"- {prose(note)}" for note in seen.notes))
    for check in seen.of("fail"):
        parts += _failure(check)
    if skipped := seen.of("skip"):
        parts += ["## Not tried", _skipped(skipped)]
    parts += _screenshots(seen, root)
    parts += _build(seen)
    if seen.replay:
        parts.append(f"The same words and network faults again: {code(seen.replay)}")
    return "\n\n".join(parts) + "\n"


def _score(seen: View) -> list[str]:
    drawn = "" if seen.score is None else f"{code(bar(seen.score, seen.max_score))} "
    return [f"{drawn}**{prose(seen.points)}**: {prose(seen.counts)}.", *map(prose, seen.remarks)]


def _withheld(seen: View) -> list[str]:
    """Say that it is our fault, in so many words."""
    why = prose(sentence_case(seen.withheld))
    told = f"**The score is withheld: no points were taken.** {why}. "
    told += "This is a fault of the grader or its machine, not of the submission."
    parts = ["## Withheld", told]
    rows = []
    for check in seen.of("error"):
        rows.append(f"- {prose(check.title)}: {prose(sentence(check))}")
        if advice(check):
            rows[-1] += f" ({prose(advice(check))})"
    return [*parts, "\n".join(rows)] if rows else parts


def _table(seen: View) -> str:
    rows = ["| | Check | Points |", "|---|---|---:|"]
    for check in seen.checks:
        remarks = [] if check.visibility == "public" else [check.visibility.replace("_", " ")]
        remarks += ["extra credit"] if check.extra_credit else []
        remark = f" ({', '.join(remarks)})" if remarks else ""
        points = f"{number(check.points)} of {number(check.max_points)}"
        rows.append(f"| {MARKS[check.outcome]} | {prose(check.title)}{remark} | {points} |")
    return "\n".join(rows)


def _rubric(seen: View) -> list[str]:
    """Show who gave what; a comment is text, whatever it looks like."""
    rows = ["| Row | Points |", "|---|---:|"]
    rows += [f"| {prose(row.title)} | {row_points(row)} |" for row in seen.rubric]
    said = []
    for row in seen.rubric:
        if words := [prose(line) for line in row.comment.splitlines() if line.strip()]:
            who = f" ({prose(row.grader)})" if row.grader else ""
            said.append(f"- {prose(row.title)}{who}: " + "  \n  ".join(words))
    return ["\n".join(rows), "\n".join(said)] if said else ["\n".join(rows)]


def _failure(check: CheckResult) -> list[str]:
    points = f"{number(check.points)} of {number(check.max_points)} points"
    reason = f", {code(check.reason)}" if check.reason else ""
    parts = [
        f"## {MARKS[check.outcome]} {prose(check.title)}",
        f"{code(check.id)}, {points}{reason}",
    ]
    parts += [_part(part) for part in story(check, width=WIDTH, transcript=TRANSCRIPT)]
    return parts


def _skipped(checks: list[CheckResult]) -> str:
    """List what was not tried under the reason why."""
    causes: dict[str, list[str]] = {}
    for check in checks:
        causes.setdefault(sentence_case(sentence(check)), []).append(check.title)
    rows = []
    for cause, titles in causes.items():
        rows += [f"- {prose(cause)}", *(f"  - {prose(title)}" for title in titles)]
    return "\n".join(rows)


def _screenshots(seen: View, root: str) -> list[str]:
    """Show what browsers showed, of passed checks too."""
    shots = [check for check in seen.checks if check.screenshot]
    parts = ["## What a browser shows"] if shots else []
    for check in shots:
        parts.append(f"{MARKS[check.outcome]} {prose(check.title)}:")
        parts.append(image(check.title, f"{root}/{check.screenshot}"))
    return parts


def _part(part: Part) -> str:
    if isinstance(part, Block):
        label = f"{part.label}:\n\n" if part.label else ""
        return label + block(part.rows)
    text = prose(part.text)
    return f"**{part.label}:** {text}" if part.label else f"{sentence_case(text)}."


def _build(seen: View) -> list[str]:
    """Show what the compiler said, unless it was nothing, or a failed check has shown it."""
    said = lines(seen.build)
    silent = not any(line.strip() and not line.startswith(("$ ", "# ")) for line in said)
    if silent or any(check.reason == "build_failed" for check in seen.checks):
        return []
    if len(said) > BUILD_LINES:
        said = [*said[:BUILD_LINES], f"… {len(said) - BUILD_LINES} more lines"]
    return ["## What the compiler said", block(said)]
