"""What every agent does with sockets, whatever it runs in: a suite over an `agent` fixture."""

from __future__ import annotations

import pytest

from grader.agent.protocol import (
    Accepted,
    Bound,
    Broken,
    Close,
    Connect,
    Connected,
    CouldNot,
    Data,
    Datagram,
    Ended,
    Exited,
    Failed,
    Hold,
    Listen,
    Listening,
    Printed,
    Send,
    SendTo,
    Sent,
)
from tests.agent.client import Client

PORT = 12000
SERVER = f"""
import socket, struct, sys, time
listener = socket.create_server(("", {PORT}))
"""
ECHO = (
    SERVER
    + """
while True:
    conn, _ = listener.accept()
    while data := conn.recv(65536):
        conn.sendall(data.upper())
    conn.sendall(b"BYE")
    conn.close()
"""
)


def start(agent: Client, source: str) -> None:
    agent.python("server", source)
    agent.wait(Bound, actor="server", port=PORT)


def connect(agent: Client, actor: str = "alice", port: int = PORT) -> Connected:
    agent.send(Connect(actor, "127.0.0.1", port))
    return agent.wait(Connected, actor=actor)


class SocketsConformance:
    """TCP and UDP, as clients and as servers."""

    def test_a_client_talks_and_hears(self, agent: Client) -> None:
        start(agent, ECHO)
        mine = connect(agent)
        assert (mine.host, mine.port) == ("127.0.0.1", PORT)
        assert mine.local_port > 0
        agent.send(Send("alice", ["hi"]))
        assert agent.wait(Sent, actor="alice").size == 2
        agent.wait(Data, actor="alice", data="HI")
        agent.send(Close("alice", "half"))
        agent.wait_for_text(Data, "alice", "BYE")
        agent.wait(Ended, actor="alice")

    def test_nobody_there(self, agent: Client) -> None:
        agent.send(Connect("alice", "127.0.0.1", 9))
        told = agent.wait(CouldNot, actor="alice")
        assert (told.what, told.error, told.port) == ("connect", "ECONNREFUSED", 9)

    def test_a_name_is_not_looked_up(self, agent: Client) -> None:
        agent.send(Connect("alice", "grader.example", 80))
        agent.wait(Failed)

    def test_pieces_arrive_as_pieces(self, agent: Client) -> None:
        start(
            agent,
            SERVER
            + """
conn, _ = listener.accept()
print("ready", flush=True)
while data := conn.recv(99): print(len(data))
""",
        )
        connect(agent)
        agent.wait_for_text(Printed, "server", "ready")
        agent.send(Send("alice", ["abc", "d", "ef"], pause=0.2), Send("alice", ["last"]))
        agent.wait(Sent, size=6)
        agent.wait(Sent, size=4)
        agent.send(Close("alice"))
        agent.wait(Exited, actor="server")
        _, *sizes = agent.text(Printed, "server", stream="out").split()
        assert sizes[:2] == ["3", "1"]
        assert sum(map(int, sizes)) == 10

    def test_what_came_before_a_reset_is_kept(self, agent: Client) -> None:
        start(
            agent,
            SERVER
            + """
conn, _ = listener.accept()
conn.recv(9)
conn.sendall(b"x" * 200000 + b"END")
time.sleep(0.1)
conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
conn.close()
""",
        )
        connect(agent)
        agent.send(Send("alice", ["go"]))
        assert agent.wait(Broken, actor="alice").error == "ECONNRESET"
        text = agent.text(Data, "alice")
        assert text.endswith("END")
        assert len(text) == 200003

    def test_unread_bytes_turn_a_close_into_a_reset(self, agent: Client) -> None:
        start(agent, SERVER + "conn, _ = listener.accept()\nconn.recv(5)\nconn.sendall(b'half')\n")
        connect(agent)
        agent.send(Send("alice", ["more than five bytes"]))
        agent.wait(Broken, actor="alice", error="ECONNRESET")
        assert agent.text(Data, "alice") == "half"
        assert not agent.all(Ended)

    def test_sending_to_who_has_left(self, agent: Client) -> None:
        start(agent, SERVER + "conn, _ = listener.accept()\nconn.sendall(b'so long')\nconn.close()")
        connect(agent)
        agent.wait(Ended, actor="alice")
        agent.wait(Exited, actor="server")
        agent.send(Send("alice", ["one"]))
        agent.wait(Sent, size=3)
        agent.send(Send("alice", ["two"]))
        assert agent.wait(CouldNot, actor="alice").error in {"EPIPE", "ECONNRESET"}
        agent.wait(Broken, actor="alice")
        assert agent.text(Data, "alice") == "so long"
        agent.send(Send("alice", ["three"]))
        agent.wait(CouldNot, actor="alice", error="ENOTCONN")

    def test_abort_is_a_reset(self, agent: Client) -> None:
        start(
            agent,
            SERVER
            + """
conn, _ = listener.accept()
try:
    print("ended" if not conn.recv(9) else "data")
except ConnectionResetError:
    print("reset")
""",
        )
        connect(agent)
        agent.send(Close("alice", "abort"), Close("alice"), Close("nobody"))
        agent.wait_for_text(Printed, "server", "reset")

    def test_a_reader_that_never_reads(self, agent: Client) -> None:
        start(
            agent,
            SERVER
            + """
conn, _ = listener.accept()
conn.sendall(b"." * 20_000_000)
print("all sent")
""",
        )
        connect(agent)
        agent.send(Hold("alice"))
        with pytest.raises(AssertionError, match="no Printed"):
            agent.wait(Printed, patience=0.3)
        agent.send(Hold("alice", on=False))
        agent.wait_for_text(Printed, "server", "all sent")
        agent.wait(Ended, actor="alice")
        assert len(agent.text(Data, "alice")) == 20_000_000 - len(agent.text(Data, "nobody"))

    def test_a_large_message_both_ways(self, agent: Client) -> None:
        start(agent, ECHO)
        connect(agent)
        agent.send(Send("alice", ["a" * 3_000_000]), Close("alice", "half"))
        agent.wait(Ended, actor="alice")
        assert agent.text(Data, "alice") == "A" * 3_000_000 + "BYE"

    def test_closing_waits_for_what_is_to_be_sent(self, agent: Client) -> None:
        start(agent, SERVER + "conn, _ = listener.accept()\nwhile d := conn.recv(9): print(d)")
        connect(agent)
        agent.send(Send("alice", ["a", "b", "c"], pause=0.02), Close("alice"))
        agent.wait(Exited, actor="server")
        assert agent.text(Printed, "server", stream="out").split() == ["b'a'", "b'b'", "b'c'"]

    def test_one_actor_has_one_socket(self, agent: Client) -> None:
        start(agent, ECHO)
        connect(agent)
        agent.send(Connect("alice", "127.0.0.1", PORT))
        agent.wait(Failed)
        agent.send(Close("alice"))
        agent.settle()
        connect(agent)

    def test_a_listener_names_its_connections(self, agent: Client) -> None:
        agent.send(Listen("host", "tcp", [PORT, PORT + 1]))
        assert agent.wait(Listening).ports == [PORT, PORT + 1]
        first = connect(agent, "alice")
        second = connect(agent, "bob", PORT + 1)
        one = agent.wait(Accepted, conn="host#1")
        two = agent.wait(Accepted, conn="host#2")
        assert (one.port, one.local_port) == (first.local_port, PORT)
        assert (two.port, two.local_port) == (second.local_port, PORT + 1)
        agent.send(Send("host#2", ["for bob"]), Send("alice", ["for host"]))
        agent.wait(Data, actor="bob", data="for bob")
        agent.wait(Data, actor="host#1", data="for host")

    def test_a_closed_listener_keeps_its_connections(self, agent: Client) -> None:
        agent.ask(Listen("host", "tcp", [0]), Listening)
        port = agent.wait(Listening).ports[0]
        connect(agent, "alice", port)
        agent.wait(Accepted)
        agent.send(Close("host"), Connect("bob", "127.0.0.1", port), Send("alice", ["still here"]))
        agent.wait(CouldNot, actor="bob", error="ECONNREFUSED")
        agent.wait(Data, actor="host#1", data="still here")

    def test_only_the_first_port_must_be_free(self, agent: Client) -> None:
        agent.ask(Listen("other", "tcp", [PORT]), Listening)
        agent.ask(Listen("host", "tcp", [0, PORT]), Listening, actor="host")
        assert len(agent.wait(Listening).ports) == 1
        told = agent.ask(Listen("late", "tcp", [PORT]), CouldNot)
        assert (told.actor, told.what, told.error) == ("late", "listen", "EADDRINUSE")
        assert told.port == PORT

    def test_datagrams_keep_their_source_and_size(self, agent: Client) -> None:
        agent.ask(Listen("host", "udp", [PORT, PORT + 1]), Listening)
        agent.ask(Listen("alice", "udp", [0]), Listening, actor="alice")
        [port] = agent.wait(Listening).ports
        big = "x" * 65507
        agent.send(SendTo("alice", "", "127.0.0.1", PORT), SendTo("alice", big, "localhost", PORT))
        agent.wait(Datagram, actor="host", data="", host="127.0.0.1", port=port, local_port=PORT)
        agent.wait(Datagram, actor="host", data=big)
        agent.send(SendTo("host", "back", "127.0.0.1", port, local_port=PORT + 1))
        agent.wait(Datagram, actor="alice", data="back", port=PORT + 1)
        agent.send(SendTo("alice", big + "x", "127.0.0.1", PORT))
        agent.wait(CouldNot, actor="alice", what="send", error="EMSGSIZE")

    def test_a_datagram_to_nobody_is_refused(self, agent: Client) -> None:
        agent.ask(Listen("alice", "udp", [0]), Listening)
        agent.ask(SendTo("alice", "x", "127.0.0.1", 9), Sent)
        agent.wait(Broken, actor="alice", error="ECONNREFUSED")
        agent.ask(SendTo("alice", "x", "127.0.0.1", 9), Sent)
        agent.wait(Broken, actor="alice", error="ECONNREFUSED")
        agent.send(SendTo("bob", "x", "127.0.0.1", 9))
        agent.wait(CouldNot, actor="bob", error="ENOTCONN")

    def test_a_flood_of_datagrams(self, agent: Client) -> None:
        agent.ask(Listen("host", "udp", [PORT]), Listening)
        agent.ask(Listen("alice", "udp", [0]), Listening)
        agent.send(*(SendTo("alice", str(n), "127.0.0.1", PORT) for n in range(200)))
        agent.settle()
        assert [event.data for event in agent.all(Datagram)] == [str(n) for n in range(200)]
