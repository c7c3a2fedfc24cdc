"""Reads what a verb's docstring says of its options: lines of `option: meaning`.

A verb inherits the lines of its base classes. The pages in `docs/` and the JSON Schema say what
stands there; a test fails for an option without a line.
"""

from __future__ import annotations

import inspect

from msgspec import Struct
from msgspec.structs import fields

from grader.core.regex import regex
from grader.core.verbs.registry import Action

_LINE = regex(r"(\w+): (.*)")


def _split(action: type[Struct]) -> tuple[str, dict[str, str]]:
    """Part one class's own docstring into its text and its options' meanings."""
    names = {item.name for item in fields(action)}
    text: list[str] = []
    meanings: dict[str, str] = {}
    current = ""
    for line in inspect.cleandoc(action.__dict__.get("__doc__") or "").splitlines():
        found = _LINE.fullmatch(line)
        if found and found[1] in names:
            current = found[1]
            meanings[current] = found[2].strip()
        elif current and line.strip():
            meanings[current] += f" {line.strip()}"
        elif not current:
            text.append(line.strip())
    return " ".join(" ".join(text).split()), meanings


def summary(action: type[Action]) -> str:
    """Say what a verb does."""
    return _split(action)[0]


def option_docs(action: type[Struct]) -> dict[str, str]:
    """Say what each of a verb's options means; an option without a line is missing."""
    meanings: dict[str, str] = {}
    for cls in reversed(action.__mro__):
        if issubclass(cls, Struct) and cls is not Struct:
            meanings |= _split(cls)[1]
    return {item.name: meanings[item.name] for item in fields(action) if item.name in meanings}
