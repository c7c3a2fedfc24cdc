"""What of a spec goes to students: the public checks, and nothing that tells of the others.

Comments go, too, as they may speak of anything. How many points the hidden checks hold is said,
in `hidden_points`: a student who sees 60 of 60 must know that there are 40 more.
"""

from __future__ import annotations

import math
from typing import Any

import yaml

from grader.core.model import Check, Spec
from grader.loading.nodes import Node

WIDTH = 100
HEAD = "# The public checks of this assignment, made by `grade bundle`.\n"
_MAP, _SEQ, _STR = (f"tag:yaml.org,2002:{kind}" for kind in ("map", "seq", "str"))


def public_source(root: Node, spec: Spec) -> str:
    """Return a spec's YAML with its public checks alone."""
    hidden = {check.id for check in spec.checks if check.visibility != "public"}
    points = spec.hidden_points + math.fsum(
        check.points for check in spec.checks if check.id in hidden and not check.extra_credit
    )
    whole = _written(root)
    kept: list[tuple[yaml.Node, yaml.Node]] = []
    for key, value in whole.value:
        if key.value == "hidden_points":
            continue
        if key.value == "checks":
            if points:
                kept.append((_plain("hidden_points"), _plain(f"{points:g}")))
            rows = [_without(row, hidden) for row in value.value if _id(row) not in hidden]
            kept.append((key, yaml.SequenceNode(_SEQ, rows, flow_style=False)))
        else:
            kept.append((key, value))
    shown = yaml.MappingNode(_MAP, kept, flow_style=False)
    text = yaml.serialize(shown, Dumper=yaml.SafeDumper, width=WIDTH, allow_unicode=True)
    return HEAD + str(text)


def public_plays(checks: tuple[Check, ...]) -> tuple[list[str], list[str]]:
    """Return the Python files that may be handed out, and those that may not because a hidden
    check is written in the same file.
    """
    files: dict[str, bool] = {}
    for check in checks:
        name = check.python.partition(":")[0]
        if name:
            files[name] = files.get(name, True) and check.visibility == "public"
    mixed = {
        check.python.partition(":")[0]
        for check in checks
        if check.python and check.visibility == "public"
    }
    return (
        sorted(name for name, public in files.items() if public),
        sorted(name for name, public in files.items() if not public and name in mixed),
    )


def _id(row: yaml.Node) -> str:
    return next((str(value.value) for key, value in row.value if key.value == "id"), "")


def _without(row: yaml.Node, hidden: set[str]) -> yaml.Node:
    """Return a check that needs none of the hidden ones."""
    kept = []
    for key, value in row.value:
        rest = value
        if key.value == "needs" and isinstance(value, yaml.SequenceNode):
            names = [item for item in value.value if item.value not in hidden]
            if not names:
                continue
            rest = yaml.SequenceNode(_SEQ, names, flow_style=True)
        elif key.value == "needs" and value.value in hidden:
            continue
        kept.append((key, rest))
    return yaml.MappingNode(_MAP, kept, flow_style=False)


def _written(node: Node) -> yaml.Node:
    """Return a node as PyYAML writes it: every scalar as it stood in the file."""
    if node.kind == "list":
        flow = all(item.scalar for item in node.items)
        return yaml.SequenceNode(_SEQ, [_written(item) for item in node.items], flow_style=flow)
    if node.kind == "mapping":
        pairs = [(_plain(key), _written(below)) for key, below in node.fields.items()]
        flow = all(below.scalar for below in node.fields.values()) and len(pairs) > 1
        return yaml.MappingNode(_MAP, pairs, flow_style=flow)
    if node.plain:
        return _plain(node.text)
    return yaml.ScalarNode(_STR, node.text, style='"')


def _plain(text: str) -> yaml.Node:
    resolver: Any = yaml.resolver.Resolver()
    return yaml.ScalarNode(resolver.resolve(yaml.ScalarNode, text, (True, False)), text)
