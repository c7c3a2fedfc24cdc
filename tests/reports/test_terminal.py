"""Reports on a terminal: golden, within 80 columns, and no control sequence gets through."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.core.transcript import columns
from grader.reports.layout import MARKS
from grader.reports.terminal import class_table, submission_feedback
from tests.reports.report_samples import HOSTILE, check, failed, hostile, result

CLASS = [
    result(check("builds"), check("counts_bytes"), student="zoe"),
    result(check("builds"), failed(), student="ann"),
    result(check("builds", "error", reason="engine_lost", message="the engine is gone")),
    result(failed("gets_page", title="Sends the page"), assignment="web", title="", student="bob"),
]

TABLE = """\
chat: TCP chat that counts bytes                                   mean 15 of 20
  alice                  withheld  the engine is gone
  ann                       10/20  █████░░░░░  counts_bytes
  zoe                       20/20  ██████████

web                                                                 mean 0 of 10
  bob                        0/10  ░░░░░░░░░░  gets_page

Failed most
  100 %     1 of 1  web/gets_page      Sends the page
   50 %     1 of 2  chat/counts_bytes  The counts_bytes check

4 submissions, 2 assignments, 6 s of testing
1 withheld: ours to mend, no points were taken"""

SKIPPED = MARKS["skip"]
FEEDBACK = f"""\
chat: TCP chat that counts bytes

  ✓ The builds check                                                       10/10
  ✗ The counts_bytes check                                                  0/10
  ✗ The closes check                                                        0/10
  {SKIPPED} The after check                                                         0/10

✗ The counts_bytes check [counts_bytes]
    Your server sent something else than expected, from byte 15 on.
      expected  Your data was 6 bytes
      received  Your data was 5 bytes
                              ^ byte 15: 6 (0x36) expected, 5 (0x35) came
    Likely cause: it counts characters; take the length of the bytes, before
    decoding them (bytes and characters)
    Where it stands: blocked in accept() while alice's connection is open
    What it printed last:
      [server]
      Listening
    What happened:
        0.000  server  started
        0.031  server  listens    tcp/1060
        0.040  alice   connected  port 1060
        0.041  alice   sent       naïve  (6 bytes)
        0.043  alice   received   Your data was 5 bytes  (21 bytes)
    See it yourself, with your program running:
      (printf 'na\\303\\257ve'; sleep 1) | nc -w 3 127.0.0.1 1060
    Hint: Count the bytes you received, not the characters you decoded.
    In general: Compare the two lines byte by byte

✗ The closes check [closes]
    Your server keeps the connection open.
    Hint: Call close().

More about another: the same command with --only and its name in brackets.

{SKIPPED} Not tried because of: it (1 check)

10 of 40: 1 check passed, 2 failed, 1 not tried"""


def test_the_table_of_a_class() -> None:
    assert class_table(CLASS) == TABLE


def test_an_empty_class() -> None:
    assert class_table([]) == "No submissions."


def test_many_failed_checks_are_counted() -> None:
    many = result(*(failed(f"a_rather_long_name_{n}") for n in range(9)))
    line = class_table([many]).splitlines()[1]
    assert line.endswith("a_rather_long_name_0 +8")


def test_what_was_not_tried_is_counted() -> None:
    one = result(failed("echoes"), check("closes", "skip"), check("next", "skip"))
    assert class_table([one]).splitlines()[1].endswith("echoes (2 not tried)")


def test_the_order_of_grading_makes_no_difference() -> None:
    assert class_table(reversed(CLASS)) == TABLE


def feedback_sample() -> str:
    skipped = check("after", "skip", reason="needs_failed", message="not tried because of: it")
    closes = failed("closes", message="your server keeps the connection open", hint="Call close().")
    return submission_feedback(result(check("builds"), failed(), closes, skipped))


def test_the_feedback_of_a_self_check() -> None:
    assert feedback_sample() == FEEDBACK


def test_verbose_tells_every_story() -> None:
    text = submission_feedback(result(failed("a"), failed("b")), verbose=True)
    assert text.count("What happened") == 2


def test_why_checks_were_not_tried_is_said_once() -> None:
    one, two = (
        check(name, "skip", reason="needs_failed", message="not tried because of: it")
        for name in ("c", "d")
    )
    text = submission_feedback(result(failed("a"), one, two))
    assert text.count("because of") == 1
    assert f"{SKIPPED} Not tried because of: it (2 checks)" in text


def test_a_perfect_submission_gets_a_short_answer() -> None:
    text = submission_feedback(result(check("a"), check("b")))
    assert text.splitlines()[-1] == "20 of 20: 2 checks passed"
    assert len(text.splitlines()) == 6


def test_our_own_fault_is_said_to_be_ours() -> None:
    text = submission_feedback(CLASS[2])
    assert "! The builds check: the engine is gone" in text
    assert "Withheld, no points were taken: the engine is gone" in text


def test_colour_only_when_asked_for_and_only_around_lines() -> None:
    assert "\x1b" not in class_table(CLASS)
    painted = class_table(CLASS, colour=True)
    assert re.sub(r"\x1b\[\d+m", "", painted) == TABLE
    assert all(line.count("\x1b") in {0, 2} for line in painted.splitlines())
    assert "\x1b" in submission_feedback(CLASS[0], colour=True)


def test_a_command_is_never_cut() -> None:
    long = failed()
    sent = long.transcript[3].__class__(0.1, "alice", "sent", "\xff" * 40)
    whole = failed(transcript=(*long.transcript[:3], sent))
    assert "\\377'; sleep 1) | nc -w 3 127.0.0.1 1060" in submission_feedback(result(whole))


def fits(text: str) -> None:
    for line in text.split("\n"):
        assert line.isprintable()
        assert columns(line) <= 80 or "| nc " in line


@settings(deadline=None)
@given(st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE)))
def test_eighty_columns_and_no_control_sequences(text: str) -> None:
    one = hostile(text)
    fits(class_table([one, *CLASS]))
    fits(submission_feedback(one, "ta", verbose=True))
