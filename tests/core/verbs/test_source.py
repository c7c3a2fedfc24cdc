"""Steps of `source`: what they find in a hand-in, and what they say about it."""

from __future__ import annotations

import pytest

from grader.core.model import Job, Submission, only_source
from grader.core.outcome import REASONS
from grader.run.play import Played, examine
from tests.core.script_world import World, load

SERVER = b"# A server.\nimport os\nos.system('ls')\nroot = '/home/me/www'\n"
PATHS = "a directory that only your own machine has is written into the code: "
HEAD = """\
assignment: t
programs:
  server: {listens: tcp/1060}
  client: {connects: tcp/1060}
checks:
- id: check
  title: A check
  points: 1
"""


def play(step: str, files: dict[str, bytes], extra: str = "") -> Played:
    """Play a check of one step on some files."""
    spec = load(HEAD + f"{extra}  steps:\n  - {step}\n")
    (check,) = (check for check in spec.checks if check.id == "check")
    assert only_source(check)
    return examine(Job(spec, Submission("t", "alice", files)), check)


def verdict(step: str, files: dict[str, bytes]) -> tuple[str, str]:
    """Return reason and message; two empty texts for a pass."""
    found = play(step, files).verdict
    return (found.reason, found.message) if found else ("", "")


@pytest.mark.parametrize(
    ("step", "files", "message"),
    [
        ("source forbids: eval", {"a.py": SERVER}, ""),
        (
            "source forbids: os.system",
            {"a.py": SERVER},
            "os.system must not be used in this assignment: a.py:3: os.system('ls')",
        ),
        (
            "source forbids: {imports: os, calls: [os.system]}",
            {"a.py": SERVER},
            "os, os.system must not be used in this assignment: a.py:2: import os (and 1 more)",
        ),
        ("source forbids: {anything: os, files: [b.py]}", {"a.py": SERVER, "b.py": b"x"}, ""),
        ("source requires: [socketserver, os]", {"a.py": SERVER}, ""),
        (
            "source requires: {imports: [threading, asyncio]}",
            {"a.py": SERVER},
            "none of these is used anywhere in your code: threading, asyncio",
        ),
        (
            "source requires: fork",
            {"a.c": b'char *s = "fork()"; // fork()'},
            "this is not used anywhere in your code: fork",
        ),
        (
            "source names no absolute paths",
            {"a.py": SERVER},
            PATHS + "a.py:4: root = '/home/me/www'",
        ),
        ("source names no absolute paths: {allow: /home/me}", {"a.py": SERVER}, ""),
        ("source is commented", {"a.py": SERVER}, ""),
        ("source is commented", {"a.py": b"x = 1\n"}, "there are no comments in 1 line of code"),
        (
            "source is commented: {at_least: 2}",
            {"a.py": SERVER},
            "there is 1 comment in 3 lines of code, and 2 are wanted",
        ),
        ("source is commented: {share: 0.3}", {"a.py": SERVER}, ""),
        (
            "source is commented: {share: 0.9}",
            {"a.py": SERVER},
            "there is 1 comment in 3 lines of code, and 3 are wanted",
        ),
        ("source has: readme", {"net/ReadMe.TXT": b"hi"}, ""),
        ("source has: readme", {"README": b"hi"}, ""),
        (
            "source has: readme",
            {"README.md": b" \n", "readme_not.md": b"x", "a.py": SERVER},
            "no file was handed in whose name is readme",
        ),
        ("source has: [readme, '*.pdf']", {"Report (1).PDF": b"%PDF"}, ""),
        ("source has: docs/*", {"docs/a.txt": b"x"}, ""),
    ],
)
def test_what_a_step_finds(step: str, files: dict[str, bytes], message: str) -> None:
    assert verdict(step, files) == (("source_finding", message) if message else ("", ""))


@pytest.mark.parametrize(
    "step", ["source forbids: eval", "source names no absolute paths", "source is commented"]
)
def test_who_hands_in_no_code_has_not_done_without(step: str) -> None:
    reason, message = verdict(step, {"report.docx": b"PK"})
    assert (reason, message) == ("no_program", "no source code was handed in")
    assert reason in REASONS


def test_a_few_findings_are_shown_line_by_line() -> None:
    lines = b"".join(b"eval(%d)\n" % n for n in range(9)) + b"eval('" + b"x" * 400 + b"')\n"
    played = play("source forbids: eval", {"a.py": lines})
    assert played.stage.findings == [
        *(f"a.py:{n + 1}: eval({n})" for n in range(5)),
        "… and 5 more",
    ]
    assert len(play("source forbids: eval", {"a.py": lines[-409:]}).stage.findings[0]) == 160


def test_what_was_not_read_is_a_note() -> None:
    played = play("source forbids: eval", {"a.py": b"x = 1\n" * 100_000})
    assert played.stage.notes == ["only the first 128 KiB of a.py were looked at"]


def test_source_steps_may_stand_among_others() -> None:
    world = World("source has: readme", "server starts", extra="  program: server\n")
    assert world.outcome == "waits"  # for the programs to settle: it has failed
    world.settles()
    assert world.outcome == "source_finding"
