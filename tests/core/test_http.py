"""HTTP as students write it: each response read as a browser would, and judged as a demanding but
fair TA would: content, framing and closing apart, strictly only where the check is about that.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core import http
from grader.core.http import Malformed, Response, lint, request, response
from tests.core.script_world import World, blocked

FILE = b"<h1>caf\xc3\xa9</h1>\n\n<p>x</p>"
CL = b"Content-Length: %d\r\n" % len(FILE)
CHUNKED = b"Transfer-Encoding: chunked\r\n"
TYPE = b"Content-Type: text/html\r\n"
GET = ("server starts", "alice connects", "alice requests: GET /page.html")
LENIENT = f"alice gets response: {{status: 200, body: {{hex: '{FILE.hex()}'}}}}"
STRICT = LENIENT.replace("{status", "{strict: true, status")
STATUS = "alice gets response: 200"


class Case(NamedTuple):
    """A response, how the connection ends, and what must come of it."""

    name: str
    data: bytes
    end: str  # "end", "reset", or "" for a connection that stays open
    lenient: str  # where the page is what counts
    strict: str = ""  # where the rules are, if that makes a difference
    note: str = ""


def ok(*headers: bytes, body: bytes = FILE, line: bytes = b"HTTP/1.1 200 OK\r\n") -> bytes:
    return line + b"".join(headers) + b"\r\n" + body


CASES = [
    # What is right.
    Case("with its length", ok(CL, TYPE), "end", "passes"),
    Case("kept open", ok(CL, TYPE), "", "passes"),
    Case("ended by closing", ok(TYPE), "end", "passes"),
    Case("HTTP/1.0", ok(CL, line=b"HTTP/1.0 200 OK\r\n"), "end", "passes"),
    Case("no header line at all", ok(), "end", "passes"),
    Case("an empty phrase", ok(CL, line=b"HTTP/1.1 200 \r\n"), "end", "passes"),
    Case("another phrase", ok(CL, line=b"HTTP/1.1 200 Here you are\r\n"), "end", "passes"),
    Case("in chunks", ok(CHUNKED, body=b"3\r\n<h1\r\n15\r\n" + FILE[3:] + b"\r\n0\r\n\r\n"),
         "end", "passes"),
    Case("after an interim one", b"HTTP/1.1 100 Continue\r\n\r\n" + ok(CL), "end", "passes"),
    Case("reset after all of it", ok(CL), "reset", "passes"),
    # What browsers forgive.
    Case("bare LF", ok(CL).replace(b"\r\n", b"\n"), "end", "passes", "not_http", "bare LF"),
    Case("LF in one line", ok(CL, b"Server: me\n"), "end", "passes", "not_http", "bare LF"),
    Case("no phrase, no space", ok(CL, line=b"HTTP/1.1 200\r\n"), "end", "passes", "not_http",
         "no space after the code"),
    Case("length 2 too small", ok(b"Content-Length: %d\r\n" % (len(FILE) - 2)), "end", "passes",
         "wrong_header", "Content-Length says"),
    Case("length 2 too large", ok(b"Content-Length: %d\r\n" % (len(FILE) + 2)), "end", "passes",
         "wrong_header", "Content-Length says"),
    Case("length in characters", ok(b"Content-Length: %d\r\n" % len(FILE.decode())), "end",
         "passes", "wrong_header", "Content-Length says"),
    Case("a line end after the body", ok(CL) + b"\r\n", "end", "passes", "wrong_header"),
    # What is wrong.
    Case("a line end after an unmeasured body", ok(TYPE) + b"\r\n", "end", "wrong_body"),
    Case("another file", ok(body=b"<h1>hi</h1>"), "end", "wrong_body"),
    Case("nothing but the header", ok(TYPE, body=b""), "end", "wrong_body"),
    Case("cut short", ok(CL, body=FILE[:9]), "end", "wrong_body", "wrong_header"),
    Case("cut short by a reset", ok(CL, body=FILE[:9]), "reset", "wrong_body", "wrong_header"),
    Case("length too large, kept open", ok(b"Content-Length: 99\r\n"), "", "partial_reply"),
    Case("no length, kept open", ok(TYPE), "", "partial_reply"),
    Case("no empty line", b"HTTP/1.1 200 OK\r\n" + TYPE + FILE, "end", "not_http"),
    Case("no empty line, kept open", b"HTTP/1.1 200 OK\r\n" + TYPE + FILE[:9], "", "not_http"),
    Case("no line ends at all", b"HTTP/1.1 200 OK" + FILE[:9], "end", "not_http"),
    Case("no version", ok(line=b"200 OK\r\n"), "end", "not_http"),
    Case("another version", ok(line=b"HTTP/2 200 OK\r\n"), "end", "not_http"),
    Case("small letters", ok(line=b"http/1.1 200 ok\r\n"), "end", "not_http"),
    Case("no code", ok(line=b"HTTP/1.1 OK\r\n"), "end", "not_http"),
    Case("code and phrase in one", ok(line=b"HTTP/1.1 200OK\r\n"), "end", "not_http"),
    Case("two spaces", ok(line=b"HTTP/1.1  200 OK\r\n"), "end", "not_http"),
    Case("a line before it", b"\r\n" + ok(CL), "end", "not_http"),
    Case("the file as it is (HTTP/0.9)", FILE, "end", "not_http"),
    Case("a printed bytes object", b"b'HTTP/1.1 200 OK'", "end", "not_http"),
    Case("a header line without a colon", ok(b"text/html\r\n"), "end", "not_http"),
    Case("a space before the colon", ok(b"Content-Type : x\r\n"), "end", "not_http"),
    Case("a length that is no number", ok(b"Content-Length: many\r\n"), "end", "not_http"),
    Case("chunks that are none", ok(CHUNKED), "end", "partial_reply"),
    Case("404", ok(line=b"HTTP/1.1 404 Not Found\r\n"), "end", "wrong_status"),
    Case("404 OK", ok(line=b"HTTP/1.1 404 OK\r\n"), "end", "wrong_status"),
    Case("nothing", b"", "end", "closed_early"),
    Case("nothing but a reset", b"", "reset", "reset"),
    Case("nothing at all", b"", "", "no_reply"),
    Case("only an interim one", b"HTTP/1.1 100 Continue\r\n\r\n", "end", "not_http"),
]  # fmt: skip


def judged(step: str, data: bytes, end: str, pieces: list[int] | None = None) -> World:
    world = World(*GET, step)
    for size in pieces or []:
        world.hears("alice", *filter(None, [data[:size]]))
        data = data[size:]
    world.hears("alice", *filter(None, [data]))
    if end:
        world.ends("alice") if end == "end" else world.breaks("alice")
    if world.outcome == "waits":
        world.settles(blocked("accept", "listener:1060"))
    return world


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_page_is_what_counts(case: Case) -> None:
    world = judged(LENIENT, case.data, case.end)
    assert world.outcome == case.lenient
    assert any(case.note in note for note in world.notes) or not case.note


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_rules_are_what_counts(case: Case) -> None:
    assert judged(STRICT, case.data, case.end).outcome == (case.strict or case.lenient)


@given(st.sampled_from(CASES), st.lists(st.integers(1, 30), max_size=5))
def test_neither_depends_on_where_segments_end(case: Case, pieces: list[int]) -> None:
    assert judged(LENIENT, case.data, case.end, pieces).outcome == case.lenient
    assert judged(STRICT, case.data, case.end, pieces).outcome == (case.strict or case.lenient)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.lenient == "passes"], ids=lambda c: c.name
)
def test_nothing_is_certain_before_enough_has_come(case: Case) -> None:
    for end in range(len(case.data) - len(FILE)):
        world = World(*GET, LENIENT)
        world.hears("alice", case.data[:end]) if end else None
        assert not world.is_failing


# ----------------------------------------------------------------------------- in which words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("length too large, kept open", "Content-Length says 99 bytes, but 24 came so far"),
        ("no length, kept open", "no Content-Length says where it ends"),
        ("no empty line", "malformed header line: '<h1>"),
        (
            "no empty line, kept open",
            "no empty line ends the header, and the connection stays open",
        ),
        ("no line ends at all", "no empty line ends the header"),
        ("no version", "does not begin with HTTP/1.0 or HTTP/1.1"),
        ("another version", "'HTTP/2 200 OK'"),
        ("no code", "no status code: 'HTTP/1.1 OK'"),
        ("two spaces", "the status line is malformed: 'HTTP/1.1  200 OK'"),
        ("a line before it", "white space before the status line"),
        ("a header line without a colon", "malformed header line: 'text/html'"),
        ("a space before the colon", "malformed header line: 'Content-Type : x'"),
        ("a length that is no number", "the header is malformed: bad Content-Length"),
        ("another file", "11 bytes instead of 24, different from byte 5 on"),
        ("404", "the status is 404, it should be 200"),
        ("nothing", "closed the connection without a word"),
        ("nothing at all", "your server sent nothing"),
        ("only an interim one", "no final response"),
    ],
)
def test_words(name: str, words: str) -> None:
    (case,) = (case for case in CASES if case.name == name)
    assert words in judged(LENIENT, case.data, case.end).verdict.message


def test_a_wrong_length_is_told_with_both_numbers() -> None:
    world = judged(STRICT, ok(b"Content-Length: 26\r\n"), "end")
    assert world.verdict.message == "Content-Length says 26 bytes, but 24 came before the end"


def test_a_truncated_page_whose_content_nobody_asked_for() -> None:
    short = ok(CL, body=FILE[:9])
    assert judged(STATUS, short, "end").outcome == "passes"
    assert "Content-Length says" in judged(STATUS, short, "end").notes[0]
    assert judged(STATUS, short, "reset").outcome == "partial_reply"


# ------------------------------------------------------------------------------ read directly


def test_a_complete_response() -> None:
    got = response(ok(CL, TYPE, b"X-A: 1\r\n"), ended=False)
    assert isinstance(got, Response)
    assert (got.status, got.reason, got.body, got.extra) == (200, b"OK", FILE, b"")
    assert got.header("content-TYPE") == "text/html"
    assert got.header("missing") is None
    assert got.findings == ()


def test_more_is_needed_until_it_is_complete_or_the_connection_ends() -> None:
    assert response(b"", ended=False) is None
    assert response(ok(TYPE), ended=False) is None
    assert isinstance(response(ok(TYPE), ended=True), Response)
    assert isinstance(response(b"", ended=True), Malformed)


def test_a_response_to_head_has_no_body() -> None:
    got = response(ok(CL, body=b""), ended=False, method="HEAD")
    assert isinstance(got, Response)
    assert got.body == b""
    with_body = response(ok(CL), ended=False, method="HEAD")
    assert isinstance(with_body, Response)
    assert with_body.extra == FILE


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        (b"HTTP/1.1 404 OK", "the status line says 404 'OK'"),
        (b"HTTP/1.1 404 Found", "the status line says 404 'Found'"),
        (b"HTTP/1.1 400 ok", "the status line says 400 'ok'"),
    ],
)
def test_phrases_that_contradict_their_code(line: bytes, finding: str) -> None:
    status = int(line.split()[1])
    assert lint(line + b"\r\n\r\n", status) == [finding]
    assert lint(b"HTTP/1.1 404 Not Found\r\n\r\n", 404) == []


def test_a_line_feed_in_the_body_is_no_finding() -> None:
    assert lint(ok(CL, body=b"a\nb\r\n\r\nc\n\n"), 200) == []


def test_a_blank_line_in_the_body_does_not_hide_the_header_s_line_feeds() -> None:
    assert len(lint(b"HTTP/1.1 200 OK\nA: b\n\nbody\r\n\r\n", 200)) == 1


@given(st.binary(max_size=60))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for ended in (False, True):
        for start in (b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"):
            assert isinstance(response(start + data, ended=ended), Response | Malformed | None)


# ---------------------------------------------------------------------------------- requests


def test_a_request_closes_the_connection_unless_told_otherwise() -> None:
    made = request("GET /a", {"X": "1"}, b"", "localhost:80")
    assert made == (
        b"GET /a HTTP/1.1\r\nHost: localhost:80\r\nUser-Agent: grader\r\nAccept: */*\r\n"
        b"Connection: close\r\nX: 1\r\n\r\n"
    )
    assert b"Connection: keep-alive\r\n" in request("GET /", {"Connection": "keep-alive"}, b"", "h")


def test_a_request_with_another_version_and_a_body() -> None:
    made = http.request("POST /form HTTP/1.0", {}, b"a=1", "h")
    assert made.startswith(b"POST /form HTTP/1.0\r\n")
    assert made.endswith(b"Content-Length: 3\r\n\r\na=1")
