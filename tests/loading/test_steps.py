"""A step is read as actor, verb and typed options; what it cannot be read as is explained."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.core.model import Spec, Step
from grader.core.verbs import VERBS
from grader.loading.errors import LoadError

Load = Callable[[str], Spec]
Wrong = Callable[[str], list[LoadError]]
Play = Callable[..., str]


def last(spec: Spec) -> Step:
    return spec.checks[-1].steps[-1]


@pytest.mark.parametrize(
    ("step", "option", "value"),
    [
        ("alice sends: Hi", "text", "Hi"),
        ("alice sends: 007", "text", "007"),
        ("alice sends: 1.50", "text", "1.50"),
        ("alice sends: 12:30", "text", "12:30"),
        ("alice sends: no", "text", "no"),
        ("alice sends: true", "text", "true"),
        ('alice sends: "null"', "text", "null"),
        ("alice sends: {random_text: 300}", "text", {"random_text": 300}),
        ("alice sends: {random_bytes: 0x10}", "text", {"random_bytes": 16}),
        ("alice sends: {repeat: [ab, 3]}", "text", {"repeat": ["ab", 3]}),
        ("alice sends: {hex: 00 ff}", "text", {"hex": "00 ff"}),
        ("alice sends: {text: {hex: 0}}".replace("0}", "00}"), "text", {"hex": "00"}),
        ("alice sends: {messages: one}", "messages", ["one"]),
        ("alice sends: {messages: [1, two]}", "messages", ["1", "two"]),
        ("alice sends: {text: x, pieces: [1, 2], pause: 50ms}", "pause", 0.05),
        ("alice sends: {text: x, pause: 2}", "pause", 2.0),
        ("alice sends: {text: x, each_byte: true}", "each_byte", True),
        ("alice sends: {text: x, pieces: random}", "pieces", "random"),
        ("alice sends: {text: x, pieces: 3}", "pieces", [3]),
        ("alice sends: {text: x, only: 3}", "only", 3),
        ("alice expects: {any_of: [a, 12:30]}", "any_of", ["a", "12:30"]),
        ("alice expects: {exact: 0o17}", "exact", "0o17"),
        ("alice expects: {text: a, ignoring: case, within: 1.5s}", "ignoring", ["case"]),
        ("alice gets response: 200", "status", 200),
        ("alice gets response: 4xx", "status", "4xx"),
        ("alice gets response: [200, 2xx]", "status", [200, "2xx"]),
        ("alice gets response: {headers: {Age: 007}}", "headers", {"Age": "007"}),
        ("alice gets reply: 250", "code", 250),
        ("alice gets reply: [500, 5xx]", "code", [500, "5xx"]),
        ("server starts: 1060 -v 'a b'", "args", ["1060", "-v", "a b"]),
        ("server starts: [1060, a b]", "args", ["1060", "a b"]),
        ("server exits: nonzero", "status", "nonzero"),
        ("server exits: 0", "status", 0),
        ("server exits:", "status", None),
        ("server exits: {within: 1m}", "within", 60.0),
    ],
)
def test_an_argument_becomes_what_the_option_wants(
    load: Load, play: Play, step: str, option: str, value: object
) -> None:
    action: Any = last(load(play("server starts", "alice connects", step))).action
    got = getattr(action, option)
    assert (got, type(got)) == (value, type(value))


def test_a_step_keeps_its_line_and_how_it_was_written(load: Load, play: Play) -> None:
    steps = (
        load(play("server starts", 'alice  connects: {to: "tcp/9"}', 'alice sends: "a\\nb"'))
        .checks[-1]
        .steps
    )
    assert [(step.line, step.actor, step.verb) for step in steps] == [
        (10, "server", "starts"),
        (11, "alice", "connects"),
        (12, "alice", "sends"),
    ]
    assert [step.shown for step in steps] == [
        "server starts",
        "alice  connects: {to: tcp/9}",
        'alice sends: "a\\nb"',
    ]


@pytest.mark.parametrize("verb", VERBS.values(), ids=lambda verb: verb.name)
def test_the_example_of_every_verb_is_a_step(load: Load, play: Play, verb: Any) -> None:
    before = ["server starts", "client starts"]
    first = {
        "alice": ["alice connects"],
        "host": ["host listens: tcp/9", "host accepts"],
        "visitor": ["visitor visits: /"],
    }
    actor = verb.example.split()[0]
    if not verb.makes:
        before += first.get(actor, [])
    if verb.name == "accepts":
        before.pop()
    after = ["alice opens: {through: wire}"] if verb.name == "relays" else []
    step = load(play(*before, verb.example, *after)).checks[-1].steps[len(before)]
    assert (step.verb, type(step.action)) == (verb.name, verb.action)


@pytest.mark.parametrize(
    ("step", "column", "told"),
    [
        ("alice exepcts: Hi", 5, ('unknown verb "exepcts"', 'did you mean "expects"?')),
        ("alice jumps: Hi", 5, ('unknown verb "jumps"', "verbs are accepts,")),
        ("alice sees end: ", 5, ('unknown verb "sees end"', 'did you mean "sees the end"?')),
        ("alice", 5, ('"alice" has no verb', "verbs are accepts,")),
        ("crowd backwards", 5, ('"crowd backwards" has no verb', "verbs are")),
        ("9lives connects", 5, ("does not begin with an actor", "actor verb: argument")),
        ("alice sends Hi", 5, ('"sends" and what follows', "write `- alice sends: Hi`")),
        ("alice sends:Hi", 5, ('"sends" and what follows', "write `- alice sends: Hi`")),
        ("alice sends", 5, ('"alice sends" lacks its argument', "for example `alice sends:")),
        ("alice sends:", 5, ('"alice sends" says nothing', "for example `alice sends:")),
        ("alice closes: now", 19, ('"closes" takes no value', "write `alice closes`")),
        ("alice sees the end: 2s", 25, ('"sees the end" takes no value', "strict, within")),
        ("alice sends: {tetx: Hi}", 19, ('unknown key "tetx" in "sends"', 'did you mean "text"?')),
        ("alice sends: {n}", 18, ('"alice sends" is given a mapping', 'quotes: "{n}"')),
        ("alice sends: {text: x, messages: [y]}", 38, ('"text" and "messages" exclude', "")),
        ("alice sends: {pause: 1s}", 18, ('"sends" needs text or messages', "")),
        ("alice expects: {within: 1s}", 20, ('"expects" needs text, exact, line', "")),
        ("alice expects: {text: [a]}", 27, ("text: expected a single value, got a list", "")),
        ("alice sends: {text: {hax: 00}}", 25, ("a text or a value maker", 'did you mean "hex"?')),
        ("alice sends: {text: {a: 1, b: 2}}", 25, ("a text or a value maker", "makers are")),
        ("alice sends: {hex: 0x}", 24, ("expected bytes in hex", "")),
        ("alice sends: {repeat: ab}", 27, ("expected [text, times]", "")),
        ("alice sends: {repeat: [abcd, 60000000]}", 27, ("makes more than", "")),
        ("alice sends: {random_text: -1}", 32, ("out of range", "")),
        ("alice sends: {random_text: many}", 32, ("expected a whole number", "")),
        ("alice sends: {random_number: 7}", 34, ("expected [lowest, highest]", "")),
        ("alice sends: {random_number: [9, 7]}", 34, ("expected [lowest, highest]", "")),
        ("alice sends: {random_number: [1, x]}", 38, ("expected a whole number", "")),
        ("alice sends: {text: x, pieces: [0]}", 37, ("sizes of at least 1 byte", "")),
        ("alice sends: {text: x, pieces: some}", 36, ("pieces: expected random", "")),
        ("alice sends: {text: x, only: 0}", 34, ("at least 1 byte", "")),
        ("alice sends: {text: x, twice: true}", 5, ('"twice" is for UDP', "")),
        ("alice expects: {each_of: [x, y]}", 5, ('"each_of" is for UDP', "")),
        ("alice sends: {text: x, pieces: [half]}", 37, ("expected a whole number", "")),
        ("alice sends: {text: x, pause: -1}", 35, ("expected a time such as", "")),
        ("alice sends: {text: x, each_byte: yes}", 39, ("expected true or false", "write true")),
        ("alice gets response: OK", 26, ("a status such as 200", "")),
        ("alice gets response: [200, 900]", 32, ("a status such as 200", "")),
        ("alice expects: {text: x, from_port: any}", 41, ("a port, or a value such as", "")),
        ("alice gets reply: OK", 23, ("a code such as 250", "")),
        ("alice gets reply: [250, 100]", 29, ("a code such as 250", "")),
        ("alice gets reply: {strict: true}", 23, ('"gets reply" needs the option "code"', "")),
        ("server exits: badly", 19, ("a status from 0 to 255", "")),
        ("bob connects: 1060", 19, ('"1060" is no endpoint', "write it as tcp/1060")),
        ("3", 5, ("a step is written", "")),
        ("[server starts]", 5, ("a step is written", "")),
        ("alice requests: {body: x}", 21, ('"requests" needs the option "line"', "")),
        ('alice expects: ""', 20, ("an empty text is always there", "hears nothing")),
        ("alice expects: {text: x, within: 0ms}", 38, ("within must be more than 0", "")),
    ],
)
def test_a_step_that_makes_no_sense_is_explained(
    wrong: Wrong, play: Play, step: str, column: int, told: tuple[str, str]
) -> None:
    found = wrong(play("server starts", "alice connects", step))[0]
    assert ((found.line, found.column), found.message) == ((12, column), found.message)
    assert told[0] in found.message
    assert told[1] in found.suggestion


def test_two_steps_in_one_are_taken_apart(wrong: Wrong, play: Play) -> None:
    (found,) = wrong(play("server starts", "alice connects:\n    alice sends: Hi"))
    assert (found.line, found.column) == (12, 5)
    assert 'a step has one key, and here "alice sends" follows' in found.message
    assert '"- alice sends"' in found.suggestion
