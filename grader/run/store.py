"""Where results are kept: one JSON file a submission, written atomically as each finishes.

The folder is the only truth; tables and reports are made from it. A file is replaced only by a
finished result, so nothing is lost on Ctrl-C, on a crash or on a full disk.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from grader.core.model import Result
from grader.loading import safe_name


class _Name(msgspec.Struct):
    """What a result is about; the rest is not read."""

    assignment: str
    student: str


class StoreError(Exception):
    """A result cannot be written; the message says why and what to do."""


class Store:
    """The results below one output folder."""

    def __init__(self, out: Path) -> None:
        self.out = out

    def result_path(self, assignment: str, student: str) -> Path:
        """Return where a result is kept."""
        return self.out / "results" / safe_name(assignment) / f"{safe_name(student)}.json"

    def picture_path(self, assignment: str, student: str, check: str) -> Path:
        """Return where the screenshot of a check is kept: beside the result."""
        name = f"{safe_name(student)}.{safe_name(check)}.png"  # an id has no dot: no two are equal
        return self.out / "results" / safe_name(assignment) / name

    def report_path(self, assignment: str, student: str) -> Path:
        """Return where the report for people is."""
        return self.out / safe_name(assignment) / safe_name(student) / "report.md"

    def load(self, assignment: str, student: str) -> Result | None:
        """Return the result kept for a submission; None when there is none that can be read."""
        try:
            return _read(self.result_path(assignment, student))
        except (OSError, msgspec.MsgspecError):
            return None

    def unchanged(self, assignment: str, student: str, key: str) -> Result | None:
        """Return the kept result if it was made of the same things and not withheld."""
        kept = self.load(assignment, student)
        return kept if kept and key and kept.key == key and kept.status == "graded" else None

    def keep_picture(self, assignment: str, student: str, check: str, png: bytes) -> str:
        """Keep a screenshot; return its path below the output folder."""
        path = self.picture_path(assignment, student, check)
        write_atomically(path, png)
        return path.relative_to(self.out).as_posix()

    def save(self, result: Result) -> None:
        """Keep a result, and of its screenshots only those it names."""
        for check in result.checks:
            if not check.screenshot:
                with contextlib.suppress(OSError):  # what cannot be removed is named nowhere
                    self.picture_path(result.assignment, result.student, check.id).unlink()
        body = msgspec.json.format(msgspec.json.encode(result), indent=1)
        write_atomically(self.result_path(result.assignment, result.student), body)

    def write(self, path: Path, text: str) -> None:
        """Write a report or a table."""
        write_atomically(path, text.encode("utf-8", "surrogateescape"))

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield the assignment and student of every result that is kept."""
        for path in sorted((self.out / "results").glob("*/*.json")):
            try:
                name = msgspec.json.decode(path.read_bytes(), type=_Name)
            except (OSError, msgspec.MsgspecError):
                continue
            yield name.assignment, name.student

    def all(self) -> Iterator[Result]:
        """Yield every result that is kept, in order of their paths."""
        for path in sorted((self.out / "results").glob("*/*.json")):
            try:
                yield _read(path)
            except (OSError, msgspec.MsgspecError):
                continue


def _read(path: Path) -> Result:
    return msgspec.json.decode(path.read_bytes(), type=Result)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all; raises `StoreError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}; what was there is kept"
        raise StoreError(message) from error
