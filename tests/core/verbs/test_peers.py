"""Our sockets: connecting to whatever serves, listening for the student's client, and sending."""

from __future__ import annotations

import pytest

from grader.agent import protocol as p
from tests.core.script_world import PORT, World, blocked, sent_by

UP = "server starts"
HOST = ("host listens: tcp/1060", "client starts", "host accepts")
UDP_HOST = ("host listens: udp/1060", "client starts", "host expects: hi")
AWAY = blocked("accept", "listener:1060")

# ------------------------------------------------------------------------------- connecting


def connecting(*more: str) -> World:
    return World(UP, "alice connects", *more, by_hand="Connect")


def connected(world: World, actor: str = "alice") -> None:
    world.happens(p.Connected(actor, next(world.ports), "127.0.0.1", PORT))


def test_a_connection_is_waited_for() -> None:
    world = connecting()
    assert world.outcome == "waits"
    connected(world)
    assert world.outcome == "passes"


def test_a_server_whose_queue_is_full_does_not_take_the_connection() -> None:
    world = connecting()
    world.settles(blocked("recv", "tcp:1060>127.0.0.1:40001"))
    assert world.outcome == "refused"
    assert "blocked in recv()" in world.verdict.message


@pytest.mark.parametrize(
    ("happens", "reason", "words"),
    [
        ("ended", "refused", "your server had ended: it exited with status 0"),
        ("closed", "refused", "your server has closed its listening socket"),
        ("crashed", "crashed", "ValueError"),
        ("limit", "memory_limit", "MiB of memory"),
        ("nothing", "refused", "ECONNREFUSED"),
    ],
)
def test_refusing_and_resetting_a_connection_that_waits_in_the_queue_are_told_alike(
    happens: str, reason: str, words: str
) -> None:
    """Which of the two it is depends on who is faster: a server that has had enough of clients,
    or the next client.
    """

    def then(world: World) -> None:
        match happens:
            case "ended":
                world.exits("server")
            case "closed":
                world.unbinds("server")
            case "crashed":
                world.crashes("server")
            case "limit":
                world.hits("server", "memory")
                world.exits("server", signal=9)
        world.settles(AWAY)

    refused = connecting("alice sends: hi", "alice expects: HI")
    refused.refuses("alice")
    assert refused.is_failing
    then(refused)
    assert refused.outcome == reason
    assert words in refused.verdict.message
    if happens != "nothing":
        reset = World(UP, "alice connects", "alice sends: hi", "alice expects: HI")
        reset.breaks("alice")
        then(reset)
        assert reset.outcome == reason
        assert words in reset.verdict.message


def test_a_server_that_makes_a_new_listening_socket_for_each_client_is_waited_for() -> None:
    world = connecting("bob connects")
    connected(world)
    world.unbinds("server")
    world.refuses("bob")
    assert world.outcome == "waits"
    world.binds("server")
    assert [command.actor for command in world.given(p.Connect)] == ["alice", "bob", "bob"]
    connected(world, "bob")
    assert world.outcome == "passes"


def test_also_when_the_refusal_is_told_last() -> None:
    world = connecting("bob connects")
    connected(world)
    world.unbinds("server")
    world.binds("server")
    world.refuses("bob")
    assert len(world.given(p.Connect)) == 3
    connected(world, "bob")
    assert world.outcome == "passes"


def test_it_is_tried_once_for_each_new_socket_and_no_more() -> None:
    world = connecting()
    for _ in range(3):
        world.refuses("alice")
    assert len(world.given(p.Connect)) == 1
    world.binds("server")
    world.refuses("alice")
    assert len(world.given(p.Connect)) == 2
    world.settles(AWAY)
    assert world.outcome == "refused"


def test_an_actor_that_connects_again_hears_nothing_of_its_old_connection() -> None:
    world = connecting("alice closes", "alice connects", "alice expects: NEW")
    connected(world)
    world.hears("alice", b"OLD")
    world.breaks("alice")
    connected(world)
    world.hears("alice", b"NEW")
    assert world.outcome == "passes"


def test_another_endpoint_may_be_named() -> None:
    world = World("server starts", "alice connects: tcp/2000")
    assert world.given(p.Connect)[0].port == 2000


# ------------------------------------------------------------------------------- listening


def test_the_student_s_client_is_expected_at_the_port_of_the_assignment() -> None:
    world = World(*HOST)
    assert world.given(p.Listen) == [p.Listen("host", "tcp", [PORT])]
    world.comes()
    assert world.outcome == "passes"
    assert world.notes == []


def test_and_at_the_ports_that_its_source_names() -> None:
    world = World(*HOST, "host expects: hi", hints=(5005, PORT, 80))
    assert world.given(p.Listen) == [p.Listen("host", "tcp", [PORT, 80, 5005])]
    world.comes(port=5005)
    world.hears("host", b"hi")
    assert world.outcome == "passes"
    assert world.notes == ["connects to port 5005, not 1060"]
    assert set(world.stage.deviations) == {"port"}


@pytest.mark.parametrize(
    ("hints", "ports"),
    [
        ((PORT, 1600, 1700), [PORT]),  # it names ours: the others are its own
        ((PORT,), [PORT]),
        ((5005, 1600), [PORT, 5005]),  # it has another port than ours, and names its own
        ((5005,), [PORT, 5005]),
        ((), [PORT]),
    ],
)
def test_a_port_that_the_client_is_to_bind_is_left_to_it(
    hints: tuple[int, ...], ports: list[int]
) -> None:
    extra = "  let: {bind: 1600}\n"
    step = 'host listens: {at: udp/1060, leaves: "${bind}"}'
    world = World(step, "client starts", transport="udp", hints=hints, extra=extra)
    assert world.given(p.Listen) == [p.Listen("host", "udp", ports)]


def test_a_client_that_comes_a_second_time() -> None:
    world = World(*HOST, "host expects: one", "host closes", "host accepts", "host expects: two")
    world.comes()
    world.hears("host", b"one")
    world.ends("host")
    world.comes()
    world.hears("host", b"two")
    assert world.given(p.Close) == [p.Close("host#1")]
    assert world.outcome == "passes"


@pytest.mark.parametrize(
    ("thread", "words"),
    [
        (blocked("read", "terminal", "client"), "it is reading the keyboard"),
        (blocked("recv", "udp:40001", "client"), "waiting for a datagram"),
    ],
)
def test_a_client_that_does_not_connect(thread: p.Blocked, words: str) -> None:
    world = World(*HOST)
    world.settles(thread)
    assert world.outcome == "no_connection"
    assert words in world.verdict.message


def test_a_client_that_ends_or_crashes_before_it_connects() -> None:
    world = World(*HOST)
    world.exits("client", 2)
    world.settles()
    assert world.outcome == "no_connection"
    assert "your client had ended: it exited with status 2" in world.verdict.message
    world = World(*HOST)
    world.crashes("client", "NameError: name 'sock' is not defined")
    world.settles()
    assert world.outcome == "crashed"


def test_a_port_that_we_cannot_have_is_our_fault() -> None:
    world = World(*HOST, by_hand="Listen")
    world.happens(p.CouldNot("host", "listen", "EADDRINUSE", PORT))
    assert world.outcome == "our_side_failed"
    world = World(*HOST, by_hand="Listen")
    world.settles()
    assert world.outcome == "our_side_failed"
    world = World(UP, "alice opens", transport="udp", by_hand="Listen")
    world.settles()
    assert world.outcome == "our_side_failed"


# --------------------------------------------------------------------------------- sending


def sending(step: str, **options: str) -> World:
    return World(UP, "alice connects", f"alice sends: {step}", **options)  # type: ignore[arg-type]


def test_messages_of_one_segment_are_one_piece() -> None:
    world = sending("{messages: [one, two]}")
    assert world.given(p.Send)[0].pieces == ["onetwo"]


@pytest.mark.parametrize(
    ("step", "pieces"),
    [
        ("{text: abcdef, pieces: [1, 2]}", ["a", "bc", "def"]),
        ("{text: abc, pieces: [3]}", ["abc"]),
        ("{text: abc, pieces: [2, 5]}", ["ab", "c"]),
        ("{text: abc, each_byte: true}", ["a", "b", "c"]),
        ("{text: abc, pieces: 1}", ["a", "bc"]),
        ("{text: abc, only: 2}", ["ab"]),
        ("{text: abc, only: 9}", ["abc"]),
        ("{text: abc, only: 2, each_byte: true}", ["a", "b"]),
        ("{text: a, only: random, pieces: random}", ["a"]),
        ("{hex: 'ff00'}", ["\xff\x00"]),
    ],
)
def test_pieces(step: str, pieces: list[str]) -> None:
    assert sending(step).given(p.Send)[0].pieces == pieces


def test_chance_cuts_by_the_seed_and_loses_nothing() -> None:
    """The same seed makes the same pieces; another text has others."""

    def pieces(text: str, how: str) -> list[str]:
        cuts: list[str] = sending(f"{{text: {text}, {how}: random}}").given(p.Send)[0].pieces
        return cuts

    texts = [letter * 400 for letter in "abcd"]
    cuts = [pieces(text, "pieces") for text in texts]
    assert ["".join(cut) for cut in cuts] == texts
    assert all(2 <= len(cut) <= 5 for cut in cuts)
    assert len({tuple(map(len, cut)) for cut in cuts}) == len(texts)
    assert pieces(texts[0], "pieces") == cuts[0]
    heads = [pieces(text, "only") for text in texts]
    assert all(0 < len(head[0]) < 400 for head in heads)
    assert len({len(head[0]) for head in heads}) == len(texts)


def test_a_long_message_in_slow_pieces_takes_its_time() -> None:
    world = sending("{text: {random_text: 500}, each_byte: true}", by_hand="Send")
    world.time_passes(25)
    assert world.outcome == "waits"
    assert world.probes == []  # that the program is blocked means nothing: it waits for us
    world.happens(p.Sent("alice", 500))
    assert world.outcome == "passes"


def test_a_server_that_does_not_read_what_we_send() -> None:
    world = sending("{random_text: 100000}", by_hand="Send")
    world.settles(blocked("sleep"))
    assert world.outcome == "no_reply"
    assert "does not read what we send" in world.verdict.message


def test_a_server_that_hangs_up_meanwhile_has_perhaps_said_enough() -> None:
    world = World(
        UP, "alice connects", "alice sends: {text: 'ab', each_byte: true}", "alice expects: ENOUGH",
        by_hand="Send",
    )  # fmt: skip
    world.hears("alice", b"ENOUGH")
    world.ends("alice")
    assert world.outcome == "passes"


def test_a_send_that_fails_is_a_connection_that_is_over() -> None:
    world = World(UP, "alice connects", "alice sends: hi", "alice expects: HI", by_hand="Send")
    world.hears("alice", b"HI")
    world.happens(p.CouldNot("alice", "send", "EPIPE"))
    assert world.outcome == "passes"


def test_half_closing_and_holding_are_commands_to_the_accepted_connection() -> None:
    world = World(*HOST, "host half-closes", "host stops reading", "host resets")
    world.comes()
    assert world.given(p.Close) == [p.Close("host#1", "half"), p.Close("host#1", "abort")]
    assert world.given(p.Hold) == [p.Hold("host#1")]


# ------------------------------------------------------------------------------------- UDP


def test_a_datagram_goes_to_where_the_server_listens() -> None:
    world = World(
        UP, "alice opens", "alice sends: {messages: [a, b], twice: true}",
        transport="udp", by_hand="server",
    )  # fmt: skip
    world.starts("server", 5005)
    world.settles()
    sent = [(command.data, command.host, command.port) for command in world.given(p.SendTo)]
    assert sent == [(data, "127.0.0.1", 5005) for data in "aabb"]


def test_our_server_answers_the_client_s_last_datagram_from_the_port_it_came_to() -> None:
    world = World(*UDP_HOST, "host sends: HI", transport="udp", hints=(5005,))
    world.gets("host", b"hi", port=33333, local_port=5005)
    (reply,) = world.given(p.SendTo)
    assert (reply.port, reply.local_port) == (33333, 5005)
    assert world.notes == ["sends to port 5005, not 1060"]
    assert set(world.stage.deviations) == {"port"}


def test_our_server_answers_the_client_even_where_the_student_s_server_runs_too() -> None:
    world = World(UP, *UDP_HOST, "host sends: HI", transport="udp")
    world.gets("host", b"hi", port=33333, local_port=PORT)
    (reply,) = world.given(p.SendTo)
    assert reply.port == 33333
    assert world.outcome == "passes"


def test_an_own_port_may_be_asked_for() -> None:
    world = World(UP, "alice opens: 1600", transport="udp")
    assert world.given(p.Listen) == [p.Listen("alice", "udp", [1600])]


def test_an_own_port_may_be_a_value() -> None:
    extra = "  let: {from: {random_number: [20000, 29999]}}\n"
    world = World(UP, "alice opens: ${from}", transport="udp", extra=extra)
    (listen,) = world.given(p.Listen)
    assert listen.ports == [int(world.word("from"))]
    assert 20000 <= listen.ports[0] <= 29999


@pytest.mark.parametrize("value", ["70000", "somewhere", '"-1"'])
def test_a_value_that_is_no_port_is_the_spec_s_fault(value: str) -> None:
    extra = f"  let: {{from: {value}}}\n"
    world = World(UP, "alice opens: ${from}", transport="udp", extra=extra)
    assert world.outcome == "spec_broken"
    assert "no port" in world.verdict.message


def test_texts_and_their_holes() -> None:
    world = sending("hello ${word} on ${port}")
    assert sent_by(world, "alice") == b"hello " + world.word() + b" on 1060"
