"""From a source to its mutants: every operator at every place, each result once, each with a name.

The list is the same for the same source, in the order of the lines.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Collection, Iterator

import msgspec

# Importing them puts the operators into the registry.
from grader.core.mutation import calls, errors, flow, network, texts
from grader.core.mutation.asking import diagnostic
from grader.core.mutation.model import Change, Mutant
from grader.core.mutation.registry import OPERATORS, Operator
from grader.core.mutation.source import Source

__all__ = ["calls", "errors", "flow", "functions_of", "make_mutants", "network", "texts"]


def make_mutants(text: str, file: str, outside: Collection[str] = ()) -> list[Mutant]:
    """Return all mutants of a Python program; raises `SyntaxError` when it is none.

    `outside` are functions, as `file function`, that are left alone.
    """
    source = Source(text)
    seen = {ast.dump(source.tree)}
    counts: dict[str, int] = {}
    mutants = []
    for operator, change in _changes(source):
        if f"{file} {source.function(change.first)}" in outside:
            continue
        changed = source.changed(change)
        shape = _shape(changed)
        if shape is None or shape in seen:
            continue
        seen.add(shape)
        mutant = _mutant(source, operator, change, changed, file)
        counts[mutant.id] = counts.get(mutant.id, 0) + 1
        if counts[mutant.id] > 1:
            mutant = _numbered(mutant, counts[mutant.id])
        mutants.append(mutant)
    return mutants


def functions_of(text: str) -> list[str]:
    """Return the dotted names of a program's functions; raises `SyntaxError`."""
    return Source(text).functions()


def _changes(source: Source) -> Iterator[tuple[Operator, Change]]:
    for node in source.nodes():
        if not _left_alone(source, node):
            for operator in OPERATORS.values():
                for change in operator.find(source, node):
                    yield operator, change


def _left_alone(source: Source, node: ast.AST) -> bool:
    """Tell what is never made wrong: a docstring, the guard of the main program, what happens at
    Ctrl-C, which no assignment speaks of, a handler that ends the program, which ends as well by
    the exception, and what is said on stderr, to whoever runs the program (testers by mutation
    leave logging alone: no specification is about it).
    """
    for up in [node, *source.above(node)]:
        if isinstance(up, ast.Expr) and (isinstance(up.value, ast.Constant) or diagnostic(up)):
            return True
        if isinstance(up, ast.ExceptHandler) and (
            ast.unparse(up.type or up) == "KeyboardInterrupt"
            or ast.unparse(up.body[-1]).startswith("sys.exit(")
        ):
            return True
        if isinstance(up, ast.Compare) and ast.unparse(up.left) == "__name__":
            return True
        if isinstance(up, ast.Import | ast.ImportFrom):
            return True
    return isinstance(node, ast.If) and ast.unparse(node.test).startswith("__name__")


def _shape(text: str) -> str | None:
    """Return what a source means, whatever its layout; None when it does not compile."""
    try:
        compile(text, "mutant", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    return ast.dump(ast.parse(text))


def _mutant(source: Source, operator: Operator, change: Change, changed: str, file: str) -> Mutant:
    place = source.place(change.first)
    line = place[0] if place else 1
    text = source.lines[line - 1].strip()
    function = source.function(change.first)
    where = f"{file} {function}".rstrip()
    return Mutant(
        id=f"{where}: {operator.name}: {text}",
        operator=operator.name,
        file=file,
        function=function,
        line=line,
        text=text,
        says=change.says,
        diff=_diff(source.text, changed, file),
        source=changed,
        deviation=operator.deviation,
    )


def _numbered(mutant: Mutant, number: int) -> Mutant:
    return msgspec.structs.replace(mutant, id=f"{mutant.id} #{number}")


def _diff(old: str, new: str, file: str) -> str:
    lines = difflib.unified_diff(
        old.splitlines(), new.splitlines(), file, f"{file} (mutant)", lineterm="", n=1
    )
    return "\n".join(lines)
