"""What stands inside the texts of a check: `${holes}`, regular expressions, endpoints, file names.

A hole must name a value that exists in every run of the check: a nonce (`word`, `word2` …), one
of `let`, one that every case gives, or what the stage knows (`port`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.core.regex import regex
from grader.core.values import FUNCTIONS, holes, is_word
from grader.loading.checks import Draft
from grader.loading.errors import LoadError, nearest
from grader.loading.nodes import Document, Node
from grader.loading.steps import Line, option_types

STAGE_VALUES = ("port",)
_ENDPOINT = regex(r"(?:tcp|udp)/([0-9]{1,5})")
_PORT = regex(r"[0-9]{1,5}|\$\{\w+\}")
_FORMS: dict[tuple[str, str], tuple[re.Pattern[str], str]] = {
    ("exits", "status"): (regex(r"[0-9]{1,3}|nonzero"), "a status from 0 to 255, or nonzero"),
    ("opens", "port"): (_PORT, "a port, or a value such as ${from}"),
    ("listens", "leaves"): (_PORT, "a port, or a value such as ${bind}"),
    ("expects", "from_port"): (_PORT, "a port, or a value such as ${bind}"),
    ("sends", "pieces"): (
        regex(r"[1-9][0-9]{0,8}|random"),
        "sizes of at least 1 byte, or random",
    ),
    ("sends", "only"): (regex(r"[1-9][0-9]{0,8}|random"), "at least 1 byte, or random"),
    ("gets response", "status"): (
        regex(r"[1-5]([0-9][0-9]|xx)"),
        "a status such as 200, or a class such as 4xx",
    ),
    ("gets reply", "code"): (
        regex(r"[2-5]([0-9][0-9]|xx)"),
        "a code such as 250, or a class such as 5xx",
    ),
}
_ENDPOINTS = frozenset({"to", "at", "listens"})
_PATTERNS = frozenset({"matches"})
_FOLDS = ("case", "space")


def check_texts(document: Document, draft: Draft) -> Iterator[LoadError]:
    """Yield what is wrong inside a check's texts."""
    known = _lets(draft)
    yield from _let_holes(document, draft)
    for line in draft.lines:
        for node in _texts(line):
            yield from _holes(document, node, known, _lacking(draft, known))
            yield from _number(document, draft, line, node)
        for name, node in line.options.items():
            yield from _option(document, line, name, node)


def files_used(draft: Draft) -> Iterator[tuple[str, Node]]:
    """Yield every fixture a check names, with its place."""
    files = draft.node.fields.get("files")
    if files is not None:
        for node in files.items or [files]:
            yield node.text, node
    roots = [line.node for line in draft.lines if line.options]
    roots += [draft.node.fields[key] for key in ("let", "cases") if key in draft.node.fields]
    for root in roots:
        for node in root.walk():
            if node.kind == "mapping" and list(node.fields) == ["file"]:
                yield node.fields["file"].text, node.fields["file"]


def parse_endpoint(written: str) -> tuple[str, int] | None:
    """Read `tcp/1060`; None if it is no endpoint."""
    found = _ENDPOINT.fullmatch(written)
    if not found or not 0 < int(found[1]) < 65536:
        return None
    return written[:3], int(found[1])


# ----------------------------------------------------------------------------------- holes


def _lets(draft: Draft) -> set[str]:
    """Return the names that have a value in every run."""
    check = draft.check
    names = set(check.let)
    if check.cases:
        names |= set.intersection(*(set(case.let) for case in check.cases))
    return names


def _lacking(draft: Draft, known: set[str]) -> set[str]:
    """Return the names that only some cases give."""
    return {name for case in draft.check.cases for name in case.let} - known


def _let_holes(document: Document, draft: Draft) -> Iterator[LoadError]:
    """A value may use the ones before it."""
    cases = draft.node.fields.get("cases")
    lets = [draft.node.fields.get("let")]
    lets += [case.fields.get("let") for case in cases.items] if cases else []
    shared: set[str] = set()
    for index, let in enumerate(lets):
        known = set(shared)
        for name, value in let.fields.items() if let else ():
            if not name.isidentifier() or name in STAGE_VALUES or is_word(name):
                message = f'"{name}" cannot be the name of a value'
                hint = "letters, digits and _; word and port have a meaning already"
                yield document.error(message, let.marks[name] if let else value.mark,
                                     suggestion=hint)  # fmt: skip
            for node in value.walk():
                if node.scalar:
                    yield from _holes(document, node, known, set())
            known.add(name)
        if index == 0:
            shared = known


def _texts(line: Line) -> Iterator[Node]:
    for node in line.options.values():
        yield from (item for item in node.walk() if item.scalar)


def _holes(
    document: Document, node: Node, known: set[str], lacking: set[str]
) -> Iterator[LoadError]:
    found = holes(node.text)
    if node.text.count("${") > len(found):
        yield document.error(
            "a ${…} that is not complete", node.mark, suggestion="write ${name} or ${upper:name}"
        )
    for function, name in found:
        if function and function not in FUNCTIONS:
            hint = nearest(function, FUNCTIONS) or f"functions are {', '.join(FUNCTIONS)}"
            yield document.error(f'no function "{function}"', node.mark, suggestion=hint)
        if name in known or name in STAGE_VALUES or is_word(name):
            continue
        message = f'no value is called "{name}"'
        hint = nearest(name, [*known, *STAGE_VALUES, "word"])
        if name in lacking:
            message, hint = f'not every case gives "{name}"', "add it to each case, or to `let`"
        yield document.error(
            message, node.mark, suggestion=hint or "define it under `let`, or use ${word}"
        )


def _number(document: Document, draft: Draft, line: Line, node: Node) -> Iterator[LoadError]:
    """`{n}` means something to members of groups only."""
    if "{n}" in node.text.replace("${n}", "") and line.name not in draft.check.groups:
        yield document.error(
            f'{{n}} is the number of a group\'s member, and "{line.name}" is not a group',
            node.mark,
            suggestion=f"declare it: `groups: {{{line.name}: 5}}`",
        )


# --------------------------------------------------------------------------------- options


def _option(document: Document, line: Line, name: str, node: Node) -> Iterator[LoadError]:
    path = (*line.path, name)
    if name in _PATTERNS:
        for item in node.items or [node]:
            yield from _regex(document, item)
    if name in _ENDPOINTS and node.scalar and parse_endpoint(node.text) is None:
        yield document.error(
            f'"{node.text}" is no endpoint', node.mark, path=path, suggestion="write it as tcp/1060"
        )
    if form := _FORMS.get((line.verb.name, name)):
        for item in node.items or [node]:
            if item.kind != "null" and not form[0].fullmatch(item.text):
                message = f"{name}: expected {form[1]}, got {item.text!r}"
                yield document.error(message, item.mark, path=path)
    if name == "ignoring":
        for item in node.items or [node]:
            if item.text not in _FOLDS:
                hint = nearest(item.text, _FOLDS) or "write case or space"
                message = f'"{item.text}" cannot be ignored'
                yield document.error(message, item.mark, path=path, suggestion=hint)
            if item.text == "space" and "matches" in line.options:
                hint = "say where white space may be in the expression itself, as `a\\s*b`"
                message = "white space is not ignored in a regular expression"
                yield document.error(message, item.mark, path=path, suggestion=hint)
    if name == "within" and node.scalar and re.fullmatch(r"0*\.?0*(ms|s|m|min)?", node.text):
        yield document.error("within must be more than 0", node.mark, path=path)
    if name == "text" and "any_of" in option_types(line.verb) and node.scalar and not node.text:
        yield document.error(
            "an empty text is always there", node.mark, path=path, suggestion="use `hears nothing`"
        )


def _regex(document: Document, node: Node) -> Iterator[LoadError]:
    filled = re.sub(r"\$\{[^}]*\}", "x", node.text)
    try:
        re.compile(filled.encode())
    except re.error as error:
        yield document.error(f"not a regular expression: {error.msg}", node.mark)
