"""Typed fields: what suits a type, and msgspec's last word on it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
import pytest

from grader.loading.errors import LoadError
from grader.loading.fields import Fields
from grader.loading.yamlsource import parse_yaml


class Inner(msgspec.Struct, forbid_unknown_fields=True):
    size: Annotated[int, msgspec.Meta(ge=1)] = 1


class Outer(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    inner: list[Inner] = []
    either: int | str | None = None
    number: int | float = 0
    mode: Literal["fast", "slow"] = "fast"
    many: dict[str, tuple[str, ...]] = {}
    mixed: bool | list[int] = False
    within: float | None = None
    pause: float = 0.0
    ratio: float = 0.0


def read(text: str) -> Outer:
    document = parse_yaml(text.encode(), "x.yml")
    return Fields(document).convert(document.root, Outer)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("name: 1.0", "name", "1.0"),
        ("{name: a, either: 7}", "either", 7),
        ("{name: a, either: 7.0}", "either", "7.0"),
        ("{name: a, either: true}", "either", "true"),
        ("{name: a, either: null}", "either", None),
        ("{name: a, number: 7}", "number", 7),
        ("{name: a, number: 7.5}", "number", 7.5),
        ("{name: a, mode: slow}", "mode", "slow"),
        ("{name: a, many: {x: 1, y: [2, z]}}", "many", {"x": ("1",), "y": ("2", "z")}),
        ("{name: a, mixed: true}", "mixed", True),
        ("{name: a, mixed: [1, 2]}", "mixed", [1, 2]),
        ("{name: a, inner: [{size: 2}, {}]}", "inner", [Inner(2), Inner()]),
        ("{name: a, within: 1.5s}", "within", 1.5),
        ("{name: a, within: .5}", "within", 0.5),
        ("{name: a, within: null}", "within", None),
        ("{name: a, pause: 20 ms}", "pause", 0.02),
        ("{name: a, pause: 2min}", "pause", 120.0),
        ("{name: a, ratio: 1e3}", "ratio", 1000.0),
    ],
)
def test_what_is_written_becomes_what_is_wanted(text: str, field: str, value: Any) -> None:
    got = getattr(read(text), field)
    assert (got, type(got)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("{}", 1, 'this file lacks the key "name"'),
        ("[]", 1, "expected keys (name, inner,"),
        ("{nmae: x}", 2, 'unknown key "nmae" in this file'),
        ("{name: a, inner: [{sze: 2}]}", 20, 'unknown key "sze" in number 1 of "inner"'),
        ("{name: a, inner: [{size: 0}]}", 26, "expected `int` >= 1"),
        ("{name: a, inner: [2]}", 19, "expected keys (size), got a number ('2')"),
        ("{name: a, mode: quick}", 17, "mode: expected fast or slow, got a text ('quick')"),
        ("{name: a, mode: [fast]}", 17, "mode: expected fast or slow, got a list"),
        ("{name: a, ratio: 2s}", 18, "ratio: expected a number, got a text ('2s')"),
        ("{name: a, ratio: 1e999}", 18, "ratio: expected a number"),
        ("{name: a, within: [1]}", 19, "within: expected a time such as 2s"),
        ("{name: a, mixed: maybe}", 18, "mixed: expected true or false"),
        ("{name: a, many: {x: {}}}", 21, "x: expected a text, got a mapping"),
        (f"name: [{'x' * 90}]", 7, "name: expected a text, got a list"),
        (f"{{name: a, ratio: {'x' * 90}}}", 18, f"got a text ('{'x' * 37}...')"),
    ],
)
def test_what_does_not_suit_is_told_where_it_is(text: str, column: int, message: str) -> None:
    with pytest.raises(LoadError) as caught:
        read(text)
    found = caught.value
    assert ((found.line, found.column), found.message) == ((1, column), found.message)
    assert message in found.message
