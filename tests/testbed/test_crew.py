"""Agents from one process are agents like others, and none is in the way of another."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.agent import protocol as p
from grader.core.model import Limits
from grader.core.script import SIDECAR
from grader.testbed.bench import BenchError
from grader.testbed.crew import Crew
from grader.testbed.local import LocalBench


@pytest.fixture
def crew() -> Iterator[Crew]:
    with Crew() as made:
        yield made


def bench_of(crew: Crew) -> LocalBench:
    return LocalBench(Limits(), browser="", crew=crew)


def shell(bench: LocalBench, command: str) -> str:
    """Return what a command prints on a bench."""
    bench.send(SIDECAR, p.Spawn("student", ["sh", "-c", command], terminal=False))
    printed = bench.wait(SIDECAR, lambda event: isinstance(event, p.Printed), 30, "printing")
    bench.wait(SIDECAR, lambda event: isinstance(event, p.Exited), 30, "ending")
    assert isinstance(printed, p.Printed)
    return printed.data


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's")
def test_each_has_a_network_of_its_own(crew: Crew) -> None:
    benches = [bench_of(crew) for _ in range(3)]
    try:
        ready = [bench.links[SIDECAR].ready for bench in benches]
        networks = {shell(bench, "readlink /proc/self/ns/net") for bench in benches}
    finally:
        for bench in benches:
            bench.close()
    isolated = all(item is not None and item.isolated for item in ready)
    assert len(networks) == (3 if isolated else 1)


def test_one_that_ends_leaves_the_others_alone(crew: Crew) -> None:
    first, other = bench_of(crew), bench_of(crew)
    first.close()
    try:
        assert shell(other, "echo here") == "here\n"
    finally:
        other.close()


def test_programs_see_no_descriptor_of_the_crew(crew: Crew) -> None:
    bench = bench_of(crew)
    try:
        held = shell(bench, "exec ls /proc/self/fd" if sys.platform == "linux" else "echo 0 1 2")
    finally:
        bench.close()
    assert set(held.split()) <= {"0", "1", "2", "3"}  # 3: the folder itself


def test_what_was_killed_comes_back(crew: Crew) -> None:
    bench = bench_of(crew)
    crew.kill()
    with pytest.raises(BenchError):
        bench.wait(SIDECAR, lambda event: isinstance(event, p.Pong), 30, "answering")
    bench.revive()
    try:
        assert shell(bench, "echo again") == "again\n"
    finally:
        bench.close()


def test_nothing_is_left_when_it_ends() -> None:
    crew = Crew()
    bench = bench_of(crew)
    pid = crew._process.pid
    bench.close()
    crew.close()
    crew.close()
    with pytest.raises(ProcessLookupError):
        os.killpg(pid, 0)


def test_why_it_cannot_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.testbed.crew.PACKAGE", Path("/nowhere/grader"))
    with Crew() as broken, pytest.raises(BenchError, match="No module named") as told:
        bench_of(broken)
    assert told.value.reason == "agent_failed"
