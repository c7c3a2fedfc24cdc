"""Reports for a terminal, in plain text of 80 columns: the class's table, and the self-check.

Colour is added by `paint` around finished lines, only when asked for; without it a report has no
control character at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from grader.core.model import CheckResult, Result
from grader.core.transcript import columns
from grader.reports.classwide import by_assignment, failure_rates, totals
from grader.reports.escape import row, terminal
from grader.reports.layout import (
    MARKS,
    bar,
    fold,
    number,
    pad,
    percent,
    plural,
    sentence_case,
    shorten,
    wrap,
)
from grader.reports.story import Block, place, sentence, story
from grader.reports.view import Audience, View, row_points, view

WIDTH = 80
TOP = 8  # checks named in the class's failure rates
TRANSCRIPT = 12
NAME = 20  # columns of a student's name
_COLOURS = {"pass": "32", "fail": "31", "skip": "33", "error": "35", "head": "1", "dim": "2"}


def paint(text: str, kind: str, *, colour: bool) -> str:
    """Colour a text that is ready to be printed."""
    return f"\x1b[{_COLOURS[kind]}m{text}\x1b[0m" if colour and text else text


# ----------------------------------------------------------------------------- the class


def class_table(results: Iterable[Result], *, colour: bool = False, width: int = WIDTH) -> str:
    """Return the table of a class: a line a submission, means, and the checks failed most."""
    groups = by_assignment(results)
    if not groups:
        return "No submissions."
    everyone = [result for group in groups.values() for result in group]
    shown: list[str] = []
    for assignment, group in groups.items():
        shown += [*_assignment(assignment, group, colour=colour, width=width), ""]
    shown += _most_failed(everyone, colour=colour, width=width)
    total = totals(everyone)
    words = [plural(total.submissions, "submission")]
    if len(groups) > 1:
        words.append(plural(len(groups), "assignment"))
    shown.append(", ".join([*words, f"{total.seconds:.0f} s of testing"]))
    if total.withheld:
        withheld = f"{total.withheld} withheld: ours to mend, no points were taken"
        shown.append(paint(withheld, "error", colour=colour))
    return "\n".join(shown)


def _assignment(assignment: str, group: list[Result], *, colour: bool, width: int) -> list[str]:
    total = totals(group)
    title = next((result.title for result in group if result.title), "")
    mean = (
        f"mean {number(total.mean)} of {number(total.max_score)}" if total.mean is not None else ""
    )
    name = terminal(assignment) + (f": {terminal(title)}" if title else "")
    head = pad(name, width - len(mean) - 2) + "  " + mean
    return [
        paint(head.rstrip(), "head", colour=colour),
        *(_submission(result, colour=colour, width=width) for result in group),
    ]


def _submission(result: Result, *, colour: bool, width: int) -> str:
    """Write a student's line: name, score, bar, what failed."""
    name = pad(terminal(result.student), NAME)
    if result.score is None:
        why = shorten(terminal(view(result, "ta").withheld), width - NAME - 17)
        return paint(f"  {name}  {'withheld':>9}  {why}", "error", colour=colour)
    score = f"{number(result.score)}/{number(result.max_score)}"
    failed = [check.id for check in result.checks if check.outcome == "fail"]
    skipped = sum(check.outcome == "skip" for check in result.checks)
    parts = [f"{skipped} not tried"] if skipped else []
    parts += [f"{number(result.open_points)} by hand open"] if result.open_points else []
    rest = f" ({', '.join(parts)})" if parts else ""
    drawn = bar(result.score, result.max_score, 10)
    words = _named(failed, width - NAME - 27 - len(rest)) + rest
    line = f"  {name}  {pad(score, 9, right=True)}  {drawn}  {words}".rstrip()
    return paint(line, "fail" if failed else "pass", colour=colour)


def _named(ids: list[str], room: int) -> str:
    """Name as many checks as there is room for, and count the others."""
    kept = len(ids)
    while True:
        rest = f"+{len(ids) - kept}" if kept < len(ids) else ""
        words = " ".join([*(terminal(name) for name in ids[:kept]), *([rest] if rest else [])])
        if len(words) <= room:
            return words
        if kept <= 1:
            return shorten(words, room)
        kept -= 1


def _most_failed(results: list[Result], *, colour: bool, width: int) -> list[str]:
    rates = [rate for rate in failure_rates(results) if rate.failed][:TOP]
    if not rates:
        return []
    shown = [paint("Failed most", "head", colour=colour)]
    names = [f"{terminal(rate.assignment)}/{terminal(rate.check)}" for rate in rates]
    room = min(36, max(map(columns, names)))
    for rate, name in zip(rates, names, strict=True):
        count = f"{rate.failed} of {rate.tried}"
        title = shorten(terminal(rate.title), width - 22 - room)
        share = percent(rate.failed, rate.tried)
        shown.append(f"  {share:>5}  {count:>9}  {pad(name, room)}  {title}")
    return [*shown, ""]


# ------------------------------------------------------------------------ the self-check


def submission_feedback(
    result: Result,
    audience: Audience = "student",
    *,
    verbose: bool = False,
    colour: bool = False,
    width: int = WIDTH,
) -> str:
    """Return what a student reads: every check, the whole story of the first that failed (of all
    with `verbose`), and a sentence and a hint for the others.
    """
    seen = view(result, audience)
    failed = seen.of("fail")
    name = terminal(result.assignment)
    head = f"{name}: {terminal(seen.title)}" if seen.title != result.assignment else name
    shown = [paint(shorten(head, width), "head", colour=colour), ""]
    shown += [_check_line(check, colour=colour, width=width) for check in seen.checks]
    for index, check in enumerate(failed):
        whole = verbose or index == 0
        shown += ["", *_told(check, whole=whole, verbose=verbose, colour=colour, width=width)]
    if len(failed) > 1 and not verbose:
        words = "More about another: the same command with --only and its name in brackets."
        shown += ["", *wrap(words, width, "")]
    for check in seen.of("error"):
        words = f"{MARKS['error']} {terminal(check.title)}: {terminal(sentence(check))}"
        shown += ["", *wrap(words, width, "    ", "")]
    shown += _not_tried(seen, width=width)
    shown += _rubric(seen, width=width)
    if verbose and seen.replay:
        words = f"The same words and network faults again: {terminal(seen.replay)}"
        shown += ["", *wrap(words, width, "  ", "")]
    shown += ["", *_ending(seen, colour=colour, width=width)]
    return "\n".join(shown)


def _not_tried(seen: View, *, width: int) -> list[str]:
    """Say why checks were not tried, each reason once."""
    causes = Counter(sentence(check) for check in seen.of("skip"))
    shown = [""] if causes else []
    for cause, count in causes.items():
        words = f"{MARKS['skip']} {sentence_case(terminal(cause))} ({plural(count, 'check')})"
        shown += wrap(words, width, "    ", "")
    return shown


def _rubric(seen: View, *, width: int) -> list[str]:
    """Show the rows that people give points for."""
    shown = ["", "Graded by hand:"] if seen.rubric else []
    for item in seen.rubric:
        points = row_points(item)
        shown.append(f"  {pad(terminal(item.title), width - 4 - len(points))}  {points}")
        for line in item.comment.splitlines():
            shown += wrap(terminal(line), width, "      ") if line.strip() else []
    return shown


def _check_line(check: CheckResult, *, colour: bool, width: int) -> str:
    points = f"{number(check.points)}/{number(check.max_points)}"
    remark = " (extra)" if check.extra_credit else ""
    title = pad(terminal(check.title) + remark, width - 5 - max(7, len(points)))
    line = f"  {MARKS[check.outcome]} {title} {points:>7}"
    return paint(line, check.outcome, colour=colour)


def _told(check: CheckResult, *, whole: bool, verbose: bool, colour: bool, width: int) -> list[str]:
    """Tell a failed check: all of it, or what happened and the hint."""
    title = f"{MARKS[check.outcome]} {terminal(check.title)}"
    head = wrap(f"{title} [{terminal(check.id)}]", width, "  ", "")
    shown = [paint(line, "fail", colour=colour) for line in head]
    if not whole:
        shown += wrap(sentence_case(terminal(sentence(check))) + ".", width, "    ")
        if check.place:
            shown += wrap(f"In your source: {terminal(place(check.place))}", width, "    ")
        return shown + (wrap(f"Hint: {terminal(check.hint)}", width, "    ") if check.hint else [])
    for part in story(check, width=width - 6, transcript=400 if verbose else TRANSCRIPT):
        if isinstance(part, Block):
            shown += [f"    {part.label}:"] if part.label else []
            room = width - 6
            for line in map(row, part.rows):
                cut = [line] if part.whole else [shorten(line, room)]
                shown += [f"      {item}" for item in (fold(line, room) if part.folded else cut)]
        else:
            text = terminal(part.text)
            words = f"{part.label}: {text}" if part.label else f"{sentence_case(text)}."
            shown += wrap(words, width, "    ")
    return shown


def _ending(seen: View, *, colour: bool, width: int) -> list[str]:
    shown = []
    for note in seen.notes:
        shown += wrap(f"Note: {terminal(note)}", width, "      ", "")
    for remark in seen.remarks:
        shown += wrap(terminal(remark), width, "      ", "")
    if seen.score is None:
        why = f"Withheld, no points were taken: {terminal(seen.withheld)}"
        shown += wrap(why, width, "  ", "")
    kind = "error" if seen.score is None else "fail" if seen.of("fail") else "pass"
    return [*shown, paint(f"{seen.points}: {seen.counts}", kind, colour=colour)]
