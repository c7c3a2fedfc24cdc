"""`grade.yml`, the course: where things are, what programs may use, what is settled by hand.

Without a file everything has its default. Raises `LoadError`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from msgspec import inspect

from grader.core.model import Course, Limits
from grader.core.regex import regex
from grader.loading.errors import LoadError, Problems
from grader.loading.fields import Fields
from grader.loading.nodes import NAMES, Node
from grader.loading.yamlsource import read_yaml

# A name (PEP 508) with at most a fixed version (PEP 440).
_PACKAGE = regex(
    r"(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?)"
    r"(?:==[0-9][0-9A-Za-z.!+_-]{0,40})?"
)
COURSE_FILE = "grade.yml"
_FIELDS = {item.name: item for item in getattr(inspect.type_info(Course), "fields", ())}
_LIMITS = {item.name: item for item in getattr(inspect.type_info(Limits), "fields", ())}
# What each limit may be; below it no honest program runs, above it it limits nothing.
RANGES: dict[str, tuple[float, float, str]] = {
    "memory": (16, 65536, "MiB"),
    "cpus": (0.1, 64, "processors"),
    "processes": (4, 10000, "processes"),
    "open_files": (16, 65536, "files"),
    "file_size": (1, 65536, "MiB"),
    "disk": (1, 65536, "MiB"),
    "output": (1, 64, "MiB"),
    "build_seconds": (5, 3600, "seconds"),
    "check_seconds": (1, 3600, "seconds"),
    "submission_files": (1, 10000, "files"),
    "submission_size": (1, 200, "MiB"),
}


def find_course(start: Path) -> Path | None:
    """Return the `grade.yml` of a folder, or of the nearest one above it in its repository."""
    start = Path(start).resolve()
    for folder in (start, *start.parents):
        if (folder / COURSE_FILE).is_file():
            return folder / COURSE_FILE
        if (folder / ".git").exists():
            return None
    return None


def load_course(path: Path | None = None) -> Course:
    """Load a course from its file, or from `grade.yml` in a folder.

    A folder may lack it, and None stands for no file: then everything has its default.
    """
    if path is None:
        return Course()
    path = Path(path)
    if path.is_dir():
        path /= COURSE_FILE
    if path.name == COURSE_FILE and path.parent.is_dir() and not path.exists():
        return Course()
    document = read_yaml(path)
    fields, root, problems = Fields(document), document.root, Problems()
    if root.kind == "null":
        return Course()
    if root.kind != "mapping":
        raise fields.wrong(root, f"grade.yml has keys: {', '.join(_FIELDS)}")
    for error in fields.keys(root, list(_FIELDS), "grade.yml"):
        problems.add(error)
    plain = {}
    for key, node in root.fields.items():
        if key not in _FIELDS or node.kind == "null":
            continue
        try:
            if key == "limits":
                _limits(fields, node, problems)
            if key == "packages":
                _packages(fields, node, problems)
            plain[key] = fields.shape(node, _FIELDS[key].type, (key,), key)
            if key == "overrides":
                _overrides(fields, node)
        except LoadError as error:
            problems.add(error)
    problems.check()
    return fields.strictly(plain, Course, root)


def _limits(fields: Fields, node: Node, problems: Problems) -> None:
    """Say what is out of range, each limit by itself."""
    for key, below in node.fields.items():
        if key not in RANGES:
            continue
        low, high, unit = RANGES[key]
        path = ("limits", key)
        try:
            value = fields.shape(below, _LIMITS[key].type, path, key)
        except LoadError as error:
            error.suggestion = f"{key} counts {unit}: for example {_default(key):g}"
            problems.add(error)
            continue
        if not low <= value <= high:
            message = f"{key} is from {low:g} to {high:g} {unit}, not {below.text}"
            problems.add(fields.wrong(below, message, path))


def _packages(fields: Fields, node: Node, problems: Problems) -> None:
    """Let nothing through but names and versions: the list is given to pip."""
    listed = node.fields.get("python")
    seen: dict[str, str] = {}
    if listed is None or listed.kind == "null":
        return
    for index, below in enumerate(listed.items if listed.kind == "list" else [listed]):
        path = ("packages", "python", index)
        match = _PACKAGE.fullmatch(below.text) if below.scalar else None
        if match is None:
            hint = "a name as on PyPI, with a version if need be: numpy, or numpy==2.1.3"
            shown = f'"{below.text}"' if below.scalar else NAMES[below.kind]
            problems.add(fields.wrong(below, f"{shown} is no Python package", path, hint))
            continue
        name = re.sub(r"[-_.]+", "-", match["name"]).lower()
        if name in seen:
            problems.add(fields.wrong(below, f'"{match["name"]}" is listed twice', path))
        elif name in sys.stdlib_module_names:
            problems.add(fields.wrong(below, f'"{name}" is part of Python', path, "take it out"))
        seen[name] = below.text


def _default(key: str) -> float:
    return float(getattr(Limits(), key))


def _overrides(fields: Fields, node: Node) -> None:
    for key in node.fields:
        if key.count("/") != 1 or key.startswith("/") or key.endswith("/"):
            raise fields.document.error(
                f'"{key}" names no submission',
                node.marks[key],
                path=("overrides", key),
                suggestion="write it as assignment/student",
            )
