"""Gathers a submission's files within limits: what is taken, what is left out, and why.

Used for folders and for archives alike. `Refused` ends the gathering: the submission cannot be
graded, and its message says so to the student.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from grader.core.model import Limits
from grader.loading.names import is_compiled, is_junk, quoted

MIB = 1 << 20
MAX_NOTES = 20
MAX_DEPTH = 30


class Refused(Exception):  # noqa: N818 - it is an answer, not a mistake of ours
    """The submission cannot be graded; the text says why."""


class Gathering:
    """The files taken so far."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.files: dict[str, bytes] = {}
        self.executable: set[str] = set()
        self.notes: list[str] = []
        self.compiled: list[str] = []
        self.size = 0
        self.announced = 0

    @property
    def room(self) -> int:
        """Bytes that may still be taken."""
        return self.limits.submission_size * MIB - self.size

    def note(self, text: str) -> None:
        """Remember something for the student to read."""
        if len(self.notes) < MAX_NOTES:
            self.notes.append(text)
        elif len(self.notes) == MAX_NOTES:
            self.notes.append("more was left out in the same way")

    def announce(self, size: int) -> None:
        """Count a file that is there, before anything is read; raises `Refused`."""
        self.announced += 1
        if self.announced > self.limits.submission_files:
            raise Refused(
                f"more than {self.limits.submission_files} files were handed in: "
                "hand in only what you wrote and what it needs to run"
            )
        if size > self.room:
            raise self.too_large()

    def too_large(self) -> Refused:
        """Make the refusal of a submission that is too large."""
        return Refused(
            f"more than {self.limits.submission_size} MiB were handed in: "
            "hand in only what you wrote and what it needs to run"
        )

    def wanted(self, path: str) -> bool:
        """Tell whether a file belongs to the hand-in, by its path."""
        *folders, name = path.split("/")
        if any(is_junk(folder, folder=True) for folder in folders):
            return False
        return not is_junk(name, folder=False)

    def take(self, path: str, data: bytes, *, executable: bool = False) -> None:
        """Take a file; raises `Refused` when it is one too many bytes."""
        if is_compiled(path.rsplit("/", 1)[-1], data[:8]):
            self.compiled.append(path)
            return
        if len(data) > self.room:
            raise self.too_large()
        self.size += len(data)
        self.files[path] = data
        if executable:
            self.executable.add(path)

    def drop(self, path: str) -> bytes:
        """Give a file back, as if it had not been handed in."""
        data = self.files.pop(path)
        self.executable.discard(path)
        self.size -= len(data)
        self.announced -= 1
        return data

    def nothing(self) -> str:
        """Say that there is nothing to grade; empty if there is."""
        if self.files:
            return ""
        if self.compiled:
            names = ", ".join(quoted(name) for name in self.compiled[:3])
            return f"only compiled files were handed in ({names}): hand in the source code"
        left_out = next((f" ({note})" for note in self.notes if note.startswith("left out")), "")
        return f"nothing was handed in: there are no files{left_out}"


def digest_of(files: dict[str, bytes], executable: Iterable[str], problem: str) -> str:
    """Hash a submission: its paths, contents and x bits, in order."""
    marked = frozenset(executable)
    total = hashlib.sha256(problem.encode())
    for path, data in sorted(files.items()):
        total.update(hashlib.sha256(path.encode()).digest())
        total.update(hashlib.sha256(data).digest())
        total.update(b"x" if path in marked else b"-")
    return total.hexdigest()
