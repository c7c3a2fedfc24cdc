"""The class's page, `index.md`: who got what, a link to each report, and what failed most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from grader.core.model import Result
from grader.core.rubric import by_hand, to_give
from grader.reports.classwide import by_assignment, failure_rates, totals
from grader.reports.escape import link, prose
from grader.reports.layout import number, percent, plural

Links = Mapping[tuple[str, str], str]  # (assignment, student) → path relative to the page


def index(results: Iterable[Result], links: Links) -> str:
    """Return the page."""
    groups = by_assignment(results)
    parts = ["# Grades"] + ([] if groups else ["No submissions."])
    for assignment, group in groups.items():
        parts += _assignment(assignment, group, links)
    return "\n\n".join(parts) + "\n"


def _assignment(assignment: str, group: list[Result], links: Links) -> list[str]:
    total = totals(group)
    title = next((result.title for result in group if result.title), "")
    words = [plural(total.submissions, "submission")]
    if total.mean is not None:
        words.append(f"mean {number(total.mean)} of {number(total.max_score)}")
    if total.withheld:
        words.append(f"**{total.withheld} withheld** (ours to mend: no points were taken)")
    if still := sum(result.open_points > 0 for result in group):
        words.append(f"{still} with points by hand still open")
    heading = f"## {prose(assignment)}" + (f": {prose(title)}" if title else "")
    parts = [heading, ", ".join(words) + ".", _students(group, links)]
    if rates := _rates(group):
        parts += ["### Failed checks", rates]
    return parts


def _students(group: list[Result], links: Links) -> str:
    hand = any(result.rubric for result in group)
    rows = [
        f"| Student | Score | {'By hand | ' if hand else ''}Checks passed | Failed |",
        f"|---|---:|{'---|' if hand else ''}---:|---|",
    ]
    for result in group:
        path = links.get((result.assignment, result.student))
        name = link(result.student, path) if path else prose(result.student)
        score = "**withheld**"
        if result.score is not None:
            score = f"{number(result.score)} of {number(result.max_score)}"
        passed = sum(check.outcome == "pass" for check in result.checks)
        failed = ", ".join(prose(check.id) for check in result.checks if check.outcome == "fail")
        given = f"{_by_hand(result)} | " if hand else ""
        rows.append(f"| {name} | {score} | {given}{passed} of {len(result.checks)} | {failed} |")
    return "\n".join(rows)


def _by_hand(result: Result) -> str:
    still = f", {number(result.open_points)} open" if result.open_points else ""
    return f"{number(by_hand(result))} of {number(to_give(result))}{still}"


def _rates(group: list[Result]) -> str:
    rates = [rate for rate in failure_rates(group) if rate.failed]
    if not rates:
        return ""
    rows = ["| Check | Failed | Rate | Not tried |", "|---|---:|---:|---:|"]
    rows += [
        f"| {prose(rate.title)} ({prose(rate.check)}) | {rate.failed} of {rate.tried} "
        f"| {percent(rate.failed, rate.tried)} | {rate.not_tried} |"
        for rate in rates
    ]
    return "\n".join(rows)
