"""Files that a spec names: fixtures and model solutions.

Fixtures stand beside the spec, in `fixtures/<assignment>/`, and never outside it. A text among
them is filled like the texts of a spec, once for each run of a check and before any `let`: so it
may name random words, and functions of them, only.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from grader.core.values import FILLED, FUNCTIONS, holes, is_word
from grader.loading.checks import Draft
from grader.loading.errors import LoadError, nearest, one_of
from grader.loading.fields import Fields
from grader.loading.nodes import Document, Node
from grader.resources import data_dir

MAX_FIXTURE = 16 << 20


def read_fixture(fields: Fields, node: Node, name: str, folder: Path) -> bytes:
    """Read the fixture that a node names; raises `LoadError`."""
    pure = PurePosixPath(name)
    if not name or pure.is_absolute() or ".." in pure.parts or "\0" in name:
        raise fields.wrong(node, f'"{name}" cannot be a fixture', (), f"name a file below {folder}")
    path = folder / pure
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        there = [
            item.relative_to(folder).as_posix() for item in folder.rglob("*") if item.is_file()
        ]
        hint = nearest(name, there) or f"put it into {folder}"
        raise fields.wrong(node, f'no fixture file "{name}"', (), hint)
    if path.stat().st_size > MAX_FIXTURE:
        raise fields.wrong(node, f'"{name}" is larger than {MAX_FIXTURE >> 20} MiB')
    content = path.read_bytes()
    if name.endswith(FILLED) and b"${" in content:
        _fillable(fields, node, name, content)
    return content


def _fillable(fields: Fields, node: Node, name: str, content: bytes) -> None:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        message = f'"{name}" is filled like a text, and is not UTF-8'
        raise fields.wrong(node, message, (), "save it as UTF-8") from None
    for function, hole in holes(text):
        if not is_word(hole) or (function and function not in FUNCTIONS):
            written = f"${{{function}:{hole}}}" if function else f"${{{hole}}}"
            hint = f"a fixture may name ${{word}}, ${{word2}} …, and {one_of(FUNCTIONS)} of them"
            raise fields.wrong(node, f'"{name}" contains {written}', (), hint)


def check_references(document: Document, draft: Draft) -> Iterator[LoadError]:
    """A model solution that a step runs must be there."""
    folder = data_dir("reference_impl")
    for line in draft.lines:
        node = line.options.get("reference")
        if node is None or "${" in node.text:
            continue
        pure = PurePosixPath(node.text)
        if pure.is_absolute() or ".." in pure.parts or not (folder / pure).is_file():
            there = [item.relative_to(folder).as_posix() for item in folder.rglob("*.py")]
            hint = nearest(node.text, there) or f"name a Python file below {folder.name}"
            message = f'no model solution "{node.text}"'
            path = (*line.path, "reference")
            yield document.error(message, node.mark, path=path, suggestion=hint)
