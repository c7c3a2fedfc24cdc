"""Reads a Makefile lightly: which targets it has, and which of them is a given program.

Only what is plain is understood: `NAME = value`, `targets: prerequisites`, recipes, `$(NAME)`,
`$@`. Whatever `make` would do beyond that, it does when it runs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from grader.core.languages.names import base, below, directory, ending, matches, stem
from grader.core.regex import regex

NAMES = ("GNUmakefile", "makefile", "Makefile", "MAKEFILE")

_ASSIGNED = regex(r"^[ ]*(?:export[ ]+)?([\w.-]+)[ \t]*(\+?|\?|::?)=[ \t]*(.*)$")
_RULE = regex(r"^([^\s#:=][^#:=]*?)[ \t]*::?(?!=)[ \t]*([^;=]*)(?:;(.*))?$")
_VARIABLE = regex(r"\$[({]([\w.-]+)[)}]|\$(\w)")
_OUTPUT = regex(r"(?:^|\s)-o[ \t]*(\S+)")
_COMPILES = regex(
    r"\b(?:gcc|g\+\+|cc|c\+\+|clang(?:\+\+)?|ld|link)\b|\$[({](?:CC|CXX|LD|CPP|LINK\S*)[)}]"
)
_RUNS = regex(r"(?m)^\s*[@-]*\s*(?:\./|sudo\b|valgrind\b|gdb\b|java\s|python)")


class Rule(msgspec.Struct, frozen=True):
    """Targets, what they are made of, and the commands that make them."""

    targets: tuple[str, ...]
    needs: tuple[str, ...]
    recipe: str


class Makefile(msgspec.Struct, frozen=True):
    """The rules of a Makefile, in order, with plain variables put in."""

    rules: tuple[Rule, ...]

    @property
    def first(self) -> Rule | None:
        """The rule `make` follows when no target is named."""
        plain = (rule for rule in self.rules if not rule.targets[0].startswith("."))
        return next((rule for rule in plain if "%" not in rule.targets[0]), None)

    @property
    def only_product(self) -> bool:
        """Whether it seems to make one program only."""
        return len(self._linked()) <= 1

    def products(self, entry: str, names: Sequence[str]) -> list[str]:
        """Return the files that may be the program with this entry's stem, likeliest first."""
        linked = self._linked()
        mentioned = [name for name, rule in linked if _mentions(rule, entry)]
        named = [name for name, _ in linked if matches(stem(name), names)]
        only = [name for name, _ in linked] if self.only_product else []
        both = [name for name in mentioned if name in named]
        return list(dict.fromkeys([*both, *mentioned, *named, *only]))

    def goal(self, entry: str, names: Sequence[str]) -> str | None:
        """Return the target to ask for; "" for the first, None when there is nothing to make."""
        asked = self.products(entry, names)
        targets = {target for rule in self.rules for target in rule.targets}
        first = self.first
        if first is None:
            return None
        for name in asked:
            if name in targets and not name.startswith("-") and "=" not in name:
                return "" if first.targets == (name,) else name
        runs = _RUNS.search(first.recipe) and not _COMPILES.search(first.recipe)
        return None if runs else ""

    def _linked(self) -> list[tuple[str, Rule]]:
        """Return what is linked to a program, with the rule that does it."""
        found: dict[str, Rule] = {}
        for rule in self.rules:
            outputs = [] if re.search(r"\s-c\b", rule.recipe) else _OUTPUT.findall(rule.recipe)
            made = [name.replace("$@", rule.targets[0]) for name in outputs]
            if not made and _COMPILES.search(rule.recipe) and not re.search(r"\s-c\b", rule.recipe):
                made = list(rule.targets)
            if not made and not rule.recipe.strip():  # make's own rule links `x: x.o y.o`
                made = [t for t in rule.targets if f"{t}.o" in rule.needs or f"{t}.c" in rule.needs]
            for name in made:
                if ending(name) not in ("o", "a", "so") and "%" not in name and "$" not in name:
                    found.setdefault(name, rule)
        return list(found.items())


def governing(entry: str, files: Mapping[str, bytes]) -> str | None:
    """Return the Makefile nearest above a source file."""
    there = [path for path in files if base(path) in NAMES and below(entry, directory(path))]
    return max(
        there, key=lambda path: (len(directory(path)), -NAMES.index(base(path))), default=None
    )


def read_makefile(data: bytes) -> Makefile:
    """Read the rules; anything that is not understood is passed over."""
    text = data[: 1 << 16].decode("utf-8", "replace").replace("\r\n", "\n")
    text = re.sub(r"[ \t]*\\\n[ \t]*", " ", text)
    values: dict[str, str] = {}
    rules: list[tuple[str, str, list[str]]] = []
    for line in text.split("\n"):
        if line.startswith("\t"):
            if rules:
                rules[-1][2].append(line)
            continue
        assigned = _ASSIGNED.match(line)
        if assigned:
            name, how, value = assigned.groups()
            value = re.sub(r"[ \t]+#.*$", "", value).strip()
            if how == "+":
                value = f"{values.get(name, '')} {value}"
            if how != "?" or name not in values:
                values[name] = value[:1000]
            continue
        rule = _RULE.match(re.sub(r"[ \t]+#.*$", "", line))
        if rule:
            rules.append((rule[1], rule[2], [rule[3]] if rule[3] else []))
    return Makefile(
        tuple(
            Rule(tuple(made), tuple(_expand(needs, values).split()),
                 _expand("\n".join(recipe), values))
            for targets, needs, recipe in rules
            if (made := _expand(targets, values).split())
        )
    )  # fmt: skip


def _expand(text: str, values: Mapping[str, str]) -> str:
    for _ in range(4):
        after = _VARIABLE.sub(lambda match: values.get(match[1] or match[2], match[0]), text)
        if after == text or len(after) > 1 << 14:
            break
        text = after
    return text


def _mentions(rule: Rule, entry: str) -> bool:
    words = [*rule.needs, *rule.recipe.split()]
    return any(
        stem(word) == entry and ending(word) in ("c", "o", "cpp", "cc", "cxx") for word in words
    )
