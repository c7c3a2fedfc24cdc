"""Likely causes: each is recognised from its evidence, and not from what only looks like it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.model import CheckResult, Exchange
from grader.core.symptoms import SYMPTOMS, likely_cause
from tests.reports.report_samples import check


def seen(
    expected: str | None = None,
    received: str | None = None,
    sent: tuple[str, ...] = (),
    heard: tuple[str, ...] = (),
    **fields: Any,
) -> CheckResult:
    """Return a failed check with this evidence; alice is the client."""
    transcript = [Exchange(0, "alice", "connected", "port 1060")]
    transcript += [Exchange(0.1, "alice", "sent", text) for text in sent]
    transcript += [Exchange(0.2, "alice", "received", text) for text in heard]
    values: dict[str, Any] = {
        "reason": "wrong_reply",
        "expected": expected,
        "received": received,
        "transcript": tuple(transcript),
        **fields,
    }
    return check("any_name", "fail", **values)


def crashed(output: str, **fields: Any) -> CheckResult:
    return seen(output=output, **{"reason": "crashed", **fields})


TWO_CLIENTS = (
    Exchange(0, "alice", "connected", "port 1060"),
    Exchange(0, "alice", "sent", "one"),
    Exchange(0, "bob", "connected", "port 1060"),
    Exchange(0, "bob", "sent", "two"),
)

SHOWN = [
    ("notation", seen("HELLO", "b'HELLO'")),
    ("padding", seen("HELLO", "HELLO" + "\0" * 1019, reason="extra_reply")),
    ("terminator", seen("HELLO", "HELLO\0")),
    ("stale", seen("HI", "HILLO", ("hello", "hi"), ("HELLO", "HILLO"))),
    ("stale", seen("HI", "HIllo", ("hello", "hi"))),
    ("line_end", seen("HELLO", "HELLO\r\n", ("hello",))),
    ("echo", seen("HELLO", "hello", ("hello",))),
    ("echo", seen("HELLO", "hello\n", ("hello",))),
    ("last_byte", seen("HELLO", "HELLo", ("hello",))),
    ("case", seen("Your data was", "your Data was", ("x",))),
    ("spaces", seen("a  b\r\n", "a b\n")),
    ("characters", seen("was 6 bytes", "was 5 bytes", ("na\xc3\xafve",))),
    ("counted_end", seen("was 5 bytes", "was 6 bytes", ("hello",))),
    ("one_recv", seen("HELLOWORLD", "HELLO", ("hello", "world"), reason="partial_reply")),
    (
        "iterative",
        seen(
            transcript=TWO_CLIENTS,
            reason="no_reply",
            stuck="blocked in recv() on alice's connection, waiting for more",
        ),
    ),
    (
        "waits_for_more",
        seen(
            "HELLO",
            "",
            ("hello",),
            reason="no_reply",
            stuck="blocked in recv() on alice's connection, waiting for more",
        ),
    ),
    (
        "closed_listener",
        seen(
            reason="refused", transcript=(Exchange(1, "server", "stopped listening", "tcp/1060"),)
        ),
    ),
    ("str_and_bytes", crashed("TypeError: a bytes-like object is required, not 'str'")),
    ("not_utf8", crashed("UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff")),
    ("client_left", crashed("ConnectionResetError: [Errno 104] Connection reset by peer")),
    ("client_left", crashed("", message="it was killed by SIGPIPE (it wrote to a connection …)")),
    ("missing_module", crashed("ModuleNotFoundError: No module named 'numpy'")),
    ("end_of_input", crashed("EOFError: EOF when reading a line")),
]

UNSHOWN = [
    seen("HELLO", "JELLY", ("hello",)),
    seen("HELLO", "HELLO there", ("hello",)),
    seen("HELLO", "", ("hello",), reason="no_reply"),
    seen(None, "hello", ("hello",)),
    seen("HELLO", None, ("hello",)),
    seen("was 6 bytes", "was 60 bytes", ("naives",)),
    seen("1 and 2", "2 and 3", ("x",)),
    seen("HELLOWORLD", "HELL", ("hello", "world"), reason="partial_reply"),
    seen("HELLO", "", ("hello\n",), reason="no_reply", stuck="blocked in recv() on alice's"),
    seen(
        transcript=TWO_CLIENTS,
        reason="no_reply",
        stuck="blocked in recv() on bob's connection, waiting for more",
        expected="X",
        received="Y",
    ),
    seen(reason="refused"),
    seen(reason="not_closed", output="ConnectionResetError, handled"),
    check("passed", expected="A", received="a"),
]


@pytest.mark.parametrize(("code", "evidence"), SHOWN, ids=[code for code, _ in SHOWN])
def test_what_is_recognised(code: str, evidence: CheckResult) -> None:
    cause = likely_cause(evidence)
    assert cause is not None
    assert cause.code == code


@pytest.mark.parametrize("evidence", UNSHOWN)
def test_what_only_looks_like_it_is_not(evidence: CheckResult) -> None:
    cause = likely_cause(evidence)
    assert cause is None or cause.code == "waits_for_more"
    assert cause is None or "bob" in evidence.stuck


def test_every_symptom_has_an_example_and_words() -> None:
    assert {code for code, _ in SHOWN} == {symptom.code for symptom in SYMPTOMS}
    assert len({symptom.code for symptom in SYMPTOMS}) == len(SYMPTOMS)
    assert all(symptom.words and symptom.term for symptom in SYMPTOMS)


TEXT = st.one_of(st.none(), st.text(st.characters(max_codepoint=255), max_size=20))


@given(TEXT, TEXT, st.lists(st.text(st.characters(max_codepoint=255), max_size=9), max_size=3))
def test_any_evidence_can_be_looked_at(
    expected: str | None, received: str | None, sent: list[str]
) -> None:
    likely_cause(seen(expected, received, tuple(sent), tuple(sent)))


@given(st.text("0123456789²a", max_size=40), st.text("0123456789²a", max_size=40))
def test_numbers_of_any_length_can_be_compared(expected: str, received: str) -> None:
    likely_cause(seen(expected * 200, received * 200, ("x",)))
