"""Reads one step: `actor verb words: argument`, with the verb's options typed by its class.

A bare step is a plain text (`server starts`); one with an argument is a mapping of one key. The
argument is a value, which fills the verb's shorthand option, or a mapping of options; a mapping
that makes a value (`{random_text: 300}`) is a value. Whether an actor may do it is `cast`'s part.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from msgspec import inspect

from grader.core.model import Step
from grader.core.regex import regex
from grader.core.verbs import VERBS, Verb
from grader.loading.errors import KeyPath, LoadError, Mark, nearest, one_of
from grader.loading.fields import Fields, braces, is_maker
from grader.loading.nodes import Node

_STEP = regex(r"(?P<actor>[A-Za-z][A-Za-z0-9_-]*(?:#[0-9]+)?(?: backwards)?)(?: +(?P<rest>.*))?")
EXACTLY_ONE = (  # the first whose names a verb has all of
    ("text", "exact", "line", "contains", "starts", "matches", "any_of", "each_of"),
    ("text", "exact", "contains", "starts", "matches", "any_of"),
    ("text", "messages"),
    ("command", "reference"),
)
SHOWN = 200  # characters of a step that are shown


@dataclass(frozen=True)
class Line:
    """A step, and where it stands in the file."""

    step: Step
    verb: Verb
    node: Node  # its argument; for a bare step the step itself
    mark: Mark
    path: KeyPath
    options: dict[str, Node]

    @property
    def name(self) -> str:
        """The actor without order and number: `crowd` of `crowd backwards` and `crowd#2`."""
        return re.split("[ #]", self.step.actor, maxsplit=1)[0]

    @property
    def member(self) -> int:
        """The number of a single member, 0 if it names none."""
        _, _, number = self.step.actor.partition("#")
        return int(number) if number.isdigit() else 0


def read_step(fields: Fields, node: Node, path: KeyPath) -> Line:
    """Read a step; raises `LoadError`."""
    document = fields.document
    if node.kind == "text":
        words, mark, argument = node.text, node.mark, None
    elif node.kind == "mapping" and len(node.fields) == 1:
        words, argument = next(iter(node.fields.items()))
        mark = node.marks[words]
    elif node.kind == "mapping" and len(node.fields) > 1:
        second = list(node.marks)[1]
        raise document.error(
            f'a step has one key, and here "{second}" follows',
            node.marks[second],
            path=path,
            suggestion=f'begin a step of its own with "- {second}"',
        )
    else:
        raise fields.wrong(node, "a step is written `actor verb: argument`", path)
    actor, verb = _words(fields, words, mark, path, alone=argument is None)
    path = path if argument is None else (*path, words)
    options = _options(fields, verb, argument, (words, mark, path))
    action = _action(fields, verb, argument or node, options, path)
    shown = words if argument is None or argument.kind == "null" else f"{words}: {flow(argument)}"
    step = Step(actor, verb.name, action, mark.line, shown[:SHOWN])
    return Line(step, verb, argument or node, mark, path, options)


def _words(
    fields: Fields, words: str, mark: Mark, path: KeyPath, *, alone: bool
) -> tuple[str, Verb]:
    """Split `actor verb words` into the actor and the verb."""

    def wrong(message: str, suggestion: str = "") -> LoadError:
        return fields.document.error(message, mark, path=path, suggestion=suggestion)

    found = _STEP.fullmatch(words)
    if not found:
        raise wrong(
            f"{json.dumps(words, ensure_ascii=False)} does not begin with an actor",
            "a step is written `actor verb: argument`",
        )
    actor, rest = found["actor"], " ".join((found["rest"] or "").split())
    if rest in VERBS:
        return actor, VERBS[rest]
    if not rest:
        raise wrong(f'"{words}" has no verb', f"verbs are {', '.join(sorted(VERBS))}")
    fitting = [name for name in VERBS if alone and re.match(rf"{re.escape(name)}[ :]", rest)]
    if fitting:
        name = max(fitting, key=len)
        value = rest[len(name) :].lstrip(" :")
        raise wrong(
            f'"{name}" and what follows need ": " between', f"write `- {actor} {name}: {value}`"
        )
    close = nearest(rest, VERBS) or nearest(rest.split()[0], VERBS)
    suggestion = close or f"verbs are {', '.join(sorted(VERBS))}"
    raise wrong(f'unknown verb "{rest}"', suggestion)


@cache
def option_types(verb: Verb) -> dict[str, inspect.Field]:
    """Return a verb's options by name."""
    info = inspect.type_info(verb.action)
    return {item.name: item for item in info.fields} if isinstance(info, inspect.StructType) else {}


def _options(
    fields: Fields, verb: Verb, argument: Node | None, at: tuple[str, Mark, KeyPath]
) -> dict[str, Node]:
    """Tell which option each part of the argument is for."""
    known = option_types(verb)
    words, mark, path = at
    empty = argument is None or argument.kind == "null" or argument.value == {}
    if empty or argument is None:
        if not verb.bare:
            message = f'"{words}" says nothing' if argument else f'"{words}" lacks its argument'
            hint = f"for example `{verb.example}`"
            raise fields.document.error(message, mark, path=path, suggestion=hint)
        return {}
    if argument.kind == "mapping" and all(key in known for key in argument.fields):
        return argument.fields
    if argument.kind != "mapping" or (verb.shorthand and is_maker(argument)):
        if not verb.shorthand:
            hint = f"its options are {', '.join(known)}" if known else f"write `{words}`"
            raise fields.wrong(argument, f'"{verb.name}" takes no value', path, hint)
        return {verb.shorthand: argument}
    key = next(key for key in argument.fields if key not in known)
    if hint := braces(argument):
        raise fields.wrong(argument, f'"{words}" is given a mapping', path, hint)
    error = fields.document.unknown_key(argument, key, list(known), f'"{verb.name}"')
    error.path = (*path, key)
    raise error


def _action(fields: Fields, verb: Verb, node: Node, options: dict[str, Node], path: KeyPath) -> Any:
    """Make the verb's action from its options."""
    known = option_types(verb)
    for group in EXACTLY_ONE:
        if all(name in known for name in group):
            given = [name for name in group if name in options]
            if len(given) > 1:
                raise fields.wrong(
                    options[given[1]], f'"{given[0]}" and "{given[1]}" exclude each other', path
                )
            if not given:
                raise fields.wrong(node, f'"{verb.name}" needs {one_of(group)}', path)
            break
    for name, item in known.items():
        if item.required and name not in options:
            raise fields.wrong(node, f'"{verb.name}" needs the option "{name}"', path)
    plain = {
        name: fields.shape(value, known[name].type, (*path, name), name)
        for name, value in options.items()
    }
    return fields.strictly(plain, verb.action, node, path)


def flow(node: Node) -> str:
    """Write a value on one line, as YAML's flow style would."""
    if node.kind == "list":
        return f"[{', '.join(flow(item) for item in node.items)}]"
    if node.kind == "mapping":
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in node.fields.items()) + "}"
    if node.plain or (node.text.isprintable() and node.text.strip() == node.text != ""):
        return node.text
    return json.dumps(node.text, ensure_ascii=False)
