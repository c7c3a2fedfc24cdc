"""Reads one submission from disk into a `Submission`, whatever it looks like.

Never follows a link, never opens what is no regular file, counts before it reads. What cannot be
graded at all comes back with its `problem`, what was left out with a note: neither raises.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from grader.core.model import Limits, Submission
from grader.loading.endings import ending_of
from grader.loading.gathering import MAX_DEPTH, Gathering, Refused, digest_of
from grader.loading.names import is_compiled, is_junk, is_source, quoted, readable

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def load_submission(
    path: Path, assignment: str, student: str, limits: Limits | None = None
) -> Submission:
    """Read a submission: a folder, a single file, or an archive."""
    gathering = Gathering(limits or Limits())
    problem = ""
    try:
        if path.is_dir() and not path.is_symlink():
            _folder(path, gathering)
        else:
            _single(path, gathering)
        _unpack(gathering)
        problem = gathering.nothing()
    except Refused as refusal:
        problem = str(refusal)
    except OSError as error:
        problem = f"the submission cannot be read: {error.strerror}"
    if problem:
        gathering.files.clear()
        gathering.executable.clear()
    return Submission(
        assignment=assignment,
        student=student,
        files=dict(sorted(gathering.files.items())),
        executable=frozenset(gathering.executable),
        digest=digest_of(gathering.files, gathering.executable, problem),
        problem=problem,
        notes=tuple(gathering.notes),
    )


def _folder(root: Path, gathering: Gathering) -> None:
    """Count first, read then: ten thousand files are noticed without opening one."""
    found: list[tuple[str, str, bool]] = []
    for name, entry in _walk(str(root), gathering):
        info = entry.stat(follow_symlinks=False)
        compiled = is_compiled(entry.name)
        gathering.announce(0 if compiled else info.st_size)
        if compiled:
            gathering.compiled.append(readable(name))
            continue
        found.append((name, entry.path, bool(info.st_mode & 0o111)))
    for name, path, executable in sorted(found):
        data = _read(path, name, gathering)
        if data is not None:
            gathering.take(_unique(name, gathering), data, executable=executable)


def _walk(root: str, gathering: Gathering) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the regular files that belong to the hand-in, with their paths inside it."""
    folders = [("", root)]
    while folders:
        inside, path = folders.pop()
        if inside.count("/") >= MAX_DEPTH:
            gathering.note(f"left out: folders more than {MAX_DEPTH} deep in {quoted(inside)}")
            continue
        with os.scandir(path) as entries:
            for entry in entries:
                name = f"{inside}/{entry.name}" if inside else entry.name
                if entry.is_symlink():
                    _note_link(root, entry, name, gathering)
                elif entry.is_dir():
                    if not is_junk(entry.name, folder=True) and not _is_venv(entry.path):
                        folders.append((name, entry.path))
                elif not entry.is_file():
                    gathering.note(f"left out: {quoted(readable(name))} is no regular file")
                elif not is_junk(entry.name, folder=False):
                    yield name, entry


def _is_venv(path: str) -> bool:
    return (Path(path) / "pyvenv.cfg").exists()


def _note_link(root: str, entry: os.DirEntry[str], name: str, gathering: Gathering) -> None:
    target = Path(entry.path).parent / Path(entry.path).readlink()
    inside = Path(os.path.normpath(target)).is_relative_to(os.path.normpath(root))
    why = "links are not followed" if inside else "it points outside the submission"
    gathering.note(f"left out: the link {quoted(readable(name))} ({why})")


def _read(path: str, name: str, gathering: Gathering) -> bytes | None:
    """Read a regular file; None with a note if it cannot be read."""
    try:
        descriptor = os.open(path, _FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return None
            return file.read(gathering.room + 1)
    except OSError as error:
        gathering.note(f"left out: {quoted(readable(name))} cannot be read ({error.strerror})")
        return None


def _unique(name: str, gathering: Gathering) -> str:
    """Return the path as text, noting when it was none."""
    text = readable(name)
    if text != name:
        while text in gathering.files:
            text = f"_{text}"
        gathering.note(f"the file name {quoted(text)} was not UTF-8 and is read as shown")
    return text


def _single(path: Path, gathering: Gathering) -> None:
    """Take a submission that is a single file."""
    info = path.lstat()
    if stat.S_ISLNK(info.st_mode):
        raise Refused("the submission is a link: hand in the folder itself")
    if not stat.S_ISREG(info.st_mode):
        raise Refused(f"{quoted(readable(path.name))} is no regular file")
    gathering.announce(info.st_size)
    data = _read(str(path), path.name, gathering)
    if data is not None:
        name = _unique(path.name, gathering)
        gathering.take(name, data, executable=bool(info.st_mode & 0o111))


def _unpack(gathering: Gathering) -> None:
    """Unpack the only archive of a submission that has no source code beside it."""
    packed = [name for name in gathering.files if ending_of(name)]
    if len(packed) != 1 or any(is_source(name) for name in gathering.files):
        return
    from grader.loading.archives import unpack  # noqa: PLC0415 - 7 ms, for the few that need it

    name = packed[0]
    unpack(name, gathering.drop(name), gathering)
    gathering.note(f"unpacked from {quoted(name)}")
