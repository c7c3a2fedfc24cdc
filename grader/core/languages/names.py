"""Paths and file names as students write them, taken apart without touching a disk.

A path is a string with `/` between its parts. Names may hold anything: spaces, quotes, newlines,
emoji, bytes that are no UTF-8 (as surrogates), a leading dash.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Sequence

from grader.core.regex import regex

_COPY_MARKS = regex(
    r"""(?xi)
      [\s_.-]* \( \s* \d+ \s* \) $                                # server (1)
    | [\s_.-]+ (?: copy | kopie | copia ) (?: [\s_-]* \(?\d+\)? )? $  # server - Copy (2)
    | ^ (?: copy | kopie ) [\s_-]+ (?: of | von )? [\s_-]*        # Copy of server
    | [\s_.-]+ (?: old | orig | original | bak | backup | save | saved | prev | previous
                 | deprecated | unused | broken | tmp | temp ) \d* $   # server_old
    | ^ (?: old | orig | original | bak | backup | deprecated | unused | tmp | temp ) [\s_.-]+
    | (?<=[a-z]) (?-i: Old | Copy | Backup | Original | Bak ) \d* $   # serverOld
    """
)
_COPY_FOLDERS = {
    *("old", "backup", "backups", "bak", "archive", "archived", "orig", "original"),
    *("deprecated", "unused", "tmp", "temp", "copy"),
}
_JUNK_FOLDERS = {
    *("__macosx", "__pycache__", "node_modules", "venv", "env", "virtualenv", "site-packages"),
    *("target", "cmakefiles"),
}
_TEST_STEM = regex(r"(?i:^tests?(?:[\W_]|$)|[\W_]tests?$|^conftest$|^setup$)|^[Tt]est[A-Z]")
_TEST_FOLDERS = frozenset(("test", "tests", "testing"))


def directory(path: str) -> str:
    """Return the folder a file is in, "" for the top."""
    return path.rpartition("/")[0]


def folders(path: str) -> list[str]:
    """Return the names of the folders a file is in, from the top."""
    return path.split("/")[:-1]


def base(path: str) -> str:
    """Return a file's name without its folders."""
    return path.rpartition("/")[2]


def stem(path: str) -> str:
    """Return a file's name without folders and ending."""
    name = base(path)
    head, dot, _ = name.rpartition(".")
    return head if dot and head else name


def ending(path: str) -> str:
    """Return a file's ending as written, without the dot; "" when there is none."""
    head, dot, tail = base(path).rpartition(".")
    return tail if dot and head else ""


def join(*parts: str) -> str:
    """Put a path together, resolving `.` and `..`; above the top stays at the top."""
    result: list[str] = []
    for part in "/".join(parts).split("/"):
        if part == "..":
            del result[-1:]
        elif part not in ("", "."):
            result.append(part)
    return "/".join(result)


def below(path: str, top: str) -> bool:
    """Tell whether a path lies in that folder; everything lies in ""."""
    return not top or path == top or path.startswith(f"{top}/")


def relative(path: str, start: str) -> str:
    """Return a path as seen from a folder."""
    there = path.split("/")
    here = start.split("/") if start else []
    same = 0
    while same < min(len(there), len(here)) and there[same] == here[same]:
        same += 1
    return "/".join([".."] * (len(here) - same) + there[same:])


def well_formed(path: str) -> bool:
    """Tell whether a path is one that a submission may have."""
    return bool(path) and "\0" not in path and path == join(path)


def is_junk(path: str) -> bool:
    """Tell whether a file is none of the student's making: caches, metadata, libraries."""
    return base(path).startswith("._") or any(
        folder.startswith(".") or folder.lower() in _JUNK_FOLDERS for folder in folders(path)
    )


def plain_stem(path: str) -> str:
    """Return the stem without what marks a copy: `server (1)`, `server_old`, `Copy of server`."""
    before, after = "", stem(path)
    while before != after:
        before, after = after, _COPY_MARKS.sub("", after).strip() or after
    return after


def is_copy(path: str) -> bool:
    """Tell whether a file's name, or its folder's, says that it is a copy or an old version."""
    return plain_stem(path) != stem(path) or any(
        folder.lower() in _COPY_FOLDERS for folder in folders(path)
    )


def is_test(path: str) -> bool:
    """Tell whether a file's name, or its folder's, says that it is a test."""
    return bool(_TEST_STEM.search(stem(path))) or any(
        folder.lower() in _TEST_FOLDERS for folder in folders(path)
    )


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Tell whether a name fits one of the patterns, whatever the case."""
    return any(
        re.match(fnmatch.translate(pattern.lower()), name.lower()) is not None
        for pattern in patterns
    )


def common_folder(paths: Sequence[str]) -> list[str]:
    """Return the folders that all paths share."""
    shared = folders(paths[0]) if paths else []
    for path in paths[1:]:
        own = folders(path)
        size = 0
        while size < min(len(own), len(shared)) and own[size] == shared[size]:
            size += 1
        shared = shared[:size]
    return shared


def for_people(text: str, limit: int = 120) -> str:
    """Return text that can be shown on a line: no control characters, not too long."""
    shown = "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


def listed(paths: Iterable[str], limit: int = 6) -> str:
    """Return file names as a readable list, the first few."""
    shown = [for_people(path) for path in paths]
    more = len(shown) - limit
    if more > 0:
        return f"{', '.join(shown[:limit])} and {more} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))
