"""Makes the reference pages in `docs/` from the registries that implement what they describe.

`python -m grader.loading.reference` writes them; a test fails when a committed page differs, or
when a verb, option, key or reason has no words.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import NODEFAULT, Struct, inspect

from grader.core import pycheck
from grader.core.deviations import DEVIATIONS
from grader.core.model import Limits
from grader.core.outcome import REASONS, Fault
from grader.core.symptoms import SYMPTOMS
from grader.core.verbs import VERBS, Role, Verb
from grader.core.verbs.expecting import Expecting
from grader.core.wires import Faults
from grader.loading import keydocs
from grader.loading.cast import WORDS
from grader.loading.checks import TYPES
from grader.loading.docstrings import option_docs, summary
from grader.loading.errors import one_of
from grader.loading.fields import DURATIONS
from grader.loading.prose import (
    DEVIATING,
    FILES,
    INCLUDED,
    INTRO,
    RUBRIC,
    STEPS,
    VALUES,
    WIRES,
)
from grader.loading.steps import option_types

DOCS = Path(__file__).resolve().parents[2] / "docs"
MADE = "<!-- Made by `python -m grader.loading.reference`; change the code, not this page. -->"


def spec_language_page() -> str:
    """Return the page about the spec language."""
    parts = [MADE, "# The spec language", INTRO]
    parts += ["## Keys of a spec", _table(("key", "meaning"), _keys(keydocs.SPEC))]
    parts += ["### Programs", "Each has `listens` or `connects`."]
    parts += [_table(("key", "meaning"), _keys(keydocs.PROGRAM))]
    parts += ["### Checks", _check_keys(), "### Cases"]
    parts += [_table(("key", "meaning"), _keys(keydocs.CASE))]
    parts += ["## Deviations", DEVIATING, _deviations()]
    parts += ["## Included files", INCLUDED]
    parts += ["## The rubric", RUBRIC, _table(("key", "meaning"), _keys(keydocs.ROW))]
    parts += [
        "## Steps",
        STEPS,
        "### The student's files",
        FILES,
        "## Wires",
        WIRES,
        _faults(),
        "## Values",
        VALUES,
    ]
    parts += ["### Functions", _table(("function", "gives"), _keys(keydocs.FUNCTIONS))]
    parts += ["### Value makers", "A value may be made: `alice sends: {random_text: 3000}`."]
    parts += [_table(("maker", "gives"), _keys(keydocs.MAKERS)), "## Matchers", _matchers()]
    parts += ["## Verbs", _overview(), *(_verb(verb) for verb in VERBS.values())]
    parts += ["## Checks in Python", _python_checks()]
    parts += ["## The course: `grade.yml`", _table(("key", "meaning"), _keys(keydocs.COURSE))]
    parts += ["### Limits", _limits()]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _deviations() -> str:
    rows = [(f"`{code}`", item.title, item.means) for code, item in DEVIATIONS.items()]
    return _table(("deviation", "a program that", "what is done about it"), rows)


def _python_checks() -> str:
    """Return the contract of `core.pycheck`, its example as a block of code."""
    text = (pycheck.__doc__ or "").strip()
    before, example, after = re.split(r"\n\n((?:    .*\n)+)\n", f"{text}\n", maxsplit=1)
    return f"{before}\n\n```python\n{textwrap.dedent(example)}```\n\n{after}"


def reasons_page() -> str:
    """Return the page about reasons."""
    heads = {
        Fault.STUDENT: ("The program's: the check fails", "what to do"),
        Fault.OURS: ("Ours: the score is withheld, never lowered", "what to do"),
        Fault.NOBODY: ("Nobody's: the check is skipped", "what to do"),
    }
    parts = [MADE, "# Reasons", "Why a check did not pass, and what to do about it."]
    for fault, (head, column) in heads.items():
        rows = [(f"`{r.code}`", r.means, r.advice) for r in REASONS.values() if r.fault is fault]
        parts += [f"## {head}", _table(("reason", "meaning", column), rows)]
    return "\n\n".join(parts) + "\n"


def symptoms_page() -> str:
    """Return `docs/SYMPTOMS.md`."""
    rows = [(f"`{s.code}`", s.term, s.words, (s.seen.__doc__ or "")) for s in SYMPTOMS]
    about = (
        "Likely causes, named in a report when the evidence leaves no doubt; the first that fits."
    )
    table = _table(("cause", "the lecture's term", "what the report says", "recognised by"), rows)
    return f"{MADE}\n\n# Symptoms\n\n{about}\n\n{table}\n"


def undocumented() -> list[str]:
    """Return every verb and option that has no words, as `verb` or `verb.option`."""
    missing: list[str] = []
    for verb in VERBS.values():
        if not summary(verb.action):
            missing.append(verb.name)
        docs = option_docs(verb.action)
        missing += [f"{verb.name}.{name}" for name in option_types(verb) if not docs.get(name)]
    return missing


# ------------------------------------------------------------------------------- the parts


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    def line(cells: Iterable[str]) -> str:
        return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"

    return "\n".join([line(head), line("---" for _ in head), *(line(row) for row in rows)])


def _keys(docs: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((f"`{name}`", text) for name, text in docs.items())


def _check_keys() -> str:
    rows = []
    for name, text in keydocs.CHECK.items():
        item = TYPES[name]
        what = "list of steps" if name == "steps" else _type(item.type, name)
        rows.append((f"`{name}`", what, _default(item), text))
    return _table(("key", "type", "default", "meaning"), rows)


def _faults() -> str:
    docs = option_docs(Faults)
    rows = [
        (f"`{item.name}`", _type(item.type, item.name), _default(item), docs[item.name])
        for item in _fields(Faults)
    ]
    return _table(("fault", "type", "default", "what happens to the datagrams"), rows)


def _fields(cls: type[Struct]) -> tuple[inspect.Field, ...]:
    info = inspect.type_info(cls)
    return info.fields if isinstance(info, inspect.StructType) else ()


def _limits() -> str:
    defaults = Limits()
    rows = [
        (f"`{name}`", f"{getattr(defaults, name):g}", text) for name, text in keydocs.LIMITS.items()
    ]
    return _table(("limit", "default", "meaning"), rows)


def _matchers() -> str:
    docs = option_docs(Expecting)
    names = ("text", "exact", "line", "contains", "starts", "matches", "any_of", "ignoring")
    intro = f"{one_of(f'`{n}`' for n in _expecting())} take exactly one of the first seven."
    return f"{intro}\n\n{_table(('matcher', 'fits when'), ((f'`{n}`', docs[n]) for n in names))}"


def _expecting() -> list[str]:
    return [verb.name for verb in VERBS.values() if issubclass(verb.action, Expecting)]


def _overview() -> str:
    rows = []
    for role in Role:
        verbs = [verb for verb in VERBS.values() if role in verb.roles]
        if verbs:
            links = ", ".join(f"[{v.name}](#{v.name.replace(' ', '-')})" for v in verbs)
            rows.append((WORDS[role], links))
    return _table(("an actor that is", "can"), rows)


def _verb(verb: Verb) -> str:
    who = one_of(WORDS[role] for role in Role if role in verb.roles)
    parts = [f"### {verb.name}", summary(verb.action), f"```yaml\n- {verb.example}\n```"]
    makes = f" First verb of {WORDS[verb.makes]}." if verb.makes else ""
    parts.append(f"Done by {who}.{makes}")
    docs = option_docs(verb.action)
    rows = []
    for name, item in option_types(verb).items():
        shown = f"`{name}`" + (" **(value)**" if name == verb.shorthand else "")
        rows.append((shown, _type(item.type, name), _default(item), docs.get(name, "")))
    if rows:
        parts.append(_table(("option", "type", "default", "meaning"), rows))
    return "\n\n".join(parts)


def _type(info: inspect.Type, name: str) -> str:
    """Say a field's type in words."""
    match info:
        case inspect.AnyType():
            return "value"
        case inspect.BoolType():
            return "true or false"
        case inspect.IntType():
            return "whole number"
        case inspect.FloatType():
            return "time" if name in DURATIONS else "number"
        case inspect.LiteralType():
            return one_of(f"`{value}`" for value in info.values)
        case inspect.ListType() | inspect.VarTupleType():
            return f"list of {_many(info.item_type, name)}"
        case inspect.DictType():
            return f"mapping to {_many(info.value_type, '')}"
        case inspect.StructType():
            return info.cls.__name__.lower()
        case inspect.UnionType():
            kinds = [item for item in info.types if not isinstance(item, inspect.NoneType)]
            return one_of(_type(item, name) for item in kinds)
    return "text"


def _many(info: inspect.Type, name: str) -> str:
    kinds = info.types if isinstance(info, inspect.UnionType) else (info,)
    return one_of(f"{_type(item, name)}s" for item in kinds)


def _default(item: inspect.Field) -> str:
    if item.required:
        return "needed"
    value: Any = item.default
    if value is NODEFAULT or value is None or isinstance(value, Struct) or value in ("", (), []):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value:g}s`" if item.name in DURATIONS else f"`{value}`"


def write(folder: Path = DOCS) -> list[Path]:
    """Write the pages; return their paths."""
    pages = {"SPEC_LANGUAGE.md": spec_language_page(), "REASONS.md": reasons_page()}
    pages["SYMPTOMS.md"] = symptoms_page()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in pages]


if __name__ == "__main__":
    for written in write():
        print(written)  # noqa: T201 - a developer's command
