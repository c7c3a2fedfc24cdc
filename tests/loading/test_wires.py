"""Wires: who goes through them, which datagrams they strike, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.core.model import Spec
from grader.core.verbs.relaying import Relays
from grader.core.wires import Faults
from grader.loading.errors import LoadError

Load = Callable[[str], Spec]
Wrong = Callable[[str], list[LoadError]]
Play = Callable[..., str]

ALICE = "alice opens: {through: wire}"


def test_faults_are_numbers_or_a_share(load: Load, play: Play) -> None:
    to_server, to_client = "{doubles: [1, 3], swaps: 0.3}", "{delays: [2], delay: 50ms}"
    relays = f"wire relays: {{to_server: {to_server}, to_client: {to_client}}}"
    step = load(play("server starts", relays, ALICE)).checks[-1].steps[1]
    assert step.action == Relays(
        to_server=Faults(doubles=[1, 3], swaps=0.3), to_client=Faults(delays=[2], delay=0.05)
    )


@pytest.mark.parametrize(
    "steps",
    [
        ["server starts", "wire relays", ALICE],
        ["wire relays", "server starts", ALICE, "bob opens: {through: wire, port: 5000}"],
        ["wire relays", "host listens: {at: udp/1060, through: wire}", "client starts"],
        ["server starts", "wire relays",
         "peer runs: {reference: udp_echo/python/udp_echo_client.py, through: wire}"],
    ],
)  # fmt: skip
def test_a_wire_that_somebody_goes_through_is_taken(
    load: Load, play: Play, steps: list[str]
) -> None:
    assert load(play(*steps))


@pytest.mark.parametrize(
    ("faults", "told"),
    [
        ("to_server: {loses: [0]}", "datagrams are counted from 1"),
        ("to_server: {loses: 1.5}", "a share is between 0 and 1"),
        ("to_server: {loses: 2}", "numbers of datagrams are a list, as [2]"),
        ("to_server: {doubles: [2], swaps: [1, 2]}", "datagram 2 has a fate already: `doubles`"),
        ("to_client: {delays: [1], delay: 9s}", "delay is more than 0 and at most 5s"),
        ("to_client: {delay: 1s}", "a delay without anything that is delayed"),
        ("to_client: {loses: [x]}", "expected a whole number"),
        ("to_client: {loosens: [1]}", 'unknown key "loosens"'),
    ],
)
def test_faults_that_cannot_be_are_refused_where_they_stand(
    wrong: Wrong, play: Play, faults: str, told: str
) -> None:
    (found,) = wrong(
        play("server starts", f"wire relays: {{{faults}}}", ALICE, extra="  hint: h\n")
    )
    assert told in found.message
    assert found.line == 12


def test_a_check_that_loses_data_says_what_a_right_program_does(
    load: Load, wrong: Wrong, play: Play
) -> None:
    steps = ("server starts", "wire relays: {to_client: {loses: [1]}}", ALICE)
    (found,) = wrong(play(*steps))
    assert "says in its `hint` what a correct program does" in found.message
    assert load(play(*steps, extra="  hint: Answer the next one.\n"))


@pytest.mark.parametrize(
    ("steps", "line", "told"),
    [
        (["server starts", "wire relays"], 11, ('nobody goes through "wire"', "through: wire")),
        (
            ["server starts", "wire relays", "alice opens: {through: wrie}", ALICE],
            12,
            ('no wire is called "wrie" yet', 'did you mean "wire"?'),
        ),
        (["server starts", ALICE], 11, ('no wire is called "wire" yet', "- wire relays")),
        (["wire relays", ALICE, "server starts"], 11, ("server of the student's", "starts` first")),
        (
            ["server starts", "wire relays", "wire relays", ALICE],
            12,
            ('"wire" relays already', ""),
        ),
        (
            ["wire relays", "host listens: {at: tcp/1060, through: wire}", "client starts"],
            11,
            ("this is TCP", "`sends`"),
        ),
        (
            [
                "wire relays",
                "host listens: {at: udp/1060, through: wire}",
                "client starts",
                "host expects: {text: hi, from_port: 5000}",
            ],
            13,
            ("clients come from other ports", ""),
        ),
        (
            ["server starts", "wire relays", "wire sends: x", ALICE],
            12,
            ('"wire" is a network of ours, which cannot "sends"', "it can: relays"),
        ),
    ],
)
def test_a_wire_that_leads_nowhere_is_explained(
    wrong: Wrong, play: Play, steps: list[str], line: int, told: tuple[str, str]
) -> None:
    (found,) = wrong(play(*steps))
    assert found.line == line
    assert told[0] in found.message
    assert told[1] in found.suggestion
