"""Who may do what, and when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.core.model import Spec
from grader.loading.errors import LoadError

Load = Callable[[str], Spec]
Wrong = Callable[[str], list[LoadError]]
Play = Callable[..., str]


@pytest.mark.parametrize(
    "steps",
    [
        ["server starts", "alice connects", "bob connects", "alice sends: x", "bob closes"],
        ["server starts", "alice connects", "alice closes", "alice connects", "alice sends: x"],
        ["host listens: udp/12000", "client starts", "host expects: x", "host sends: y"],
        ["host listens: tcp/9", "client starts", "host accepts", "host expects: x"],
        ["host listens: tcp/9", "client starts", "alice connects", "alice sends: x"],
        [
            "peer runs: {reference: chat/python/chat_server.py, listens: tcp/9}",
            "client starts",
            "alice connects",
        ],
        ["alice connects: tcp/9", "server starts"],
        ["client starts", "server starts", "curl runs: [curl]", "curl exits"],
    ],
)
def test_a_play_that_can_be_played_is_taken(load: Load, play: Play, steps: list[str]) -> None:
    assert len(load(play(*steps)).checks[-1].steps) == len(steps)


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (["server prints: x"], ('"server" was not started yet', "put `- server starts` first")),
        (
            ["server starts", "alice connects", "alcie sends: x"],
            ('nobody is called "alcie" yet', 'did you mean "alice"?'),
        ),
        (
            ["server starts", "serer prints: x"],
            ('nobody is called "serer" yet', 'did you mean "server"?'),
        ),
        (
            ["server starts", "zoe sends: x"],
            ('nobody is called "zoe" yet', "an actor of ours first connects, listens, opens"),
        ),
        (
            ["server starts", "server connects"],
            ('"server" is a student\'s program, which cannot "connects"', "another name"),
        ),
        (
            ["server starts", "server sends: x"],
            ('"server" is a student\'s program, which cannot "sends"', "it can: closes input,"),
        ),
        (
            ["server starts", "alice opens", "alice sees the end"],
            ('"alice" is a UDP socket of ours, which cannot "sees the end"', "it can: closes,"),
        ),
        (
            ["server starts", "alice connects", "alice types: x"],
            ('"alice" is a TCP connection of ours, which cannot "types"', "it can: closes,"),
        ),
        (
            ["server starts", "source sends: x"],
            ('"source" is the student\'s source files, which cannot "sends"', ""),
        ),
        (
            ["client starts", "alice connects"],
            ("there is no server to connect to yet", "put `- server starts` first"),
        ),
        (
            ["client starts", "host listens: tcp/9", "host expects: x"],
            ('"host" has no connection yet', "put `- host accepts` first"),
        ),
        (
            ["client starts", "host listens: udp/9", "host accepts"],
            ('"host" listens on UDP, where there is no connection to "accepts"', ""),
        ),
        (
            ["client starts", "host listens: tcp/9", "host accepts", "host listens: tcp/9",
             "host expects: x"],
            ('"host" has no connection yet', ""),
        ),
        (
            ["server starts", "alice opens", "alice sends: {text: ab, pieces: [1]}"],
            ('"pieces" is for TCP, and "alice" speaks the other', ""),
        ),
        (
            ["server starts", "alice#2 connects"],
            ('"alice" is not a group', "declare it: `groups: {alice: 5}`"),
        ),
        (["server starts", "server backwards prints: x"], ('"server" is not a group', "")),
    ],
)  # fmt: skip
def test_a_play_that_cannot_be_played_is_explained(
    wrong: Wrong, play: Play, steps: list[str], told: tuple[str, str]
) -> None:
    (found,) = wrong(play(*steps))
    assert (found.line, found.column) == (9 + len(steps), 5)
    assert told[0] in found.message
    assert told[1] in found.suggestion


@pytest.mark.parametrize(
    ("groups", "step", "told"),
    [
        ("{crowd: 3}", "crowd#4 sends: x", (13, 5, '"crowd" has the members #1 to #3', "")),
        ("{crowd: 3}", "crowd#0 sends: x", (13, 5, '"crowd" has the members #1 to #3', "")),
        ("{crowd: 3}", "crwd#1 sends: x", (13, 5, '"crwd" is not a group', 'mean "crowd"?')),
        ("{crowd: 3, mob: 2}", "crowd closes", (9, 22, "no step is done by the group", "")),
        ("{crowd: 3, crwd: 2}", "crowd closes", (9, 22, "no step is done by", 'mean "crowd"?')),
        ("{crowd: 3, server: 2}", "crowd closes", (9, 22, "is the student's and cannot be", "")),
    ],
)
def test_groups_and_their_members_are_held_to_what_was_declared(
    wrong: Wrong, play: Play, groups: str, step: str, told: tuple[int, int, str, str]
) -> None:
    found = wrong(play("server starts", "crowd connects", step, extra=f"  groups: {groups}\n"))[0]
    line, column, message, suggestion = told
    assert ((found.line, found.column), found.message) == ((line, column), found.message)
    assert message in found.message
    assert suggestion in found.suggestion


def test_the_source_is_an_actor_that_needs_no_program(load: Load, wrong: Wrong, play: Play) -> None:
    check = load(play("source forbids: eval", extra="  program: server\n")).checks[-1]
    assert (check.program, check.needs) == ("server", ())
    assert load(play("server starts", "source forbids: eval")).checks[-1].needs
    assert load(play("source forbids: eval")).checks[-1].program == ""
    (found,) = wrong(play("server starts", "sorce forbids: eval"))
    assert found.suggestion == 'did you mean "source"?'
    one = "assignment: t\nprograms: {server: {listens: tcp/1}}\nchecks:\n"
    assert load(one + play("source forbids: eval")).checks[-1].program == "server"
