"""The registry of operators: `@operator` enters a function, whose docstring says the mistake."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import msgspec

from grader.core.mutation.model import Change
from grader.core.mutation.source import Source

Finder = Callable[[Source, ast.AST], Iterator[Change]]


class Operator(msgspec.Struct, frozen=True):
    """A kind of mistake. `find` yields the changes that make it at a node."""

    name: str
    means: str
    find: Finder
    deviation: bool = False


OPERATORS: dict[str, Operator] = {}


def operator(*, deviation: bool = False) -> Callable[[Finder], Finder]:
    """Register a function as an operator under its name.

    A `deviation` is a mistake that the grader may accept with a note: the note then counts.
    """

    def register(find: Finder) -> Finder:
        name = find.__name__
        means = (find.__doc__ or "").strip().splitlines()
        if not means or name in OPERATORS:
            raise ValueError(f"operator {name} lacks its docstring, or is there twice")
        OPERATORS[name] = Operator(name, means[0], find, deviation)
        return find

    return register
