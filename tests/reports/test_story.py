"""The story of a failed check: its parts, and that a caret is shown only where it is true."""

from __future__ import annotations

from typing import Any

import pytest

from grader.reports.story import Block, Text, comparison, story
from tests.reports.report_samples import check, failed


def test_the_parts_of_a_story_in_order() -> None:
    labels = [part.label for part in story(failed(), transcript=10)]
    assert labels == [
        "",
        "",
        "Likely cause",
        "Where it stands",
        "What it printed last",
        "What happened",
        "See it yourself, with your program running",
        "Hint",
        "In general",
    ]


def test_nothing_to_tell_is_left_out() -> None:
    bare = check("a", "fail", reason="no_reply")
    assert story(bare) == [
        Text("", "No reply came"),
        Text(
            "In general",
            "Send the reply on the connection (or to the address) the message came from",
        ),
    ]


def test_a_compilers_words_are_not_the_programs() -> None:
    parts = story(check("a", "fail", reason="build_failed", message="x", output="server.c:1: no"))
    assert Block("What the compiler said", ("server.c:1: no",), folded=True) in parts


def test_a_long_output_keeps_its_end() -> None:
    parts = story(failed(output="\n".join(f"line {n}" for n in range(100)), transcript=()))
    rows = next(part.rows for part in parts if isinstance(part, Block) and "printed" in part.label)
    assert len(rows) == 40
    assert rows[-1] == "line 99"


@pytest.mark.parametrize(
    "fields",
    [
        {"message": "2 of 3 cases; b: the server sent something else, from byte 15 on"},
        {"reason": "partial_reply", "received": "Your data was", "differs_at": 13},
        {"reason": "extra_reply", "received": "Your data was 6 bytes\n", "differs_at": 21},
    ],
)
def test_a_caret_where_bytes_were_compared(fields: dict[str, Any]) -> None:
    assert any("^" in row for row in comparison(failed(**fields), 78))


@pytest.mark.parametrize(
    "fields",
    [
        {"message": "looked for, from byte 15 on", "differs_at": None},
        {"message": "found beyond what was kept", "differs_at": 5000},
        {"reason": "no_reply", "message": "nothing", "received": "", "differs_at": None},
        {"received": None},
        {"expected": None},
    ],
)
def test_no_caret_where_something_was_looked_for(fields: dict[str, Any]) -> None:
    assert not any("^" in row for row in comparison(failed(**fields), 78))


def test_silence_is_called_nothing() -> None:
    one = failed(message="nothing", reason="no_reply", received="", differs_at=None)
    assert comparison(one, 78) == ["expected  Your data was 6 bytes", "received  (nothing)"]


def test_where_it_stands_is_said_once() -> None:
    one = failed(message="no reply (it is reading the keyboard)", stuck="reading the keyboard")
    assert "Where it stands" not in [part.label for part in story(one)]


def test_lines_are_shown_as_lines() -> None:
    head = "HTTP/1.1 200 OK\nA: b\n\n" + "c\n" * 100
    rows = comparison(failed(reason="not_http", message="x", expected=None, received=head), 78)
    assert rows[:3] == ["received  HTTP/1.1 200 OK␊", "          A: b␊", "          ␊"]
    assert len(rows) == 8
    assert rows[-1] == "          " + "c␊" * 18 + "…[+138 bytes]…" + "c␊" * 9


def test_what_the_spec_hides_is_not_shown() -> None:
    assert comparison(failed(expected=None), 78) == ["received  Your data was 5 bytes"]
    assert comparison(failed(expected=None, received=None), 78) == []
