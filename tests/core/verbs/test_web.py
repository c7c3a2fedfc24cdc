"""Requesting pages and judging what comes back; see `test_http` for what students' servers send."""

from __future__ import annotations

import pytest

from grader.agent import protocol as p
from tests.core.script_world import World, blocked, sent_by

GET = ("server starts", "alice connects", "alice requests: GET /")
AWAY = blocked("accept", "listener:1060")


def page(status: str = "200 OK", body: bytes = b"<h1>hi</h1>", *headers: bytes) -> bytes:
    length = b"Content-Length: %d\r\n" % len(body)
    return b"HTTP/1.1 " + status.encode() + b"\r\n" + length + b"".join(headers) + b"\r\n" + body


def judged(options: str, *pieces: bytes, end: bool = True) -> World:
    world = World(*GET, f"alice gets response: {options}")
    world.hears("alice", *pieces)
    if end:
        world.ends("alice")
    if world.outcome == "waits":
        world.settles(AWAY)
    return world


# --------------------------------------------------------------------------------- requesting


def test_a_request_goes_to_the_server_wherever_it_listens() -> None:
    world = World(
        "server starts", "alice connects", "alice requests: GET /${word}.html", by_hand="server"
    )
    world.starts("server", 8080)
    world.settles()
    request = sent_by(world, "alice")
    assert request.startswith(
        b"GET /" + world.word() + b".html HTTP/1.1\r\nHost: localhost:8080\r\n"
    )


def test_a_request_with_headers_and_a_body() -> None:
    step = "alice requests: {line: POST /f, headers: {X-Test: a b}, body: 'x=${word}'}"
    world = World("server starts", "alice connects", step)
    request = sent_by(world, "alice")
    assert b"\r\nX-Test: a b\r\n" in request
    assert request.endswith(b"\r\n\r\nx=" + world.word())


def test_a_request_that_is_not_read() -> None:
    world = World(*GET, by_hand="Send")
    world.settles(blocked("sleep"))
    assert world.outcome == "no_reply"
    world = World(*GET, by_hand="Send")
    world.breaks("alice")
    assert world.outcome == "passes"


# ------------------------------------------------------------------------------------ judging


@pytest.mark.parametrize(
    ("wanted", "got", "reason"),
    [
        ("200", "200 OK", "passes"),
        ("2xx", "204 No Content", "passes"),
        ("[4xx, 501]", "501 Not Implemented", "passes"),
        ("[4xx, 501]", "405 Method Not Allowed", "passes"),
        ("[4xx, 501]", "500 Oops", "wrong_status"),
        ("404", "200 OK", "wrong_status"),
    ],
)
def test_the_status(wanted: str, got: str, reason: str) -> None:
    body = b"" if got.startswith("204") else b"<h1>hi</h1>"
    assert judged(wanted, page(got, body)).outcome == reason


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (b"Content-Type: text/html; charset=utf-8\r\n", "passes"),
        (b"content-type:TEXT/HTML\r\n", "passes"),
        (b"Content-Type: text/plain\r\n", "wrong_header"),
        (b"", "wrong_header"),
    ],
)
def test_the_type(header: bytes, reason: str) -> None:
    assert judged("{type: text/html}", page("200 OK", b"x", header)).outcome == reason


def test_headers_by_value_and_by_being_there() -> None:
    options = '{status: 301, headers: {Location: "/${word}", Server: ""}}'
    word = World(*GET, "alice expects: ${word}").word()
    headers = b"Location: /" + word + b"\r\nServer: mine\r\n"
    assert judged(options, page("301 Moved", b"", headers)).outcome == "passes"
    world = judged(options, page("301 Moved", b"", b"Location: /x\r\nServer: mine\r\n"))
    assert world.outcome == "wrong_header"
    assert "Location" in world.verdict.message


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ("{contains: hi}", "passes"),
        ("{contains: ho}", "wrong_body"),
        ("{lacks: ho}", "passes"),
        ("{lacks: hi}", "file_leaked"),
        ("{status: 4xx, lacks: hi}", "file_leaked"),  # the graver of two faults
        ("{body: <h1>hi</h1>}", "passes"),
        ("{body: <h1>hi}", "wrong_body"),
    ],
)
def test_the_body(options: str, reason: str) -> None:
    assert judged(options, page()).outcome == reason


def test_what_must_not_be_said_must_not_be_said_late() -> None:
    assert judged("{lacks: 'root:'}", page(), b"root:x:0", end=False).outcome == "file_leaked"
    assert judged("{lacks: 'root:'}", page(), end=False).outcome == "passes"


def test_bytes_after_the_body_are_strictly_wrong_even_if_they_come_late() -> None:
    for pieces in ([page() + b"\r\n"], [page(), b"\r\n"]):
        assert judged("{strict: true}", *pieces).outcome == "wrong_header"
        assert judged("{body: <h1>hi</h1>}", *pieces).outcome == "passes"


def test_a_response_to_head() -> None:
    header, body = page().split(b"<", 1)
    assert judged("{head: true}", header).outcome == "passes"
    assert judged("{head: true}", header, end=False).outcome == "passes"
    world = judged("{head: true}", header, b"<" + body)
    assert world.outcome == "wrong_body"
    assert "RFC 9110" in world.verdict.message


def test_two_responses_on_a_connection_that_is_kept_open() -> None:
    world = World(
        *GET, "alice gets response: 200", "alice requests: GET /b", "alice gets response: 404"
    )
    world.hears("alice", page(), b"\r\n", page("404 Not Found"))
    assert world.outcome == "passes"
    world = World(*GET, "alice gets response: 200", "alice gets response: 404")
    world.hears("alice", page() + page("404 Not Found"))
    assert world.outcome == "passes"


# ------------------------------------------------------------- servers that do not get there


def test_closing_may_be_an_answer_to_nonsense() -> None:
    options = "{status: 4xx, or_close: true}"
    assert judged(options).outcome == "passes"
    assert judged(options, page("400 Bad Request")).outcome == "passes"
    assert judged(options, page()).outcome == "wrong_status"
    assert judged(options, end=False).outcome == "no_reply"
    world = World(*GET, f"alice gets response: {options}")
    world.breaks("alice")
    world.settles(AWAY)
    assert world.outcome == "passes"


def test_but_dying_of_it_is_none() -> None:
    world = World(*GET, "alice gets response: {status: 4xx, or_close: true}")
    world.ends("alice")
    assert world.outcome == "waits"
    world.crashes("server", "IndexError: list index out of range")
    world.settles()
    assert world.outcome == "crashed"


@pytest.mark.parametrize("data", [b"", b"HTTP/1.1 200 OK\r\n", page()[:-3]])
def test_a_crash_explains_what_is_missing(data: bytes) -> None:
    world = World(*GET, "alice gets response: 200")
    if data:
        world.hears("alice", data)
    world.ends("alice")
    world.crashes("server", "UnicodeDecodeError: 'utf-8'")
    world.settles()
    assert world.outcome == "crashed"
    assert world.verdict.received == data


def test_a_crash_is_no_excuse_for_a_wrong_answer() -> None:
    world = World(*GET, "alice gets response: 200")
    world.hears("alice", page("404 Not Found"))
    world.crashes("server")
    world.settles()
    assert world.outcome == "wrong_status"


def test_a_crash_after_the_answer_is_not_this_step_s() -> None:
    world = World(*GET, "alice gets response: {status: 200, strict: true}")
    world.hears("alice", page())
    world.ends("alice")
    assert world.outcome == "passes"


def test_a_server_that_serves_one_request_and_ends() -> None:
    world = World(
        *GET,
        "alice gets response: 200",
        "bob connects",
        "bob requests: GET /",
        "bob gets response: 200",
    )
    world.hears("alice", page())
    world.exits("server")
    world.breaks("bob")
    world.settles()
    assert world.outcome == "refused"


def test_a_server_that_reads_on_and_on() -> None:
    world = World(*GET, "alice gets response: 200")
    port = world.stage.tube("alice").local_port
    world.settles(blocked("recv", f"tcp:1060>127.0.0.1:{port}"))
    assert world.outcome == "no_reply"
    assert "blocked in recv() on alice's connection" in world.verdict.message


def test_the_request_line_is_recorded() -> None:
    world = World(*GET, "alice gets response: 200")
    assert any(
        item.what == "sent" and item.data.startswith("GET / ") for item in world.stage.transcript
    )
    assert len(world.given(p.Send)) == 1
