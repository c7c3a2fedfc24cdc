"""What is added to a failed check, and what is left out where the spec hides what it expects."""

from __future__ import annotations

import msgspec
import pytest

from grader.core.model import CheckResult
from grader.core.outcome import REASONS
from grader.core.symptoms import explained
from tests.core.symptoms.evidence_samples import seen

SECRET = "the secret word"


def hidden(reason: str, message: str) -> CheckResult:
    one = seen(SECRET, "another", ("x",), reason=reason, message=message, differs_at=0)
    return explained(one, hide_expected=True)


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("wrong_reply", f"your server did not say {SECRET}"),
        ("partial_reply", "only the first 7 of 15 bytes came"),
        ("wrong_header", f"the header X is 'y', it should be {SECRET!r}"),
        ("wrong_code", "your server answered 250 to DATA, expected 354"),
    ],
)
def test_what_is_hidden_is_nowhere(reason: str, message: str) -> None:
    one = hidden(reason, message)
    kept = msgspec.json.encode(one).decode()
    assert SECRET not in kept
    assert (one.expected, one.differs_at) == (None, None)
    assert one.message == REASONS[reason].means
    assert one.received == "another"


def test_how_a_program_ended_is_told_all_the_same() -> None:
    said = "your server ended: it was killed by SIGSEGV (bad memory access)"
    one = hidden("crashed", said)
    assert (one.message, one.expected) == (said, None)


def test_what_was_expected_is_evidence_even_where_it_is_hidden() -> None:
    one = explained(seen("HELLO", "hello", ("hello",)), hide_expected=True)
    assert one.cause is not None
    assert one.cause.code == "echo"


def test_nothing_is_hidden_that_the_spec_shows() -> None:
    one = explained(seen(SECRET, "another", message=SECRET))
    assert (one.message, one.expected) == (SECRET, SECRET)
