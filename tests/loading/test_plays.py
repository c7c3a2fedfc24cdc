"""Checks in Python: found beside the spec, played with the same actors, faults told as ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.core.model import Job, Limits, Spec, Submission
from grader.core.stage import Launch
from grader.loading import LoadError, load_spec
from grader.run.play import Played, play
from grader.testbed.local import LocalBench

SPEC = """\
assignment: counting
title: Counts up
programs:
  server: {{entry: ["*server*"], listens: tcp/12000}}
checks:
  - id: guesses
    title: Answers with the next number
    points: 10
    program: server
    python: {where}
"""

PLAY = """
def guesses(cast):
    server, alice = cast.server, cast.alice
    yield server.starts()
    yield alice.connects()
    yield alice.sends("1")
    for _ in range(3):
        reply = yield alice.expects(matches="[0-9]+")
        yield alice.sends(str(int(reply) + 1))
    last = yield alice.expects(matches="[0-9]+")
    if int(last) > 100:
        yield cast.fails(f"{int(last)} is too much")
    yield alice.closes()

def wrong_verb(cast):
    yield cast.alice.dances()

def wrong_option(cast):
    yield cast.alice.sends(colour="red")

def raises(cast):
    yield cast.server.starts()
    raise ZeroDivisionError("oh")

def no_generator(cast):
    return []
"""

SERVER = b"""
import socket
s = socket.create_server(("", 12000))
while True:
    c, _ = s.accept()
    while data := c.recv(100):
        c.send(str(int(data) + STEP).encode())
"""


def load(folder: Path, where: str) -> Spec:
    (folder / "plays.py").write_text(PLAY)
    (folder / "counting.yml").write_text(SPEC.format(where=where))
    return load_spec(folder / "counting.yml")


def run(spec: Spec, step: int) -> Played:
    bench = LocalBench(Limits())
    try:
        source = SERVER.replace(b"STEP", str(step).encode())
        check = next(item for item in spec.checks if item.python)
        launch = Launch(("python3", "-c", source.decode()))
        job = Job(spec, Submission("counting", "alice", {}))
        return play(bench, job, check, {"server": launch}, {"server": "sidecar"})
    finally:
        bench.close()


def test_what_comes_next_can_depend_on_what_came(tmp_path: Path) -> None:
    spec = load(tmp_path, "plays.py:guesses")
    assert run(spec, 1).verdict is None


def test_a_play_fails_with_words_of_its_own(tmp_path: Path) -> None:
    verdict = run(load(tmp_path, "plays.py:guesses"), 50).verdict
    assert verdict
    assert verdict.reason == "wrong_reply"
    assert verdict.message == "204 is too much"


@pytest.mark.parametrize("name", ["wrong_verb", "wrong_option", "raises"])
def test_a_mistake_in_a_play_is_never_the_students(tmp_path: Path, name: str) -> None:
    verdict = run(load(tmp_path, f"plays.py:{name}"), 1).verdict
    assert verdict
    assert verdict.reason == "spec_broken"
    assert verdict.outcome == "error"


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("plays.py", "names no function"),
        ("nowhere.py:guesses", "no file nowhere.py"),
        ("../plays.py:guesses", "names no function"),
        ("plays.py:no_generator", "yields steps"),
        ("plays.py:missing", "yields steps"),
        ("counting.yml:guesses", "no Python file"),
    ],
)
def test_a_play_that_cannot_be_loaded_is_told_with_its_line(
    tmp_path: Path, where: str, said: str
) -> None:
    with pytest.raises(LoadError, match=said) as told:
        load(tmp_path, where)
    assert "counting.yml:10:" in str(told.value)


def test_a_change_of_the_play_changes_the_specs_digest(tmp_path: Path) -> None:
    before = load(tmp_path, "plays.py:guesses").digest
    changed: Callable[[str], int] = (tmp_path / "plays.py").write_text
    changed(PLAY + "# more\n")
    assert load_spec(tmp_path / "counting.yml").digest != before
