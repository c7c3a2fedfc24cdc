"""The command to see a fault for oneself: it sends the same bytes, or there is none."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.core.command import quoted, see_it_yourself
from grader.core.model import Exchange

UP = Exchange(0, "server", "listens", "udp/12000")
CONNECTED = Exchange(0, "alice", "connected", "port 1060")


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
    ],
)
def test_what_our_client_did(transcript: list[Exchange], command: str) -> None:
    assert see_it_yourself(transcript) == command


@pytest.mark.parametrize(
    "transcript",
    [
        [],
        [CONNECTED],
        [sent("nowhere known")],
        [CONNECTED, sent("x" * 121)],
        [CONNECTED, *[sent("x")] * 7],
        [CONNECTED, sent("a"), sent("b", "bob")],
        [CONNECTED, CONNECTED, sent("a")],
        [CONNECTED, sent("a"), Exchange(0, "alice", "reset")],
        [Exchange(0, "host", "accepted", "port 1060"), sent("a", "host")],
    ],
)
def test_no_command_rather_than_a_wrong_one(transcript: list[Exchange]) -> None:
    assert see_it_yourself(transcript) == ""


@settings(max_examples=40, deadline=None)
@given(st.binary(min_size=1, max_size=30))
@example(b"-n'%s\\x41$(id)`id`\"\n\x001")
def test_the_shell_prints_the_very_bytes(data: bytes) -> None:
    done = subprocess.run(["sh", "-c", f"printf {quoted(data)}"], capture_output=True, check=True)
    assert done.stdout == data
