"""Loads a check that is written in Python: `python: file.py:function`, beside the spec.

Such a file is the course's own and runs in the grader, as specs do; it never meets a submission.
"""

from __future__ import annotations

import importlib.util
import inspect
from pathlib import Path
from typing import Any

from grader.loading.errors import KeyPath, LoadError
from grader.loading.fields import Fields
from grader.loading.nodes import Node


def load_play(fields: Fields, node: Node, path: KeyPath) -> Any:
    """Return the function a check names; raises `LoadError`."""
    where = node.fields["python"]
    written = str(where.value)
    name, _, function = written.partition(":")
    file = Path(fields.document.file).parent / name

    def wrong(message: str, suggestion: str = "") -> LoadError:
        return fields.wrong(where, message, (*path, "python"), suggestion)

    if not function or Path(name).is_absolute() or ".." in Path(name).parts:
        raise wrong(f'"{written}" names no function', "write `file.py:function`")
    if not file.is_file():
        raise wrong(f"there is no file {name} beside the spec")
    found = importlib.util.spec_from_file_location(f"grader_play_{file.stem}", file)
    if found is None or found.loader is None:
        raise wrong(f"{name} is no Python file")
    module = importlib.util.module_from_spec(found)
    try:
        found.loader.exec_module(module)
    except Exception as error:
        raise wrong(f"{name} cannot be loaded: {type(error).__name__}: {error}") from error
    play = getattr(module, function, None)
    if not inspect.isgeneratorfunction(play):
        raise wrong(f"{name} has no function {function!r} that yields steps")
    return play
