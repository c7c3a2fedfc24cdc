"""Holes, regular expressions and the like, inside the texts of a check."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.core.model import Spec
from grader.core.values import Values
from grader.loading.errors import LoadError
from grader.loading.texts import parse_endpoint

Load = Callable[[str], Spec]
Wrong = Callable[[str], list[LoadError]]
Play = Callable[..., str]
BEFORE = ("server starts", "alice connects")


@pytest.mark.parametrize(
    ("text", "column", "told"),
    [
        ("${greetng}", 18, ('no value is called "greetng"', 'did you mean "greeting"?')),
        ("${zzz}", 18, ('no value is called "zzz"', "define it under `let`, or use ${word}")),
        ("${upper:zzz}", 18, ('no value is called "zzz"', "")),
        ("${uper:word}", 18, ('no function "uper"', 'did you mean "upper"?')),
        ("${rot13:word}", 18, ('no function "rot13"', "functions are upper, lower")),
        ("${word", 18, ("a ${…} that is not complete", "write ${name} or ${upper:name}")),
        ('"${}"', 18, ("a ${…} that is not complete", "")),
        ("{text: '${zzz}'}", 25, ('no value is called "zzz"', "")),
        ("{messages: [x, '${zzz}']}", 33, ('no value is called "zzz"', "")),
        ("{repeat: ['${zzz}', 3]}", 28, ('no value is called "zzz"', "")),
        ("hello {n}", 18, ("{n} is the number of a group's member", "`groups: {alice: 5}`")),
    ],
)
def test_a_hole_that_nothing_fills_is_told(
    wrong: Wrong, play: Play, text: str, column: int, told: tuple[str, str]
) -> None:
    (found,) = wrong(play(*BEFORE, f"alice sends: {text}", extra="  let: {greeting: x}\n"))
    assert ((found.line, found.column), found.message) == ((13, column), found.message)
    assert told[0] in found.message
    assert told[1] in found.suggestion


def test_the_names_that_are_known_are_taken(load: Load, play: Play) -> None:
    text = "${word} ${word12} ${port} ${len:greeting} ${reverse:loud} ${size} $ $x {x}"
    let = "  let: {greeting: 'hi ${word}', loud: '${upper:greeting}'}\n"
    cases = "  cases: [{let: {size: 1, other: '${size}'}}, {let: {size: '${loud}'}}]\n"
    assert load(play(*BEFORE, f"alice sends: {text}", extra=let + cases))


@pytest.mark.parametrize(
    ("extra", "place", "told"),
    [
        ("  let: {a: '${b}', b: x}\n", (9, 12), ('no value is called "b"', "")),
        ("  let: {a: '${a}'}\n", (9, 12), ('no value is called "a"', "")),
        ("  let: {word: x}\n", (9, 9), ('"word" cannot be the name of a value', "have a meaning")),
        ("  let: {port: 1}\n", (9, 9), ('"port" cannot be the name of a value', "")),
        ("  let: {a-b: x}\n", (9, 9), ('"a-b" cannot be the name of a value', "letters")),
        ("  cases: [{let: {a: '${b}'}}]\n", (9, 21), ('no value is called "b"', "")),
        ("  cases: [{let: {a: x}}, {let: {b: '${a}'}}]\n", (9, 36), ('no value is called "a"', "")),
    ],
)
def test_a_let_may_use_only_those_before_it(
    wrong: Wrong, play: Play, extra: str, place: tuple[int, int], told: tuple[str, str]
) -> None:
    (found,) = wrong(play(*BEFORE, extra=extra))
    assert ((found.line, found.column), found.message) == (place, found.message)
    assert told[0] in found.message
    assert told[1] in found.suggestion


def test_a_value_that_only_some_cases_give_is_told(wrong: Wrong, play: Play) -> None:
    extra = "  cases: [{let: {a: x}}, {let: {b: y}}]\n"
    (found,) = wrong(play(*BEFORE, "alice sends: ${a}", extra=extra))
    assert (found.line, found.column) == (13, 18)
    assert found.message == 'not every case gives "a"'
    assert found.suggestion == "add it to each case, or to `let`"


@pytest.mark.parametrize(
    ("option", "column", "message"),
    [
        ("matches: 'a(b'", 30, "not a regular expression"),
        ("matches: '*'", 30, "not a regular expression: nothing to repeat"),
        ("text: x, ignoring: [cas]", 41, '"cas" cannot be ignored'),
    ],
)
def test_an_option_with_rules_of_its_own_is_held_to_them(
    wrong: Wrong, play: Play, option: str, column: int, message: str
) -> None:
    (found,) = wrong(play(*BEFORE, f"alice expects: {{{option}}}"))
    assert ((found.line, found.column), found.message) == ((12, column), found.message)
    assert message in found.message


def test_a_regular_expression_may_have_holes_and_any_characters(load: Load, play: Play) -> None:
    assert load(play(*BEFORE, "alice expects: {matches: '(${word}|é+)\\d{1,3}$'}"))


def test_what_the_loader_takes_can_be_made(load: Load, play: Play) -> None:
    let = "{a: 7, b: '${a} ${word}', c: {repeat: ['${b}', 2]}, d: {hex: 0a}, e: {random_text: 3}}"
    check = load(play(*BEFORE, extra=f"  let: {let}\n")).checks[-1]
    values = Values("seed")
    for name, value in check.let.items():
        values.define(name, value)
    assert values.get("c") == values.get("b") * 2
    assert values.get("a") == b"7"


@pytest.mark.parametrize(
    ("written", "endpoint"),
    [
        ("tcp/1060", ("tcp", 1060)),
        ("udp/65535", ("udp", 65535)),
        ("tcp/0", None),
        ("tcp/70000", None),
        ("tcp1060", None),
        ("tcp/٣", None),
        ("", None),
    ],
)
def test_endpoints(written: str, endpoint: tuple[str, int] | None) -> None:
    assert parse_endpoint(written) == endpoint
