"""Finds submissions: `<assignment>/<student>/files`, `<student>/files` with an assignment given,
or one submission's folder or file.

A submission may also be an archive in the place of the student's folder. Hidden entries and those
that begin with `_` are left out. What fits no layout is a `LoadError`, and nothing is passed over
in silence: a folder that is no assignment's is an error, not fewer results.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from grader.core.model import Course
from grader.loading.endings import ENDINGS, ending_of, stem_of
from grader.loading.errors import LoadError, nearest
from grader.loading.handin import load_submission
from grader.loading.names import is_junk, is_source, quoted, readable, safe_name

__all__ = ["Found", "find_submissions", "load_submission", "safe_name"]

Found = tuple[str, str, Path]  # assignment, student, where
# Folders that are parts of one submission rather than students.
PARTS = frozenset(
    {
        "assets",
        "bin",
        "build",
        "c",
        "client",
        "code",
        "cpp",
        "css",
        "data",
        "doc",
        "docs",
        "html",
        "images",
        "img",
        "include",
        "java",
        "js",
        "lib",
        "main",
        "obj",
        "public",
        "python",
        "screenshots",
        "server",
        "source",
        "src",
        "static",
        "templates",
        "test",
        "tests",
        "web",
        "www",
    }
)


def find_submissions(
    path: Path | None,
    assignment: str | None,
    course: Course,
    known_assignments: Iterable[str],
) -> list[Found]:
    """Return the submissions below a path, sorted; raises `LoadError`.

    Without a path they are where the course says.
    """
    given = Path(course.submissions if path is None else path)
    try:
        return _find(given, assignment, sorted(known_assignments))
    except OSError as error:
        raise LoadError(f"cannot be read: {error.strerror}", str(given)) from None


def _find(given: Path, assignment: str | None, known: list[str]) -> list[Found]:
    if not given.exists():
        raise LoadError("no such file or folder", str(given), suggestion=_similar(given))
    place = given.resolve()
    if assignment is not None and assignment not in known:
        hint = nearest(assignment, known) or f"known are {', '.join(known)}"
        raise LoadError(f'no assignment is called "{assignment}"', suggestion=hint)
    if place.is_dir() and not any(place.iterdir()):
        raise LoadError("the folder is empty", str(given), suggestion=_layouts(known))
    if assignment is not None:
        return sorted(_of_assignment(place, assignment))
    return sorted(_of_tree(place, given, known))


def _of_assignment(place: Path, assignment: str) -> list[Found]:
    """Find the submissions for an assignment that was named."""
    if not place.is_dir():
        return [_one(place, assignment)]
    folders, files = _entries(place)
    if any(is_source(item.name) for item in files):
        return [_one(place, assignment)]
    named = next((item for item in folders if item.name == assignment), None)
    if named is not None:
        inner = _students(named, assignment)
        if inner:
            return inner
    archives = [item for item in files if ending_of(item.name) in ENDINGS]
    parts = all(item.name.lower() in PARTS for item in folders)
    if parts and len(archives) < 2:
        return [_one(place, assignment)]
    return _students(place, assignment)


def _of_tree(place: Path, given: Path, known: list[str]) -> list[Found]:
    """Find the submissions of a tree in which folders tell the assignment."""
    if not place.is_dir():
        for folder in place.parents[:2]:
            if folder.name in known:
                return [_one(place, folder.name)]
        raise _unfit(given, known)
    folders, files = _entries(place)
    if place.parent.name in known and any(is_source(item.name) for item in files):
        return [_one(place, place.parent.name)]
    matching = [item for item in folders if item.name in known]
    if not matching:
        if place.name in known:
            return _of_assignment(place, place.name)
        if place.parent.name in known:
            return [_one(place, place.parent.name)]
        raise _unfit(given, known, [item.name for item in folders])
    for folder in folders:
        if folder not in matching and folder.is_dir() and any(folder.iterdir()):
            hint = nearest(folder.name, known) or f"known are {', '.join(known)}"
            raise LoadError(
                f"the folder {quoted(folder.name)} is no assignment's",
                str(given),
                suggestion=f"{hint}; a name that begins with _ is passed over",
            )
    found = [item for folder in matching for item in _students(folder, folder.name)]
    if not found:
        raise LoadError("no submission is in it", str(given), suggestion=_layouts(known))
    return found


def _students(folder: Path, assignment: str) -> list[Found]:
    """Return each sub-folder or archive of a folder as a submission."""
    folders, files = _entries(folder)
    packed = [item for item in files if ending_of(item.name) in ENDINGS]
    found: dict[str, Path] = {}
    for item in [*folders, *packed]:
        student = readable(item.name) if item in folders else readable(stem_of(item.name))
        if student in found:
            student = readable(item.name)
        while student in found:
            student += "_"
        found[student] = item
    return [(assignment, student, item) for student, item in found.items()]


def _one(place: Path, assignment: str) -> Found:
    """Return the submission that a folder or file is."""
    if place.is_dir():
        return assignment, readable(place.name) or "submission", place
    packed = ending_of(place.name) in ENDINGS
    name = stem_of(place.name) if packed else place.parent.name
    return assignment, readable(name) or "submission", place


def _entries(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the folders and the files that count; a link passes as a folder, to be told of."""
    folders: list[Path] = []
    files: list[Path] = []
    for item in sorted(folder.iterdir()):
        folder_like = item.is_symlink() or item.is_dir()
        if item.name.startswith((".", "_")) or is_junk(item.name, folder=folder_like):
            continue
        (folders if folder_like else files).append(item)
    return folders, files


def _layouts(known: list[str]) -> str:
    example = known[0] if known else "chat"
    return f"lay it out as {example}/<student>/files, or name the assignment with -a"


def _similar(path: Path) -> str:
    """Name the entry beside a missing path that is most like it."""
    folder = path.parent
    there = [readable(item.name) for item in folder.iterdir()] if folder.is_dir() else []
    return nearest(path.name, there)


def _unfit(given: Path, known: list[str], names: Iterable[str] = ()) -> LoadError:
    close = next((hint for name in names if (hint := nearest(name, known))), "")
    close = close or nearest(given.resolve().name, known)
    hint = f"{close} " if close else ""
    return LoadError(
        "no folder in it is named after an assignment"
        if given.is_dir()
        else "this does not say which assignment it is for",
        str(given),
        suggestion=f"{hint}{_layouts(known)} (known are {', '.join(known)})",
    )
