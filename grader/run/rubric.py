"""The commands about points given by hand: a table to fill in, and its points into the results."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from grader.core.model import Result, Row, Spec
from grader.loading import LoadError, find_submissions, load_specs
from grader.loading.marks import TABLES
from grader.reports.escape import terminal
from grader.reports.layout import number, plural
from grader.reports.rubricsheet import Open, long_sheet, wide_sheet
from grader.run import pipeline
from grader.run.console import course_at
from grader.run.handed import SHEET, Where, collect, handed, kept_rows, rows_of
from grader.run.reading import specs_folder
from grader.run.store import Store, StoreError


def place(
    config: Path, out: Path, rubric: tuple[Path, ...] = (), tree: Path | None = None
) -> Where:
    """Return where points are looked for; raises `LoadError`."""
    course, root = course_at(config)
    return Where(root, course, out, rubric, tree)


def apply(where: Where, assignment: str | None) -> list[Result]:
    """Bring what people gave into the results that are kept; nothing is graded again.

    Reports and tables are written anew, of all results in the output folder.
    """
    store = Store(where.out)
    kept = list(store.all())
    meant = [item for item in kept if assignment in (None, item.assignment)]
    if not meant:
        raise LoadError("no results are kept here", str(where.out), suggestion="grade first")
    if not any(item.rubric for item in meant):
        raise LoadError("no result here has a rubric", str(where.out), suggestion="grade again")
    given = collect(where, kept_rows(meant), (), store)
    results, new, changed = [], 0, 0
    for old in kept:
        result = handed(old, None, given) if old in meant else old
        pairs = zip(result.rubric, old.rubric, strict=True)
        rows = sum(row != before for row, before in pairs)
        pipeline.keep(store, result, changed=rows > 0)
        new, changed = new + rows, changed + (rows > 0)
        results.append(pipeline.slim(result))
    page = pipeline.write_tables(store, results)
    for note in given.notes:
        click.echo(terminal(note), err=True)
    if not given.sources:
        click.echo("No file with points was found.", err=True)
    click.echo(f"{plural(new, 'row')} of {plural(changed, 'student')} changed.")
    still = sum(item.open_points > 0 for item in results)
    click.echo(f"Still open: {plural(still, 'student')}." if still else "Nothing is open any more.")
    click.echo(f"Reports: {terminal(str(page))}")
    return results


def template(
    where: Where,
    assignment: str | None,
    *,
    output: Path | None,
    wide: bool,
    delimiter: str,
) -> None:
    """Write the table of what is still to be given; never over a file that is there."""
    specs = load_specs(specs_folder(where.course, where.root))
    tree = where.tree or where.class_tree
    found = find_submissions(tree, assignment, where.course, sorted(specs))
    places = [(name, place) for name, _, place in found]
    store = Store(where.out)
    given = collect(where, rows_of(specs), places, store)
    lines = []
    for name, student, _ in found:
        marks = given.marks.get((name, student), {})
        kept = store.load(name, student)
        done = {row.id for row in kept.rubric if row.points is not None} if kept else set()
        done |= {row for row, mark in marks.items() if mark.points is not None}
        rows = tuple(row for row in specs[name].rubric if row.id not in done)
        lines += [Open(name, student, rows)] if rows else []
    if not any(specs[name].rubric for name, _, _ in found):
        raise LoadError("no assignment here has a rubric", str(tree))
    if not lines:
        click.echo("Nothing is open: every row has its points.", err=True)
        return
    if wide:
        text = wide_sheet(lines, _only(lines, specs), delimiter)
    else:
        text = long_sheet(lines, delimiter)
    if output == Path("-"):
        click.echo(text.removeprefix("\ufeff").replace("\r\n", "\n"), nl=False)
        return
    path = output or _target(where, tree, assignment)
    _write(path, text)
    points = number(sum(row.points for line in lines for row in line.rows))
    click.echo(f"{terminal(str(path))}: {plural(len(lines), 'student')}, {points} points to give.")
    click.echo("Fill in `points` and `comment`; then: grade rubric apply (or grade again).")


def _only(lines: list[Open], specs: Mapping[str, Spec]) -> tuple[Row, ...]:
    names = {line.assignment for line in lines}
    if len(names) > 1:
        hint = f"name one with -a: {', '.join(sorted(names))}"
        raise LoadError("a wide table is for one assignment", suggestion=hint)
    return specs[names.pop()].rubric


def _target(where: Where, tree: Path, assignment: str | None) -> Path:
    """Return where the table goes, so that it is found again."""
    if where.course.rubric:
        path = where.root / where.course.rubric
        if path.suffix.lower() in TABLES:
            return path
        return path / (f"{assignment}.csv" if assignment else SHEET)
    inside = assignment and (tree / assignment).is_dir()
    return tree / str(assignment) / SHEET if inside else tree / SHEET


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="") as stream:
            stream.write(text)
    except FileExistsError:
        hint = "name another one with -o (each row of a student in one of them only)"
        raise LoadError(
            "is there already, and not written over", str(path), suggestion=hint
        ) from None
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}") from error
