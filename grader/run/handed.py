"""Points given by hand: where they are looked for, and how they reach the results that are kept.

Looked for in what `--rubric` names; else in what `rubric:` of grade.yml names; else in
`rubric.csv` beside the submissions (in the tree that is graded, and in its folders of
assignments, where a `<student>.yml` counts too) and in the output folder. Never inside a
submission: what a student hands in gives no points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from grader.core.model import Course, Result, Row, RowResult, Spec
from grader.core.rubric import carry_over, merge
from grader.loading import Given, LoadError, MarkFile, Roll, read_marks
from grader.loading.endings import stem_of
from grader.loading.errors import nearest
from grader.loading.marks import PAGES, TABLES
from grader.loading.names import readable
from grader.reports.escape import cell
from grader.run.store import Store

SHEET = "rubric.csv"
Rows = Mapping[str, tuple[Row | RowResult, ...]]


class Where(msgspec.Struct, frozen=True):
    """Where a run looks for points."""

    root: Path  # the folder of grade.yml
    course: Course
    out: Path
    named: tuple[Path, ...] = ()  # by --rubric
    tree: Path | None = None  # what is graded

    @property
    def class_tree(self) -> Path:
        """The course's submissions."""
        return self.root / self.course.submissions


def collect(where: Where, rows: Rows, tasks: Sequence[tuple[str, Path]], store: Store) -> Given:
    """Read all points there are; `tasks` are the assignments and places of submissions."""
    if not any(rows.values()):
        if where.named:
            raise LoadError("no spec has a rubric", str(where.named[0]))
        return Given()
    roll = Roll(rows, _students(where, tasks, store), cell)
    return read_marks(_files(where, roll, tasks), roll)


def handed(result: Result, old: Result | None, given: Given) -> Result:
    """Return a result with what people gave: now, or to the result that was kept before."""
    if old is not None:
        result = carry_over(old, result)
    marks = given.marks.get((result.assignment, result.student), {})
    return merge(result, marks, given.sources)


def rows_of(specs: Mapping[str, Spec]) -> dict[str, tuple[Row | RowResult, ...]]:
    """Return the rubrics of specs by assignment."""
    return {name: spec.rubric for name, spec in specs.items()}


def kept_rows(results: Iterable[Result]) -> dict[str, tuple[Row | RowResult, ...]]:
    """Return the rubrics that results were made with."""
    found: dict[str, dict[str, Row | RowResult]] = {}
    for result in results:
        found.setdefault(result.assignment, {}).update({row.id: row for row in result.rubric})
    return {name: tuple(rows.values()) for name, rows in found.items()}


# --------------------------------------------------------------------------------- finding


def _students(
    where: Where, tasks: Sequence[tuple[str, Path]], store: Store
) -> dict[str, frozenset[str]]:
    """Return the students that are known of each assignment: those that are graded, those beside
    them, those of the course's own tree, and those with a result.
    """
    found: dict[str, set[str]] = {}
    for assignment, place in tasks:
        found.setdefault(assignment, set()).update(_beside(place.parent))
    for assignment, student in store.names():
        found.setdefault(assignment, set()).add(student)
    for assignment, students in found.items():
        for folder in (where.class_tree / assignment, where.class_tree):
            students.update(_beside(folder) if folder.is_dir() else ())
    return {name: frozenset(students) for name, students in found.items()}


def _beside(folder: Path) -> Iterator[str]:
    for item in folder.iterdir():
        yield readable(item.name)
        if not item.is_dir():
            yield readable(stem_of(item.name))


def _files(where: Where, roll: Roll, tasks: Sequence[tuple[str, Path]]) -> list[MarkFile]:
    if where.named:
        return [file for path in where.named for file in _named(path, where, roll)]
    if where.course.rubric:
        path = where.root / where.course.rubric
        return list(_named(path, where, roll)) if path.exists() else []
    folders = [where.tree] if where.tree and where.tree.is_dir() else []
    folders.append(where.class_tree)
    found: dict[Path, MarkFile] = {}
    for folder in folders:
        for file in _beside_submissions(folder.resolve(), where, roll, tasks):
            found.setdefault(file.path.resolve(), file)
    if (where.out / SHEET).is_file():
        path = where.out / SHEET
        found.setdefault(path.resolve(), MarkFile(path, _shown(path, where)))
    return list(found.values())


def _beside_submissions(
    folder: Path, where: Where, roll: Roll, tasks: Sequence[tuple[str, Path]]
) -> Iterator[MarkFile]:
    """Yield the files with points in a tree, but only where they stand beside a submission."""
    parents = {place.resolve().parent for _, place in tasks}
    if tasks and not any(folder in (parent, *parent.parents) for parent in parents):
        return
    if (folder / SHEET).is_file():
        assignment = folder.name if folder.name in roll.rows else ""
        yield MarkFile(folder / SHEET, _shown(folder / SHEET, where), assignment)
    places = {name: folder / name for name in roll.rows} | {folder.name: folder}
    for assignment, place in places.items():
        if assignment not in roll.rows or not place.is_dir() or (tasks and place not in parents):
            continue
        if place != folder and (place / SHEET).is_file():
            yield MarkFile(place / SHEET, _shown(place / SHEET, where), assignment)
        for path in sorted(place.iterdir()):
            if path.suffix in PAGES and (place / path.stem).exists():
                yield MarkFile(path, _shown(path, where), assignment, readable(path.stem))


def _named(path: Path, where: Where, roll: Roll) -> Iterator[MarkFile]:
    """Yield the file, or all files of a folder, that was named for points."""
    if not path.exists():
        raise LoadError("no such file or folder", str(path))
    if path.is_file():
        if path.suffix.lower() not in TABLES + PAGES:
            hint = "points are in a table (.csv) or in one .yml file a student"
            raise LoadError("this is no file with points", str(path), suggestion=hint)
        yield _told(path, where, roll, path.resolve().parent.name)
        return
    for item in _entries(path):
        if item.is_file() and item.suffix.lower() in TABLES + PAGES:
            yield _told(item, where, roll, path.resolve().name)
        elif item.is_dir() and item.name in roll.rows:
            for below in _entries(item):
                if below.is_file() and below.suffix.lower() in TABLES + PAGES:
                    yield _told(below, where, roll, item.name)
        elif item.is_dir():
            hint = nearest(item.name, roll.rows) or "a name that begins with _ is passed over"
            raise LoadError("this folder is no assignment's", str(item), suggestion=hint)


def _entries(folder: Path) -> list[Path]:
    return sorted(item for item in folder.iterdir() if not item.name.startswith((".", "_", "~")))


def _told(path: Path, where: Where, roll: Roll, folder: str) -> MarkFile:
    """Return a file with what its name and its folder's tell."""
    assignment = next((name for name in (path.stem, folder) if name in roll.rows), "")
    page = path.suffix.lower() in PAGES
    return MarkFile(path, _shown(path, where), assignment, readable(path.stem) if page else "")


def _shown(path: Path, where: Where) -> str:
    """Return how results call a file: below the course's folder as seen from there."""
    whole, root = path.resolve(), where.root.resolve()
    return str(whole.relative_to(root) if whole.is_relative_to(root) else whole)
