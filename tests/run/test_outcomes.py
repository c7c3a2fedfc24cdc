"""What a report shows of what programs printed."""

from __future__ import annotations

from grader.run.outcomes import LAST_LINES, last_lines
from tests.core.script_world import World


def test_our_client_s_words_come_before_the_student_s_last_ones() -> None:
    world = World("server starts", "smtplib runs: [mail]", "smtplib exits: 0")
    world.prints("server", b"ready\nTraceback\n")
    world.prints("smtplib", b"client: helo\nserver: 500 What?\n")
    shown = "[smtplib]\nclient: helo\nserver: 500 What?\n[server]\nready\nTraceback"
    assert last_lines(world.stage) == shown


def test_who_prints_nothing_is_left_out_and_who_prints_much_is_cut() -> None:
    world = World("server starts", "smtplib runs: [mail]", "smtplib exits: 0")
    world.prints("server", b"".join(b"line %d\n" % number for number in range(100)))
    lines = last_lines(world.stage).splitlines()
    assert lines[0] == "[server]"
    assert lines[1:] == [f"line {number}" for number in range(100 - LAST_LINES, 100)]
