"""The list of mutants that no check could tell from a right program, each with the reason.

`equivalents/<assignment>.yml` beside the specs. Raises `LoadError`; whether each name is still a
mutant's, and none of them is killed, is found out by `grade validate`.

    equivalents:
      - reason: What the server prints when it is ready is open.
        mutants:
          - 'echo_server.py main: missing_call: print("ready")'
    outside:
      - reason: The assignment gives its programs no arguments.
        functions: [echo_server.py port_from]
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.loading.errors import Problems
from grader.loading.fields import Fields
from grader.loading.nodes import Node
from grader.loading.yamlsource import read_yaml

FOLDER = "equivalents"
KEYS = ["equivalents", "outside"]


class Excuse(msgspec.Struct, frozen=True):
    """Why a mutant, or a function, is none of the spec's business, and where that is written."""

    reason: str
    place: str  # file:line


class Excuses(msgspec.Struct, frozen=True):
    """All of one assignment: by the mutant's name, and by file and function."""

    mutants: dict[str, Excuse] = {}
    functions: dict[str, Excuse] = {}
    digest: bytes = b""


def load_equivalents(specs: Path, assignment: str, shown: Path | None = None) -> Excuses:
    """Load the list of an assignment; without a file nothing is excused. Raises `LoadError`."""
    path = specs / FOLDER / f"{assignment}.yml"
    if not path.exists():
        return Excuses()
    document = read_yaml(path, str(shown or path))
    fields, problems = Fields(document), Problems()
    root = document.root
    if root.kind != "mapping":
        raise fields.wrong(root, f"a list of equivalents has keys: {', '.join(KEYS)}")
    for error in fields.keys(root, KEYS, "a list of equivalents"):
        problems.add(error)
    mutants = _excuses(fields, root.fields.get("equivalents"), "mutants", problems)
    functions = _excuses(fields, root.fields.get("outside"), "functions", problems)
    problems.check()
    return Excuses(mutants, functions, document.raw)


def _excuses(fields: Fields, node: Node | None, key: str, problems: Problems) -> dict[str, Excuse]:
    found: dict[str, Excuse] = {}
    if node is None or node.kind == "null":
        return found
    if node.kind != "list":
        problems.add(fields.wrong(node, f"expected a list, each with a reason and its {key}"))
        return found
    for item in node.items:
        if item.kind != "mapping":
            problems.add(fields.wrong(item, f"expected a reason and its {key}"))
            continue
        for error in fields.keys(item, ["reason", key], "an excuse"):
            problems.add(error)
        reason, names = item.fields.get("reason"), item.fields.get(key)
        if reason is None or not reason.text.strip():
            problems.add(fields.wrong(item, "it lacks its reason"))
        elif names is None or names.kind != "list" or not names.items:
            problems.add(fields.wrong(names or item, f"it lacks its list of {key}"))
        else:
            for name in names.items:
                _take(fields, name, reason.text.strip(), found, problems)
    return found


def _take(
    fields: Fields, name: Node, reason: str, found: dict[str, Excuse], problems: Problems
) -> None:
    if not name.scalar or not name.text:
        hint = "put it into quotes"
        problems.add(fields.wrong(name, "expected a name as `grade validate` shows it", (), hint))
    elif name.text in found:
        problems.add(fields.wrong(name, f"it is there twice, see {found[name.text].place}"))
    else:
        found[name.text] = Excuse(reason, f"{fields.document.file}:{name.mark.line}")
