"""The command to see a fault for oneself: it sends the same bytes, or there is none."""

from __future__ import annotations

import socket
import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.core.command import needs_files, quoted, see_it_yourself
from grader.core.model import Exchange

UP = Exchange(0, "server", "listens", "udp/12000")
CONNECTED = Exchange(0, "alice", "connected", "port 1060")


def connected(actor: str) -> Exchange:
    return Exchange(0, actor, "connected", "port 1060")


def did(actor: str, what: str) -> Exchange:
    return Exchange(0, actor, what)


def sent(data: str, actor: str = "alice") -> Exchange:
    return Exchange(0, actor, "sent", data)


@pytest.mark.parametrize(
    ("transcript", "command"),
    [
        ([CONNECTED, sent("Hi")], "(printf 'Hi'; sleep 1) | nc -w 3 127.0.0.1 1060"),
        ([UP, sent("Hi\n")], r"(printf 'Hi\n'; sleep 1) | nc -u -w 3 127.0.0.1 12000"),
        (
            [CONNECTED, sent("a"), Exchange(0, "alice", "received", "A"), sent("b")],
            "(printf 'a'; sleep 1; printf 'b'; sleep 1) | nc -w 3 127.0.0.1 1060",
        ),
        (
            [CONNECTED, sent("GET /a.html HTTP/1.1\r\nHost: x\r\n\r\n")],
            "curl -v --path-as-is http://127.0.0.1:1060/a.html",
        ),
        (
            [CONNECTED, sent("GET /$(x) HTTP/1.1\r\n\r\n")],
            r"(printf 'GET /$(x) HTTP/1.1\r\n\r\n'; sleep 1) | nc -w 3 127.0.0.1 1060",
        ),
        ([CONNECTED], "nc -w 3 127.0.0.1 1060 </dev/null"),
        (
            [CONNECTED, sent("x" * 1000)],
            r"(head -c 1000 /dev/zero | tr '\0' x; sleep 1) | nc -w 3 127.0.0.1 1060",
        ),
        (
            [Exchange(0, "host", "accepted", "port 1060"), sent("A", "host")],
            "printf 'A' | nc -l 1060",
        ),
    ],
)
def test_what_our_client_did(transcript: list[Exchange], command: str) -> None:
    assert see_it_yourself(transcript) == command


@pytest.mark.parametrize(
    "transcript",
    [
        [],
        [sent("nowhere known")],
        [CONNECTED, sent("X" * 121)],
        [CONNECTED, *[sent("x")] * 7],
        [CONNECTED, sent("a"), sent("b", "bob")],
        [CONNECTED, CONNECTED, sent("a")],
        [CONNECTED, *map(connected, ("bob", "carol", "dave"))],
        [CONNECTED, sent("a"), did("alice", "half-closed")],
        [CONNECTED, connected("bob"), did("alice", "reset")],
        [Exchange(0, "host", "accepted", "port 1060"), sent("a", "host"), sent("b", "host")],
    ],
)
def test_no_command_rather_than_a_wrong_one(transcript: list[Exchange]) -> None:
    assert see_it_yourself(transcript) == ""


ALICE, BOB = "(printf 'a'; sleep {}) | nc -w {} 127.0.0.1 1060", "(printf 'b'; sleep 1) | nc -w 3"


@pytest.mark.parametrize(
    ("transcript", "begins"),
    [
        pytest.param(
            [CONNECTED, sent("a"), did("alice", "saw the end"), connected("bob"), sent("b", "bob")],
            f"{ALICE.format(1, 3)}; {BOB}",
            id="one after another",
        ),
        pytest.param(
            [CONNECTED, sent("a"), connected("bob"), sent("b", "bob"), did("alice", "saw the end")],
            f"{ALICE.format(6, 11)} & sleep 1; {BOB}",
            id="side by side: the first is there till the second has given up",
        ),
        pytest.param(
            [CONNECTED, connected("bob"), sent("b", "bob")],
            f"sleep 6 | nc -w 11 127.0.0.1 1060 & sleep 1; {BOB}",
            id="a silent one",
        ),
        pytest.param(
            [CONNECTED, did("alice", "closed"), connected("bob"), sent("b", "bob")],
            f"nc -w 3 127.0.0.1 1060 </dev/null; {BOB}",
            id="one that leaves without a word",
        ),
        pytest.param(
            [CONNECTED, sent("a"), did("alice", "saw the end"), did("bob", "could not connect")],
            f"{ALICE.format(1, 3)}; nc -v -w 3 127.0.0.1 1060 </dev/null",
            id="one that is refused",
        ),
        pytest.param(
            [UP, sent("a"), sent("b", "bob"), sent("c")],
            "(printf 'a'; sleep 2; printf 'c'; sleep 5) | nc -u -w 12 127.0.0.1 12000 & sleep 1; ",
            id="interleaved",
        ),
    ],
)
def test_what_several_clients_did(transcript: list[Exchange], begins: str) -> None:
    assert see_it_yourself(transcript).startswith(begins)


@pytest.mark.parametrize("how", ["closed", "reset"])
def test_who_leaves_at_once_is_played_by_python(how: str) -> None:
    said = "it's $HOME `id` \\ 100 %!\x00\xff"
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        there = Exchange(0, "alice", "connected", f"port {port}")
        command = see_it_yourself([there, sent(said), did("alice", how)])
        assert command.startswith("python3 -c ")
        subprocess.run(["sh", "-c", command], check=True)
        accepted, _ = server.accept()
        with accepted:
            assert received(accepted) == (said.encode("latin-1") if how == "closed" else None)


def received(accepted: socket.socket) -> bytes | None:
    """What came to the end; None after a reset."""
    try:
        return b"".join(iter(lambda: accepted.recv(100), b""))
    except ConnectionResetError:
        return None


def test_a_file_that_was_put_beside_the_program_is_made_first() -> None:
    asked = [CONNECTED, sent("GET /grader_page.html HTTP/1.1\r\n\r\n")]
    command = see_it_yourself(asked, ["grader_page.html", "grader_notes.txt"])
    assert command == (
        r"printf '<h1>hello</h1>\n' >grader_page.html; "
        "curl -v --path-as-is http://127.0.0.1:1060/grader_page.html"
    )
    assert needs_files(command)
    assert not needs_files(see_it_yourself([CONNECTED, sent("a >b")]))


@settings(max_examples=40, deadline=None)
@given(st.binary(min_size=1, max_size=30))
@example(b"-n'%s\\x41$(id)`id`\"\n\x001")
def test_the_shell_prints_the_very_bytes(data: bytes) -> None:
    done = subprocess.run(["sh", "-c", f"printf {quoted(data)}"], capture_output=True, check=True)
    assert done.stdout == data
