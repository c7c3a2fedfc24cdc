"""A student's self-check: one submission, the public checks, on this machine unless asked else.

`grade check` must be quick enough to run on every save, and must never leave in doubt what it did
not look at: which checks are hidden is not said, how many points they hold is.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import msgspec

from grader.core.guessing import LOOKED_AT, guess
from grader.core.model import Course, Result, Spec
from grader.loading import LoadError, find_course, load_course, load_spec, load_specs
from grader.loading.errors import nearest
from grader.reports.escape import terminal
from grader.reports.terminal import submission_feedback
from grader.run.benches import ALL_IMAGES, Opening, testbed
from grader.run.reading import Request, Task, plan, public, read, specs_folder
from grader.run.together import FEW, grade_together
from grader.testbed.bench import Bench
from grader.testbed.crew import Crew

SOURCES = frozenset({".py", ".c", ".cc", ".cpp", ".cxx", ".h", ".hpp", ".java"})
SIDE_BY_SIDE = 4  # a check mostly waits: more benches than processors are worth it
LOOK_EVERY = 0.3  # seconds between two looks at the files
QUIET_FOR = 0.15  # seconds without a change before a save is taken for finished


class Wish(msgspec.Struct, frozen=True):
    """What a student asked for."""

    path: Path
    assignment: str | None = None
    runner: str = "local"
    config: Path | None = None
    only: tuple[str, ...] = ()
    verbose: bool = False
    as_json: bool = False
    seed: str = ""  # what chance is drawn from; anew at every run when not given


class SelfCheck:
    """A submission with its assignment, and benches that are kept for the next run."""

    def __init__(
        self, wish: Wish, ask: Callable[[Sequence[str]], str], crew: Crew | None = None
    ) -> None:
        """Load the course and settle the assignment; `ask` lets a person choose one. Agents come
        from the `crew`, if there is one. Raises `LoadError`.
        """
        self.wish = wish
        found = wish.config or find_course(Path.cwd()) or find_course(wish.path)
        self.course: Course = load_course(found)
        self._own_crew = Crew() if crew is None and wish.runner == "local" else None
        self._crew = crew or self._own_crew
        self._opening = self._open() if self._crew else None  # while the rest is loaded
        self._benches: list[Bench] = []
        try:
            root = found.resolve().parent if found else Path.cwd()
            folder = specs_folder(self.course, root)
            name = wish.assignment or _by_folder(wish.path, folder)
            specs = _specs(folder, name)
            name = name or _assignment(wish, self.course, specs, ask)
            self.task = _one(wish.path, name, self.course, specs)
            self.spec = specs[name]
        except BaseException:
            self.close()
            raise
        if not gc.isenabled():  # see `grade check`
            gc.freeze()
            gc.enable()

    def run(self, only: Sequence[str] = ()) -> Result:
        """Check what is there now, with the checks of these ids or all; raises `BenchError`."""
        shown = only_checks(public(self.spec), only or self.wish.only)
        specs = {self.spec.assignment: shown}
        request = Request(self.course, specs, (), (), seed=self.wish.seed)
        job = read(self.task, request)
        if not self._benches:
            self._ready()
        return grade_together(job, self._benches)

    def close(self) -> None:
        """End what runs."""
        if self._opening:
            self._opening.close()
        self._opening, self._benches = None, []
        if self._own_crew:
            self._own_crew.close()

    def _open(self) -> Opening:
        """Begin to make the benches: several only where each has a network of its own."""
        wish, course = self.wish, self.course
        few = wish.runner != "local" or 0 < len(wish.only) <= FEW
        make_bench, _ = testbed(
            wish.runner, course.limits, list(ALL_IMAGES), course.packages, self._crew
        )
        return Opening(make_bench, 1 if few else SIDE_BY_SIDE)

    def _ready(self) -> None:
        """Have the benches."""
        self._opening = self._opening or self._open()
        self._benches = self._opening.wait()
        links = [link for bench in self._benches for link in bench.links.values()]
        if self.wish.runner == "local" and not all(
            link.ready is None or link.ready.isolated for link in links
        ):
            while len(self._benches) > 1:
                self._benches.pop().close()
            self._benches[0].tell = _say
            _refuse_busy(self.spec)

    def shown(self, result: Result) -> str:
        """Return what the student reads."""
        if self.wish.as_json:
            return msgspec.json.format(msgspec.json.encode(result), indent=2).decode()
        colour = sys.stdout.isatty()
        said = submission_feedback(result, "student", verbose=self.wish.verbose, colour=colour)
        return f"{said}\n{about_hidden(self.spec, result)}".rstrip()


def self_check(wish: Wish, ask: Callable[[Sequence[str]], str], crew: Crew | None = None) -> Result:
    """Check once and say what to mend; raises `LoadError` and `BenchError`."""
    checking = SelfCheck(wish, ask, crew)
    try:
        result = checking.run()
    except BaseException:
        checking.close()
        raise
    closing = threading.Thread(target=checking.close)  # while it is told
    closing.start()
    click.echo(checking.shown(result))
    closing.join()
    return result


def watch(wish: Wish, ask: Callable[[Sequence[str]], str], crew: Crew | None = None) -> Result:
    """Check again at every save until Ctrl-C; returns the last result.

    What failed is tried alone first, and everything again as soon as that passes.
    """
    checking = SelfCheck(wish, ask, crew)
    place = Path(checking.task.path)
    result: Result | None = None
    failed: list[str] = []
    try:
        while True:
            seen = snapshot(place)
            result = checking.run(failed)
            if failed and not failing(result):
                result = checking.run()
            failed = failing(result)
            if sys.stdout.isatty():
                click.clear()
            click.echo(checking.shown(result))
            click.echo(f"\nWatching {terminal(str(wish.path))}; Ctrl-C ends it.", err=True)
            wait_for_change(place, seen)
    except KeyboardInterrupt:
        if result is None:
            raise
        return result
    finally:
        checking.close()


def failing(result: Result) -> list[str]:
    """Return the ids of the checks that failed."""
    return [check.id for check in result.checks if check.outcome == "fail"]


def snapshot(place: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of every file, by path. Asking for them works on every file system;
    being told of changes does not, on network drives and under WSL.
    """
    found: dict[str, tuple[int, int]] = {}
    for path in [place] if place.is_file() else place.rglob("*"):
        if path.name.startswith(".") or "__pycache__" in path.parts:
            continue
        try:
            state = path.stat()
        except OSError:
            continue  # deleted while we look
        if path.is_file():
            found[str(path)] = (state.st_size, state.st_mtime_ns)
    return found


def wait_for_change(place: Path, seen: dict[str, tuple[int, int]]) -> None:
    """Wait until the files differ from what was seen, and a save is finished."""
    while (now := snapshot(place)) == seen:
        time.sleep(LOOK_EVERY)
    while True:
        time.sleep(QUIET_FOR)
        later = snapshot(place)
        if later == now:
            return
        now = later


# ------------------------------------------------------------------------------- deciding


def only_checks(spec: Spec, ids: Sequence[str]) -> Spec:
    """Return a spec with these checks alone, none waiting for another; all if none is named."""
    if not ids:
        return spec
    known = [check.id for check in spec.checks]
    for name in ids:
        if name not in known:
            hint = nearest(name, known) or f"there are {', '.join(known)}"
            raise LoadError(f'no check of {spec.assignment} is called "{name}"', suggestion=hint)
    kept = (check for check in spec.checks if check.id in ids)
    alone = tuple(msgspec.structs.replace(check, needs=()) for check in kept)
    return msgspec.structs.replace(spec, checks=alone)


def about_hidden(spec: Spec, result: Result) -> str:
    """Say how much of the score is seen here; empty if all of it."""
    total = spec.max_score + spec.hidden_points
    if result.max_score >= total or len(result.checks) < len(public(spec).checks):
        return ""
    return f"Public checks only: {result.max_score:g} of {total:g} points are visible here."


def _by_folder(path: Path, specs: Path) -> str:
    """Return the assignment that a folder is named after; empty if none."""
    place = path.resolve()
    named = (place.parent.name, place.name)
    return next((name for name in named if name and (specs / f"{name}.yml").is_file()), "")


def _specs(folder: Path, name: str) -> dict[str, Spec]:
    """Load the one spec that is needed, if it is known: eleven take longer than a check."""
    path = folder / f"{name}.yml"
    return {name: load_spec(path)} if name and path.is_file() else load_specs(folder)


def _assignment(
    wish: Wish, course: Course, specs: dict[str, Spec], ask: Callable[[Sequence[str]], str]
) -> str:
    """Tell the assignment from what the path and the files say, or ask."""
    if len(specs) == 1:
        return next(iter(specs))
    place = wish.path.resolve()
    if not place.exists():
        raise LoadError("no such file or folder", str(wish.path))
    if place.is_dir() and not any(path.is_file() for path in place.rglob("*")):
        hint = "name the folder of your programs: grade check my_homework/"
        raise LoadError("the folder is empty", str(wish.path), suggestion=hint)
    fitting = guess(place.as_posix(), _sources(place, course), specs.values())
    if len(fitting) != 1:
        return ask(fitting or sorted(specs))
    if not wish.as_json:
        click.echo(f"Assignment: {fitting[0]} (told by names; -a says another)\n", err=True)
    return fitting[0]


def _sources(place: Path, course: Course) -> dict[str, bytes]:
    paths = [place] if place.is_file() else sorted(place.rglob("*"))
    found: dict[str, bytes] = {}
    for path in paths:
        if path.suffix.lower() in SOURCES and path.is_file() and not path.is_symlink():
            name = path.name if path == place else path.relative_to(place).as_posix()
            with path.open("rb") as file:
                found[name] = file.read(LOOKED_AT)
        if len(found) >= course.limits.submission_files:
            break
    return found


def _one(path: Path, name: str, course: Course, specs: dict[str, Spec]) -> Task:
    tasks = plan(path, name, course, specs)
    if len(tasks) != 1:
        count = len(tasks)
        raise LoadError(f"{path} holds {count} submissions", suggestion="name the folder of one")
    return tasks[0]


def _refuse_busy(spec: Spec) -> None:
    """Say which port is taken and by whom: without a network of our own it would be in the way."""
    from grader.testbed.busy import taken  # noqa: PLC0415 - where it is needed

    if why := taken(spec.ends, _say):
        raise LoadError(
            terminal(why),
            suggestion="end that program (is your server still running in another terminal?)"
            " and try again",
        )


def _say(text: str) -> None:
    click.echo(text, err=True)
