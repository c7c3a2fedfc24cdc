"""The work directory: put files in, remember it, restore it.

Everything is done as the student, who owns all that is there; so nothing we do can be turned
against anything else, whatever links and modes a program leaves behind.
"""

from __future__ import annotations

import os
import stat

from grader.agent import tree
from grader.agent.protocol import Unpacked
from grader.agent.tcp import error_name
from grader.agent.wire import raw

TYPE_CHECKING = False
if TYPE_CHECKING:
    from grader.agent.launch import Student
    from grader.agent.protocol import Unpack

_REMEMBERED = 64 << 20  # bytes of files a snapshot may hold


def is_inside(path: str) -> bool:
    """Whether a relative path stays below where it starts."""
    return "\0" not in path and all(part not in {"", ".", ".."} for part in path.split("/"))


class Files:
    """The work directory of this agent, and the scratch directories programs may write to."""

    def __init__(self, work: str, student: Student, scratch: tuple[str, ...]) -> None:
        self._work = work
        self._student = student
        self._scratch = scratch
        self._saved: tree.Saved | None = None

    def unpack(self, command: Unpack) -> Unpacked:
        """Write files, replacing what is there unless they are to be added to it."""
        bad = [path for path in command.files if not is_inside(path)]
        if bad:
            raise ValueError(f"will not unpack outside of the work directory: {bad[0]!r}")
        executable = set(command.executable)
        count = 0
        with self._student.hat():
            try:
                if not command.keep:
                    tree.empty(self._work)
                for path, content in command.files.items():
                    self._write(path, raw(content), 0o755 if path in executable else 0o644)
                    count += 1
            except OSError as exc:
                return Unpacked(count, error_name(exc))
        return Unpacked(count)

    def snapshot(self) -> Unpacked:
        """Remember everything, within bounds."""
        self._saved = None
        with self._student.hat():
            try:
                self._saved = tree.save(self._work, tree.Room(_REMEMBERED))
            except OSError as exc:
                return Unpacked(0, error_name(exc))
        return Unpacked(self._saved.count())

    def restore(self) -> None:
        """Put back what was remembered and clean the scratch directories."""
        with self._student.hat():
            for directory in self._scratch:
                tree.empty(directory)
            if self._saved is not None:
                tree.restore(self._work, self._saved)

    def _write(self, path: str, content: bytes, mode: int) -> None:
        parts = path.split("/")
        for depth in range(1, len(parts)):
            self._make_directory(os.path.join(self._work, *parts[:depth]))
        tree.write(os.path.join(self._work, path), content, mode)

    def _make_directory(self, full: str) -> None:
        try:
            if stat.S_ISDIR(os.lstat(full).st_mode):
                return
            os.unlink(full)
        except FileNotFoundError:
            pass
        os.mkdir(full, 0o755)
