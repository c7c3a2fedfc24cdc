"""SMTP replies as servers write them, read whole, byte by byte, and with what comes after."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.smtp import Malformed, Reply, last_line, reply


class Case(NamedTuple):
    """A reply, its code, the text of its last line, and what is not quite right."""

    data: bytes
    code: int
    text: bytes
    finding: str = ""


WHOLE = [
    Case(b"250 OK\r\n", 250, b"OK"),
    Case(b"220 localhost ESMTP at your service\r\n", 220, b"localhost ESMTP at your service"),
    Case(b"250-localhost\r\n250-SIZE 1000\r\n250 HELP\r\n", 250, b"HELP"),
    Case(b"250-\r\n250 OK\r\n", 250, b"OK"),
    Case(b"221 \xc3\xa0 bient\xc3\xb4t\r\n", 221, b"\xc3\xa0 bient\xc3\xb4t"),
    # What a mail client forgives.
    Case(b"250 OK\n", 250, b"OK", "bare LF"),
    Case(b"250-a\n250 OK\r\n", 250, b"OK", "bare LF"),
    Case(b"250\r\n", 250, b"", "code without a text"),
    Case(b"250 \r\n", 250, b"", "code without a text"),
    Case(b"250\n", 250, b"", "bare LF"),
    Case(b"250OK\r\n", 250, b"OK", "no space"),
    Case(b"250: OK\r\n", 250, b": OK", "no space"),
    Case(b"250-a\r\n251 b\r\n", 251, b"b", "different codes"),
    Case(b"\r\n250 OK\r\n", 250, b"OK", "empty lines"),
    Case(b"\x00250 OK\r\n", 250, b"OK", "NUL"),
    Case(b"250 OK\0\r\n", 250, b"OK\0", "NUL"),
    Case(b"250 " + b"x" * 600 + b"\r\n", 250, b"x" * 600, "more than 512"),
]


@pytest.mark.parametrize("case", WHOLE, ids=lambda case: repr(case.data[:30]))
def test_a_reply_whole_byte_by_byte_and_with_more_behind_it(case: Case) -> None:
    got = reply(case.data, ended=False)
    assert isinstance(got, Reply)
    assert (got.code, got.text, got.used) == (case.code, case.text, len(case.data))
    assert bool(got.findings) == bool(case.finding)
    assert case.finding in " ".join(got.findings)
    for size in range(len(case.data)):
        assert reply(case.data[:size], ended=False) is None, case.data[:size]
    assert reply(case.data + b"354 next\r\n", ended=False) == got
    assert reply(case.data, ended=True) == got


@pytest.mark.parametrize("data", [b"250 OK", b"250", b"250 ", b"250-a\r\n250 OK"])
def test_a_reply_without_a_line_s_end_is_known_only_at_the_end(data: bytes) -> None:
    assert reply(data, ended=False) is None
    got = reply(data, ended=True)
    assert isinstance(got, Reply)
    assert (got.code, got.used) == (250, len(data))
    assert "without a line's end" in got.findings[0]


@pytest.mark.parametrize(
    "data", [b"OK\r\n", b"O", b" 250 OK\r\n", b"2x", b"25\r\n", b"b'250 OK'", b"250-a\r\nb\r\n"]
)
def test_what_is_no_reply_is_known_at_once(data: bytes) -> None:
    for ended in (False, True):
        got = reply(data, ended=ended)
        assert isinstance(got, Malformed)
        assert not got.cut


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "incomplete"),
        (b"25", "incomplete"),
        (b"\r\n", "incomplete"),
        (b"250-a\r\n", "250 and a space is missing"),
        (b"250-a", "250 and a space is missing"),
        (b"250-a\r\n25", "incomplete"),
    ],
)
def test_what_is_cut_short_may_still_become_one(data: bytes, problem: str) -> None:
    assert reply(data, ended=False) is None
    got = reply(data, ended=True)
    assert isinstance(got, Malformed)
    assert got.cut
    assert problem in got.problem


@given(st.binary(max_size=60), st.booleans())
def test_anything_can_be_read(data: bytes, ended: bool) -> None:  # noqa: FBT001 - drawn
    got = reply(data, ended=ended)
    if isinstance(got, Reply):
        assert 0 < got.used <= len(data)
        assert 0 <= got.code <= 999
    if ended:
        assert got is not None


@given(st.text("0123456789 -OK\r\n\0x", max_size=40))
def test_what_is_certain_stays_so(text: str) -> None:
    """No later byte changes an answer that was given."""
    data = text.encode()
    answers = [reply(data[:size], ended=False) for size in range(len(data) + 1)]
    certain = [answer for answer in answers if answer is not None]
    assert all(answer == certain[0] for answer in certain)
    assert [answer is None for answer in answers] == sorted(
        (answer is None for answer in answers), reverse=True
    )


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        (b"", b""),
        (b"HELO me\r\n", b"HELO me"),
        (b"HELO me\r\nQUIT\r\n", b"QUIT"),
        (b"Subject: x\r\n\r\nHi\r\n.\r\n", b"."),
        (b"HELO", b"HELO"),
        (b"\n\n", b""),
    ],
)
def test_what_is_to_be_answered(sent: bytes, line: bytes) -> None:
    assert last_line(sent) == line
