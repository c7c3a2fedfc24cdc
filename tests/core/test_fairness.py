"""Fairness, by trial: right programs of every manner pass, wrong ones never do, all checks end.

The programs here are made up by chance: quick or slow, silent or chatty, replying in one piece or
many, with or without padding, staying, closing or resetting, ending by themselves or not. They are
looked at truthfully: blocked for good exactly when nothing of theirs is still to come.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.agent import protocol as p
from grader.agent.wire import raw
from grader.core.outcome import REASONS
from grader.core.script import SIDECAR
from tests.core.script_world import PORT, World, blocked

Do = Callable[[], None]


class Manner:
    """How a program goes about what it does."""

    def __init__(self, draw: st.DrawFn, *, chatty: bool) -> None:
        self._draw = draw
        self.chatty = chatty and draw(st.booleans())
        self.padding = draw(st.sampled_from([b"", b"", b"\n", b"\r\n", b"\0", b"\0" * 40]))
        self.parting = draw(st.sampled_from(["stays", "closes", "resets"]))
        self.exits = draw(st.booleans())
        self.wrong = False

    def pause(self) -> float:
        return self._draw(st.sampled_from([0.0, 0.0, 0.0005, 0.02, 0.07, 0.4, 1.5]))

    def cut(self, data: bytes) -> list[bytes]:
        places = sorted(self._draw(st.lists(st.integers(0, len(data)), max_size=3)))
        ends = zip([0, *places], [*places, len(data)], strict=True)
        return [data[start:end] for start, end in ends if end > start]

    def spoil(self, data: bytes) -> bytes:
        """Make a reply wrong: another letter, one too few, or the message as it came."""
        kind = self._draw(st.sampled_from(["letter", "short", "echo", "nothing"]))
        at = self._draw(st.integers(0, len(data) - 1))
        spoilt = {
            "letter": data[:at] + b"#" + data[at + 1 :],
            "short": data[:-1],
            "echo": data.swapcase(),
            "nothing": b"",
        }
        return spoilt[kind]


class Life:
    """Plays a check with a program: what it does comes in its own time."""

    def __init__(self, world: World, manner: Manner) -> None:
        self.world, self.manner = world, manner
        self._todo: list[tuple[float, int, Do]] = []
        self._number = count()
        self._seen = 0
        self._busy_until = world.now

    def later(self, do: Do, pause: float | None = None) -> None:
        """Do something after all that is to be done before, and a pause."""
        start = max(self._busy_until, self.world.now)
        self._busy_until = start + (self.manner.pause() if pause is None else pause)
        heapq.heappush(self._todo, (self._busy_until, next(self._number), do))

    def chatter(self, name: str) -> None:
        if self.manner.chatty:
            self.later(lambda: self.world.prints(name, b"... "), pause=0.01)

    def run(self, react: Callable[[Life, p.Command], None]) -> str:
        """Play until it is over."""
        world = self.world
        for _ in range(5000):
            while self._seen < len(world.commands):
                self._seen += 1
                react(self, world.commands[self._seen - 1])
            if world.outcome != "waits":
                return world.outcome
            if self._todo and self._todo[0][0] <= world.script.wake_at:
                at, _, do = heapq.heappop(self._todo)
                world.now = max(world.now, at)
                do()
                continue
            world._wake()
            while world.probes and world.outcome == "waits":
                probe = world.probes.pop(0)
                idle = not self._todo or probe.agent == SIDECAR
                threads = [] if idle else [blocked("running", forever=False)]
                world._answer(probe, threads, stuck=idle)
        raise AssertionError("it never ends")


# ----------------------------------------------------------------------------------- servers

TALK = (
    "server starts",
    "alice connects",
    "alice sends: one ${word1}",
    "alice expects: {matches: 'ONE [A-Z]+'}",
    "alice sends: {text: 'two ${word2}', pieces: [3], pause: 0.01}",
    "alice expects: TWO ${upper:word2}",
    "bob connects",
    "bob sends: three ${word3}",
    "bob expects: {any_of: [NO, NONE, 'THREE ${upper:word3}']}",
    "server prints: ready",
)
LAST = {
    "stays": ("bob stays connected", "server keeps running"),
    "closes": ("bob sees the end: {strict: true}",),
    "resets": ("bob sees the end",),
}


def serve(life: Life, command: p.Command) -> None:
    """Upper-case what comes, in one's own manner."""
    world, manner = life.world, life.manner
    match command:
        case p.Spawn("server"):
            life.later(lambda: world.happens(p.Started("server", 7), "sandbox"))
            life.chatter("server")
            life.later(lambda: world.prints("server", b"The server is ready\n"))
            life.later(lambda: world.binds("server"))
            life.chatter("server")
        case p.Send(actor, pieces):
            message = raw("".join(pieces))
            reply = manner.spoil(message.upper()) if manner.wrong else message.upper()
            parting = manner.parting if actor == "bob" else "stays"
            strict = parting != "resets"
            padding = b"" if actor == "bob" and strict else manner.padding
            for piece in manner.cut(reply + padding):
                life.later(lambda piece=piece: world.hears(actor, piece))  # type: ignore[misc]
                life.chatter("server")
            if parting == "closes":
                life.later(lambda: world.ends(actor))
            if parting == "resets":
                life.later(lambda: world.breaks(actor))
            if parting != "stays" and manner.exits:
                life.later(lambda: world.exits("server"))


@st.composite
def servers(draw: st.DrawFn) -> Life:
    manner = Manner(draw, chatty=True)
    return Life(World(*TALK, *LAST[manner.parting], by_hand="server"), manner)


@given(servers())
def test_a_right_server_passes_whatever_its_manner(life: Life) -> None:
    assert life.run(serve) == "passes"


@given(servers())
def test_a_wrong_server_fails_whatever_its_manner(life: Life) -> None:
    life.manner.wrong = True
    outcome = life.run(serve)
    assert REASONS[outcome].fault == "student"


# ----------------------------------------------------------------------------------- clients

ASK = (
    "host listens: tcp/1060",
    "client starts",
    "client types: ask ${word1}",
    "host accepts",
    "host expects: ask ${word1}",
    "host sends: 'REPLY ${upper:word2}'",
    "client prints: REPLY ${upper:word2}",
    "client closes input",
    "client exits",
)


def ask(life: Life, command: p.Command) -> None:
    """Send the line that is typed, print what comes."""
    world, manner = life.world, life.manner
    match command:
        case p.Type("client", line) if line:
            message = raw(line).rstrip(b"\n")
            life.chatter("client")
            life.later(lambda: world.prints("client", b"Input lowercase sentence: "))
            life.later(world.comes)
            for piece in manner.cut(message + manner.padding):
                life.later(lambda piece=piece: world.hears("host", piece))  # type: ignore[misc]
            if manner.wrong:  # prints what it makes of the line itself
                life.later(lambda: world.prints("client", b"From Server: " + message.upper()))
        case p.Send("host#1", pieces) if not manner.wrong:
            for piece in manner.cut(b"From Server: " + raw("".join(pieces)) + b"\n"):
                life.later(lambda piece=piece: world.prints("client", piece))  # type: ignore[misc]
            if manner.parting == "resets":
                life.later(lambda: world.breaks("host"))
            if manner.exits:
                life.later(lambda: world.exits("client"))
        case p.Type("client", "") if not manner.exits:
            life.later(lambda: world.crashes("client", "EOFError: EOF when reading a line"))


@st.composite
def clients(draw: st.DrawFn) -> Life:
    return Life(World(*ASK), Manner(draw, chatty=True))


@given(clients())
def test_a_right_client_passes_whatever_its_manner(life: Life) -> None:
    assert life.run(ask) == "passes"


@given(clients())
def test_a_client_that_prints_what_it_sent_fails_whatever_its_manner(life: Life) -> None:
    life.manner.wrong = True
    assert life.run(ask) in {"no_output", "wrong_output"}


# ------------------------------------------------------------------------- every check ends

CHECKS = [
    ("server starts", "alice connects", "alice sends: a", "alice expects: A", "alice sees the end"),
    ("server starts", "alice connects", "alice expects: {exact: A}", "bob connects",
     "server stops", "server starts", "bob sends: {text: ab, each_byte: true}",
     "alice stays connected"),
    ("server starts", "alice connects", "alice requests: GET /",
     "alice gets response: {strict: true}", "alice hears nothing", "server keeps running",
     "alice expects: {any_of: [A, AB]}"),
    ("host listens: tcp/1060", "client starts", "client types: a", "host accepts",
     "host expects: a", "host sends: A", "host accepts", "client prints: {matches: 'A+'}",
     "client exits: 0"),
    ("server starts", "curl runs: [curl]", "curl prints: {text: A, anywhere: true}",
     "curl exits: 0"),
    ("partner runs: {reference: chat/python/chat_server.py, listens: tcp/1060}",
     "client starts", "client prints: A",
     "alice connects", "alice gets response: {status: 4xx, or_close: true}",
     "alice stops reading"),
]  # fmt: skip
UDP_CHECKS = [
    ("server starts", "alice opens", "alice sends: a", "alice expects: A", "alice hears nothing"),
    ("host listens: udp/1060", "client starts", "host expects: a", "host sends: A", "client exits"),
    ("server starts", "wire relays: {to_server: {doubles: 0.5}}", "alice opens: {through: wire}",
     "alice sends: a", "alice expects: {each_of: [A, A]}", "alice hears nothing"),
    ("wire relays", "host listens: {at: udp/1060, through: wire}", "client starts",
     "host expects: a", "host sends: A", "client prints: A"),
]  # fmt: skip
ACTORS = st.sampled_from(["server", "client", "alice", "bob", "host", "host#1", "curl", "partner"])
BYTES = st.sampled_from(["A", "AB", "a", "\n", "\0", "", "HTTP/1.1 200 OK\r\n\r\n", "\xff" * 9])
EVENTS = st.one_of(
    st.builds(p.Data, ACTORS, BYTES),
    st.builds(p.Ended, ACTORS),
    st.builds(p.Broken, ACTORS, st.just("ECONNRESET")),
    st.builds(p.Datagram, ACTORS, BYTES, st.just("127.0.0.1"), st.sampled_from([PORT, 9])),
    st.builds(p.Relayed, st.just("wire"), st.sampled_from(["passed", "lost", "released", "stray"]),
              st.sampled_from(["to_server", "to_client"]), st.just(1), BYTES,
              st.sampled_from([PORT, 9])),
    st.builds(p.Printed, ACTORS, st.sampled_from(["out", "err"]), BYTES),
    st.builds(p.Exited, ACTORS, st.integers(0, 2), st.none()),
    st.builds(p.Exited, ACTORS, st.none(), st.sampled_from([9, 11, 15])),
    st.builds(p.LimitHit, ACTORS, st.sampled_from(["memory", "output", "moon"])),
    st.builds(p.Bound, ACTORS, st.sampled_from(["tcp", "udp"]), st.sampled_from(["::1", "0.0.0.0"]),
              st.sampled_from([PORT, 5005])),
    st.builds(p.Unbound, ACTORS, st.just("tcp"), st.just("0.0.0.0"), st.just(PORT)),
    st.builds(p.CouldNot, ACTORS, st.sampled_from(["connect", "send", "spawn"]), st.just("EIO")),
    st.builds(p.Accepted, st.just("host"), st.just("host#1"), st.sampled_from([PORT, 5005]),
              st.just("127.0.0.1"), st.just(33333)),
    st.builds(p.Sent, ACTORS, st.just(1)),
    st.builds(p.Started, ACTORS, st.just(1)),
    st.builds(p.Pong, st.just(1)),
)  # fmt: skip
LOOKS = st.lists(st.tuples(st.booleans(), st.sampled_from(["accept", "poll", "sleep"])), max_size=9)


@settings(max_examples=150)
@given(
    st.sampled_from([*((steps, "tcp") for steps in CHECKS), *((x, "udp") for x in UDP_CHECKS)]),
    st.lists(st.tuples(EVENTS, st.sampled_from([0.0, 0.05, 0.7])), max_size=25),
    LOOKS,
    st.sampled_from(["", "Connect", "Send", "server", "client", "Stop", "curl Listen", "Relay"]),
)
def test_every_check_ends_whatever_happens(
    check: tuple[tuple[str, ...], str],
    events: list[tuple[p.Event, float]],
    looks: list[tuple[bool, str]],
    by_hand: str,
) -> None:
    steps, transport = check
    world = World(*steps, transport=transport, by_hand=by_hand)
    for event, pause in events:
        world.happens(event, "sandbox")
        world.time_passes(pause)
    for ticks in range(600):
        if world.script.finished:
            break
        assert world.script.wake_at <= 100 + 60 + 4
        world._wake()
        while world.probes:
            stuck, call = looks[ticks % len(looks)] if looks else (False, "poll")
            world._answer(world.probes.pop(0), [blocked(call, actor="curl")], stuck=stuck)
    assert world.script.finished
    if world.script.verdict is not None:
        assert world.verdict.reason in REASONS
        assert world.verdict.reason != "internal"
        assert world.verdict.message
