"""Wires: where they stand, who is met there, what is told of them, and the seed's part in it."""

from __future__ import annotations

import pytest

from grader.agent import protocol as p
from grader.core.script import Addressed
from grader.core.values import Values
from grader.core.wires import MOST, Faults, plan
from tests.core.script_world import PORT, World, blocked

ALICE = "alice opens: {through: wire}"
HOST = ("wire relays", "host listens: {at: udp/1060, through: wire}", "client starts")
MODEL = "udp_echo/python/udp_echo"
PARTNER = (
    "wire relays: {to_client: {delays: [1]}}",
    f"partner runs: {{reference: {MODEL}_server.py, listens: udp/1060, through: wire}}",
    "client starts",
)
WAITS = blocked("recv", "udp:1060")


def talking(faults: str = "", *more: str, port: int = PORT, by_hand: str = "") -> World:
    """Alice talks to the student's server through a wire."""
    steps = ("server starts", f"wire relays: {{{faults}}}", ALICE, "alice sends: hi", *more)
    world = World(*steps, transport="udp", extra="  hint: h\n", by_hand=f"server {by_hand}")
    world.starts("server", port)
    if port != PORT:
        world.settles(WAITS)
    return world


def relayed(world: World, what: str, number: int = 1, **more: int) -> None:
    world.happens(p.Relayed("wire", what, "to_server", number, "hi", **more))


def token(asked: Addressed) -> int:
    assert isinstance(asked.command, p.Probe)
    return asked.command.token


def told(world: World) -> list[str]:
    return [line.what for line in world.stage.transcript if line.actor == "wire"]


# --------------------------------------------------------------- before the student's server


def test_what_is_sent_goes_to_the_wire_and_from_there_to_the_server() -> None:
    world = talking("to_server: {doubles: [2]}")
    (relay,) = world.given(p.Relay)
    assert (relay.ports, relay.host, relay.port) == ([0], "127.0.0.1", PORT)
    assert (relay.to_server, relay.to_client) == ({"doubles": [2]}, {})
    door = world.stage.tube("wire").ports[0]
    assert [(sent.data, sent.port) for sent in world.given(p.SendTo)] == [("hi", door)]
    assert world.outcome == "passes"


def test_a_server_at_another_port_is_reached_there() -> None:
    (relay,) = talking(port=5005).given(p.Relay)
    assert relay.port == 5005


def test_a_crowd_shares_one_wire() -> None:
    steps = ("server starts", "wire relays", "crowd opens: {through: wire}", "crowd sends: '{n}'")
    world = World(*steps, transport="udp", extra="  groups: {crowd: 3}\n")
    assert len(world.given(p.Relay)) == 1
    door = world.stage.tube("wire").ports[0]
    assert [(sent.data, sent.port) for sent in world.given(p.SendTo)] == [
        ("1", door), ("2", door), ("3", door)
    ]  # fmt: skip


def test_replies_come_from_the_wire() -> None:
    world = talking("", "alice expects: HI")
    world.gets("alice", b"HI", port=world.stage.tube("wire").ports[0])
    assert world.outcome == "passes"


def test_a_reply_that_came_from_elsewhere_is_told_even_through_a_wire() -> None:
    world = talking("", "alice expects: HI")
    world.happens(p.Relayed("wire", "stray", "to_client", 0, "HI"))
    world.settles(WAITS)
    assert world.outcome == "wrong_source"
    assert f"another port than {PORT}" in world.verdict.message
    assert told(world) == ["dropped a reply from another port than the server's"]


def test_a_wire_that_cannot_be_opened_is_our_fault() -> None:
    world = talking(by_hand="Relay")
    assert world.outcome == "waits"
    world.happens(p.CouldNot("wire", "listen", "EADDRINUSE", 0))
    assert world.outcome == "our_side_failed"


def test_a_client_of_ours_goes_through_it_too() -> None:
    client = f"reference: {MODEL}_client.py, args: [127.0.0.1, '${{port}}']"
    steps = ("server starts", "wire relays", f"peer runs: {{{client}, through: wire}}")
    world = World(*steps, transport="udp", by_hand="Relay")
    assert not [spawn for spawn in world.given(p.Spawn) if spawn.actor == "peer"]
    world.happens(p.Listening("wire", [34567]))
    (spawn,) = (spawn for spawn in world.given(p.Spawn) if spawn.actor == "peer")
    assert spawn.argv[-2:] == ["127.0.0.1", "34567"]
    assert world.outcome == "passes"


# --------------------------------------------------------------- before a server of ours


def test_our_server_hides_behind_the_wire() -> None:
    world = World(*HOST, transport="udp", hints=(5005,))
    (listen,), (relay,) = world.given(p.Listen), world.given(p.Relay)
    assert listen.ports == [0]
    assert relay.ports == [PORT, 5005]
    assert relay.port == world.stage.tube("host").local_port
    assert world.outcome == "passes"


def test_the_wire_is_waited_for() -> None:
    world = World(*HOST, transport="udp", by_hand="Relay")
    assert world.step.startswith("host listens")
    world.happens(p.Listening("wire", [PORT]))
    assert world.outcome == "passes"


def test_a_reference_server_hides_behind_it_too() -> None:
    world = World(*PARTNER, transport="udp", hints=(61000,))
    (relay,) = world.given(p.Relay)
    assert (relay.ports, relay.port) == ([PORT, 61000], 61001)
    assert relay.to_client == {"delays": [1], "delay": 0.2}
    assert world.given(p.Spawn)[0].argv[-1] == "61001"
    world.binds("partner", 61001)
    assert world.outcome == "passes"
    assert world.stage.fill("client", "${port}") == b"1060"


@pytest.mark.parametrize("steps", [HOST, PARTNER], ids=["host", "partner"])
def test_a_client_that_goes_elsewhere_is_met_there_and_told(steps: tuple[str, ...]) -> None:
    world = World(*steps, "client exits", transport="udp", hints=(5005,))
    if steps is PARTNER:
        world.binds("partner", 61000)
    relayed(world, "passed", local_port=5005)
    assert world.notes == [f"sends to port 5005, not {PORT}"]
    assert world.stage.client_port == 5005
    assert "port" in world.stage.deviations


# --------------------------------------------------------------- what it does to datagrams


def test_what_it_did_is_told_and_what_just_passed_is_not() -> None:
    world = talking("", "alice expects: HI")
    for what in ("passed", "lost", "doubled", "swapped", "delayed", "released"):
        relayed(world, what, 2)
    assert told(world) == [
        "lost datagram 2 to the server",
        "doubled datagram 2 to the server",
        "held back datagram 2 to the server",
        "delayed datagram 2 to the server",
        "let go datagram 2 to the server",
    ]


def test_a_datagram_on_its_way_means_that_nobody_is_stuck() -> None:
    """What was seen of the programs before it passed proves nothing."""
    world = talking("to_server: {delays: [1]}", "alice expects: HI")
    world.happens(
        p.Probed(token(world.probe()), stuck=True, threads=[dict(vars(WAITS))]), "sandbox"
    )
    late = world.probe()
    relayed(world, "released")
    world.happens(p.Probed(token(late), stuck=True))
    assert world.outcome == "waits"
    world.gets("alice", b"HI", port=world.stage.tube("wire").ports[0])
    assert world.outcome == "passes"


def test_what_a_wire_holds_keeps_a_program_of_ours_from_counting_as_idle() -> None:
    """The reference server waits, the student's client waits, and the reply is in the wire."""
    world = World(*PARTNER, "client prints: HI", transport="udp")
    world.binds("partner", 61000)
    ours = [dict(vars(blocked("poll", "udp:61000", "partner", forever=False)))]
    theirs = [dict(vars(blocked("recv", "udp:40000", "client")))]
    for _ in range(8):
        asked = world.probe()
        sandbox = asked.agent == "sandbox"
        probed = p.Probed(token(asked), sandbox, theirs if sandbox else ours, pending=True)
        world.happens(probed, asked.agent)
    assert world.outcome == "waits"
    world.prints("client", b"HI\\n")
    assert world.outcome == "passes"


def test_the_seed_decides_which_datagrams_chance_strikes() -> None:
    def struck(seed: str, what: str = "wire/to_server") -> list[int]:
        faults = Faults(loses=0.3, doubles=[7])
        made = plan(faults, Values(seed), what)
        assert made["doubles"] == [7]
        return list(made["loses"])

    assert struck("one") == struck("one")
    assert struck("one") != struck("two")
    assert struck("one") != struck("one", "wire/to_client")
    assert 0.2 * MOST < len(struck("one")) < 0.4 * MOST


# --------------------------------------------------------------- datagrams in any order

TWO = "alice sends: {messages: [a, b]}"
EACH = "alice expects: {each_of: [A, B, A]}"


def got(*datagrams: bytes, expects: str = EACH) -> World:
    world = World("server starts", "alice opens", TWO, expects, transport="udp")
    for data in datagrams:
        world.gets("alice", data)
    return world


@pytest.mark.parametrize("order", [b"ABA", b"AAB", b"BAA"])
def test_each_is_taken_in_whatever_order(order: bytes) -> None:
    world = got(*(bytes([letter]) for letter in order))
    assert world.outcome == "passes"


def test_each_is_taken_as_often_as_it_is_due() -> None:
    world = got(b"A", b"B", b"B")
    assert world.is_failing
    world.settles(WAITS)
    assert world.outcome == "wrong_reply"
    assert world.verdict.expected == b"A"


def test_how_many_have_come_is_told() -> None:
    world = got(b"A", b"B")
    assert world.outcome == "waits"
    world.settles(WAITS)
    assert world.outcome == "no_reply"
    assert "only 2 of 3 datagrams" in world.verdict.message


def test_what_comes_beyond_them_is_for_the_next_step() -> None:
    world = World(
        "server starts", "alice opens", TWO, EACH, "alice hears nothing", transport="udp"
    )  # fmt: skip
    for data in (b"A", b"A", b"B", b"B"):
        world.gets("alice", data)
    world.settles(WAITS)
    assert world.outcome == "spoke_unasked"


def test_a_text_that_begins_like_another_is_not_taken_for_it() -> None:
    expects = "alice expects: {each_of: [A, AB], ignoring: case}"
    assert got(b"ab", b"a", expects=expects).outcome == "passes"
    assert got(b"a\0", b"AB\n", expects=expects).outcome == "passes"
