"""The reference pages say what the code does: made from it, complete, and committed."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from grader.core.model import Case, Check, Course, Limits, Program, Row, Spec
from grader.core.outcome import REASONS
from grader.core.values import FUNCTIONS, MAKERS
from grader.core.verbs import VERBS
from grader.core.verbs.registry import Action
from grader.loading import keydocs
from grader.loading.docstrings import option_docs, summary
from grader.loading.prose import INTRO, WIRES
from grader.loading.reference import (
    DOCS,
    reasons_page,
    spec_language_page,
    symptoms_page,
    undocumented,
    write,
)
from grader.loading.spec import KEYS, load_spec

AGAIN = "run `python -m grader.loading.reference`"


def test_every_verb_and_option_has_words() -> None:
    assert undocumented() == [], "write `option: meaning` into the docstring of its class"


@pytest.mark.parametrize(
    ("docs", "names"),
    [
        (keydocs.SPEC, KEYS),
        (keydocs.PROGRAM, [name for name in Program.__struct_fields__ if name != "name"]),
        (keydocs.CHECK, [name for name in Check.__struct_fields__ if name != "play"]),
        (keydocs.ROW, Row.__struct_fields__),
        (keydocs.CASE, Case.__struct_fields__),
        (keydocs.COURSE, Course.__struct_fields__),
        (keydocs.LIMITS, Limits.__struct_fields__),
        (keydocs.MAKERS, MAKERS),
        (keydocs.FUNCTIONS, FUNCTIONS),
    ],
)
def test_every_key_has_words(docs: dict[str, str], names: tuple[str, ...]) -> None:
    assert set(docs) == set(names)
    assert all(docs.values())


def test_the_keys_of_a_spec_are_those_of_the_model() -> None:
    assert set(KEYS) <= set(Spec.__struct_fields__)


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("SPEC_LANGUAGE.md", spec_language_page),
        ("REASONS.md", reasons_page),
        ("SYMPTOMS.md", symptoms_page),
    ],
    ids=["spec language", "reasons", "symptoms"],
)
def test_the_committed_page_is_the_one_the_code_makes(name: str, page: object) -> None:
    assert callable(page)
    assert (DOCS / name).read_text("utf-8") == page(), AGAIN


def test_the_pages_name_every_verb_and_reason() -> None:
    page = spec_language_page()
    for verb in VERBS.values():
        assert f"\n### {verb.name}\n" in page
        assert verb.example in page
    assert all(f"| `{code}` |" in reasons_page() for code in REASONS)


def test_the_example_of_the_page_is_a_spec(tmp_path: Path) -> None:
    path = tmp_path / "shout.yml"
    path.write_text(INTRO.split("```yaml\n")[1].split("```")[0])
    assert load_spec(path).max_score == 10


def test_the_examples_of_wires_are_checks(load: Callable[[str], Spec]) -> None:
    for steps in WIRES.split("```yaml\n")[1:]:
        lines = textwrap.indent(steps.split("```")[0], "  ")
        head = "- id: a\n  title: A\n  points: 1\n  steps:\n"
        assert load(f"{head}{lines}").checks[-1].steps


def test_pages_are_written_where_they_are_wanted(tmp_path: Path) -> None:
    paths = write(tmp_path / "docs")
    assert [path.name for path in paths] == ["SPEC_LANGUAGE.md", "REASONS.md", "SYMPTOMS.md"]
    assert paths[0].read_text("utf-8") == spec_language_page()


class Waving(Action, frozen=True):
    """Wave at somebody,
    for a while.

    hand: left or right,
        or both
    note: see also: the manual
    """

    hand: str = ""
    note: str = ""


class Saluting(Waving, frozen=True):
    """Salute.

    hand: the right one
    """

    mute: bool = False


def test_options_are_described_by_lines_of_the_docstring() -> None:
    assert summary(Waving) == "Wave at somebody, for a while."
    assert option_docs(Waving) == {
        "hand": "left or right, or both",
        "note": "see also: the manual",
    }
    assert summary(Saluting) == "Salute."
    assert option_docs(Saluting)["hand"] == "the right one"
    assert option_docs(Saluting)["note"] == "see also: the manual"
    missing = {item.name for item in msgspec.structs.fields(Saluting)} - set(option_docs(Saluting))
    assert missing == {"mute"}
