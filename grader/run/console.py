"""What the commands do, with progress on the terminal: plain lines elsewhere."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from grader.core.model import Course, Result
from grader.loading import LoadError, load_course, load_specs
from grader.loading.errors import nearest
from grader.reports.escape import terminal
from grader.reports.layout import plural, shorten
from grader.reports.terminal import class_table
from grader.run import pipeline
from grader.run.benches import ALL_IMAGES, testbed
from grader.run.handed import Where, rows_of
from grader.run.handed import collect as collect_points
from grader.run.pipeline import Graded
from grader.run.reading import Request, Task, plan, specs_folder
from grader.run.store import Store, StoreError
from grader.testbed.bench import Bench


def grade_tree(
    path: Path | None,
    *,
    assignment: str | None,
    jobs: int | None,
    runner: str,
    out: Path,
    config: Path,
    force: bool,
    seed: str,
    rubric: tuple[Path, ...] = (),
) -> list[Result]:
    """Grade a tree and show the class's table; returns the results."""
    course, root = course_at(config)
    specs = load_specs(specs_folder(course, root))
    where = path or root / course.submissions
    tasks = plan(where, assignment, course, specs)
    store = Store(out)
    places = [(task.assignment, Path(task.path)) for task in tasks]
    looked = Where(root, course, out, rubric, where)
    given = collect_points(looked, rows_of(specs), places, store)
    for note in given.notes:
        click.echo(terminal(note), err=True)
    workers = 1 if runner == "local" else min(jobs or os.cpu_count() or 1, len(tasks))
    make_bench, tools = testbed(runner, course.limits, needed_images(tasks), course.packages, None)
    tools = (*tools, runner, pipeline.grader_digest())
    request = Request(course, specs, tuple(tasks), tools, max(1, workers), force, seed, given)
    results = collect(request, make_bench, store)
    page = pipeline.write_tables(store, results)
    click.echo(class_table(results, colour=sys.stdout.isatty()))
    click.echo(f"\nReports: {terminal(str(page))}")
    return results


def collect(request: Request, make_bench: Callable[[], Bench], store: Store) -> list[Result]:
    """Run a request with progress; what was graded before an interruption is reported on."""
    results: list[Result] = []
    with progress(len(request.tasks), label) as tick:
        try:
            for item in pipeline.run(request, make_bench, store):
                if isinstance(item, Graded):
                    results.append(item.result)
                tick(item)
        except KeyboardInterrupt:
            if results:
                pipeline.write_tables(store, results)
            raise
    return results


def make_bundle(assignments: tuple[str, ...], output: Path, config: Path) -> None:
    """Write the archive for students; raises `LoadError` and `StoreError`."""
    from grader.run.bundling import bundle  # noqa: PLC0415 - only when needed
    from grader.run.handout import packed, references  # noqa: PLC0415 - only when needed

    course, root = course_at(config)
    specs = load_specs(specs_folder(course, root))
    for name in assignments:
        if name not in specs:
            hint = nearest(name, sorted(specs)) or f"there are {', '.join(sorted(specs))}"
            raise LoadError(f'no assignment is called "{name}"', suggestion=hint)
    chosen = [specs[name] for name in assignments] or list(specs.values())
    files = bundle(chosen, course)
    try:
        output.write_bytes(packed(files))
    except OSError as error:
        raise StoreError(f"{output} cannot be written: {error.strerror}") from error
    click.echo(f"{terminal(str(output))}: {len(files)} files, {plural(len(chosen), 'assignment')}")
    models = references(files[name] for name in files if name.startswith("specs/"))
    if models:
        click.echo(
            "With them go the reference programs that public checks run, for students to read:\n"
            + "".join(f"  {name}\n" for name in models)
            + "To keep one back, hide the checks that run it.",
            err=True,
        )


# ------------------------------------------------------------------------------- finding


def course_at(config: Path) -> tuple[Course, Path]:
    """Load the course's settings; return them with the folder they are relative to."""
    return load_course(config), config.resolve().parent


def needed_images(tasks: list[Task]) -> list[str]:
    """Return the images that these submissions may need, by their files' names."""
    if len(tasks) > 50:
        return list(ALL_IMAGES)
    endings = {".py": "python", ".c": "c", ".cpp": "c", ".cc": "c", ".cxx": "c", ".java": "java"}
    found = {"sidecar"}
    for task in tasks:
        for name in Path(task.path).rglob("*") if Path(task.path).is_dir() else [Path(task.path)]:
            found |= {endings.get(name.suffix.lower(), "sidecar")}
    return sorted(found)


# ------------------------------------------------------------------------------ progress


@contextmanager
def progress(total: int, name: Callable[[Any], str]) -> Iterator[Callable[[Any], None]]:
    """Show progress: a bar on a terminal, a line for each item elsewhere; `name` is its text."""
    if not sys.stderr.isatty():
        begun, done = time.monotonic(), 0

        def line(item: Any) -> None:
            nonlocal done
            done += 1
            seconds = time.monotonic() - begun
            click.echo(f"[{done}/{total}] {name(item)}  {seconds:.1f} s", err=True)

        yield line
        return
    from rich.console import Console  # noqa: PLC0415 - 30 ms
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}", justify="right"),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task, begun = bar.add_task("", total=total, rate=""), time.monotonic()

        def advance(item: Any) -> None:
            from rich.markup import escape  # noqa: PLC0415

            bar.advance(task)
            rate = bar.tasks[0].completed / max(0.001, time.monotonic() - begun)
            bar.update(task, description=escape(shorten(name(item), 30)), rate=f"{rate:.1f}/s")

        yield advance


def label(item: Graded | Task) -> str:
    """Name a submission and what came of it, safe for a terminal."""
    if isinstance(item, Task):
        return terminal(f"{item.assignment}/{item.student}: interrupted")
    result = item.result
    score = "withheld" if result.score is None else f"{result.score:g}/{result.max_score:g}"
    kept = "" if item.fresh else " (kept)"
    return terminal(f"{result.assignment}/{result.student}: {score}{kept}")
