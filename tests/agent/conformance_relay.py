"""What every agent's relay does with datagrams: a suite over an `agent` fixture."""

from __future__ import annotations

from typing import Any

from grader.agent.protocol import (
    Bound,
    CouldNot,
    Datagram,
    Listen,
    Listening,
    Printed,
    Probe,
    Probed,
    Relay,
    Relayed,
    SendTo,
)
from tests.agent.client import Client

PORT = 12000
BEHIND = 12001
ECHO = f"""
import socket
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("", {BEHIND}))
while True:
    data, source = sock.recvfrom(65535)
    print(source[1], data.decode(), flush=True)
    sock.sendto(data.upper(), source)
"""


def opens(agent: Client, *actors: str) -> None:
    for actor in actors:
        agent.ask(Listen(actor, "udp", [0]), Listening, actor=actor)


def relay(agent: Client, *ports: int, **plans: Any) -> None:
    """Open a relay in front of whoever has the port behind it."""
    agent.ask(Relay("wire", [*(ports or [PORT])], "127.0.0.1", BEHIND, **plans), Listening)


def say(agent: Client, actor: str, *texts: str, port: int = PORT) -> None:
    agent.send(*(SendTo(actor, text, "127.0.0.1", port) for text in texts))


def heard(agent: Client, actor: str, count: int) -> list[str]:
    """Wait for that many datagrams, and for what may follow them."""
    while len(agent.all(Datagram, actor=actor)) < count:
        seen = len(agent.events)
        agent.settle()
        assert len(agent.events) > seen
    agent.settle()
    return [event.data for event in agent.all(Datagram, actor=actor)]


def told(agent: Client, way: str = "to_server") -> list[tuple[str, int]]:
    return [(event.what, event.number) for event in agent.all(Relayed, way=way)]


class RelayConformance:
    """Datagrams through a relay."""

    def test_clients_are_told_apart_and_each_gets_its_replies(self, agent: Client) -> None:
        agent.python("server", ECHO)
        agent.wait(Bound, actor="server", port=BEHIND)
        opens(agent, "alice", "bob")
        relay(agent)
        say(agent, "alice", "one", "two")
        say(agent, "bob", "three")
        assert heard(agent, "alice", 2) == ["ONE", "TWO"]
        assert heard(agent, "bob", 1) == ["THREE"]
        assert {event.port for event in agent.all(Datagram)} == {PORT}
        rows = agent.wait_for_text(Printed, "server", "three").split("\n")[:3]
        sources = {row.split()[1]: row.split()[0] for row in rows}
        assert sources["one"] == sources["two"] != sources["three"]
        assert told(agent) == [("passed", 1), ("passed", 2), ("passed", 1)]

    def test_each_misbehaviour_strikes_where_it_is_told_to(self, agent: Client) -> None:
        opens(agent, "alice")
        agent.ask(Listen("host", "udp", [BEHIND]), Listening, actor="host")
        plan = {"loses": [2], "doubles": [3], "swaps": [4], "delays": [1], "delay": 0.2}
        relay(agent, to_server=plan)
        say(agent, "alice", *"abcdef")
        agent.wait(Datagram, actor="host", data="a")
        assert heard(agent, "host", 6) == ["c", "c", "e", "d", "f", "a"]
        assert told(agent) == [
            ("delayed", 1),
            ("lost", 2),
            ("doubled", 3),
            ("swapped", 4),
            ("passed", 5),
            ("released", 4),
            ("passed", 6),
            ("released", 1),
        ]

    def test_replies_are_mistreated_too(self, agent: Client) -> None:
        agent.python("server", ECHO)
        agent.wait(Bound, actor="server", port=BEHIND)
        opens(agent, "alice", "bob")
        relay(agent, to_client={"loses": [1], "doubles": [2]})
        say(agent, "alice", "a", "b")
        say(agent, "bob", "c", "d")
        assert heard(agent, "alice", 2) == ["B", "B"]
        assert heard(agent, "bob", 2) == ["D", "D"]
        assert not [fate for fate in told(agent) if fate[0] != "passed"]

    def test_what_it_holds_is_in_flight(self, agent: Client) -> None:
        """Programs that wait for it are not stuck, until they wait for nothing."""
        agent.python("server", ECHO)
        agent.wait(Bound, actor="server", port=BEHIND)
        opens(agent, "alice")
        relay(agent, to_server={"delays": [1], "delay": 1.0})
        say(agent, "alice", "late")
        agent.wait(Relayed, what="delayed")
        held = agent.ask(Probe(1), Probed, token=1)
        assert (held.stuck, held.pending) == (False, True)
        agent.wait(Datagram, actor="alice", data="LATE")
        free = agent.ask(Probe(2), Probed, token=2)
        assert not free.pending

    def test_a_reply_from_another_port_goes_no_further(self, agent: Client) -> None:
        opens(agent, "alice", "mallory")
        agent.ask(Listen("host", "udp", [BEHIND]), Listening, actor="host")
        relay(agent)
        say(agent, "alice", "hi")
        client = agent.wait(Datagram, actor="host").port
        say(agent, "mallory", "HI", port=client)
        agent.wait(Relayed, what="stray", way="to_client", data="HI")
        agent.settle()
        assert not agent.all(Datagram, actor="alice")

    def test_a_client_is_met_at_any_of_its_ports(self, agent: Client) -> None:
        agent.ask(Listen("host", "udp", [BEHIND]), Listening, actor="host")
        opens(agent, "alice")
        relay(agent, PORT, PORT + 7)
        say(agent, "alice", "hi", port=PORT + 7)
        client = agent.wait(Datagram, actor="host", data="hi").port
        assert agent.wait(Relayed, what="passed").local_port == PORT + 7
        say(agent, "host", "HI", port=client)
        agent.wait(Datagram, actor="alice", data="HI", port=PORT + 7)

    def test_the_first_port_must_be_free(self, agent: Client) -> None:
        agent.ask(Listen("host", "udp", [PORT]), Listening)
        failed = agent.ask(Relay("wire", [PORT], "127.0.0.1", BEHIND), CouldNot, actor="wire")
        assert (failed.what, failed.error) == ("listen", "EADDRINUSE")

    def test_a_reset_ends_it_with_all_it_holds(self, agent: Client) -> None:
        opens(agent, "alice")
        agent.ask(Listen("host", "udp", [BEHIND]), Listening, actor="host")
        relay(agent, to_server={"delays": [1], "delay": 0.1})
        say(agent, "alice", "gone")
        agent.wait(Relayed, what="delayed")
        agent.reset()
        agent.ask(Listen("host", "udp", [BEHIND]), Listening, actor="host")
        agent.ask(Listen("other", "udp", [PORT]), Listening, actor="other")
        assert agent.ask(Probe(3), Probed, token=3).pending is False
        assert not agent.all(Datagram)
