"""What a mutant is, and what an operator says when it has found a place for its mistake."""

from __future__ import annotations

import ast

import msgspec


class Change(msgspec.Struct, frozen=True):
    """A mistake at one place: all from where `first` begins to where `last` ends becomes `text`.

    Without `last` that is a node; with it two neighbours, or the head of a compound statement.
    """

    first: ast.AST
    text: str
    says: str
    last: ast.AST | None = None


class Mutant(msgspec.Struct, frozen=True):
    """A program with one mistake in it.

    `id` is made of the file, the function, the operator and the text of the line, so that it
    survives changes elsewhere; a `#2` tells the second such place in the same function.
    `deviation` is set where the mistake is a deviation that the grader accepts with a note.
    """

    id: str
    operator: str
    file: str
    function: str
    line: int
    text: str  # the line that was changed, as it was
    says: str
    diff: str
    source: str
    deviation: bool = False
