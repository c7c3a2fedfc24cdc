"""Several benches give the same result as one, and one that is lost is made up for."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.core.model import Job, Limits, Result, Spec
from grader.loading import load_specs, load_submission
from grader.run.job import Grading, grade
from grader.run.together import grade_together, most_urgent_first, worth_sharing
from grader.testbed.bench import BenchError
from grader.testbed.local import LocalBench

ROOT = Path(__file__).parents[2]
SPECS = load_specs(ROOT / "specs")


def job_of(folder: str, spec: Spec) -> Job:
    submission = load_submission(ROOT / folder, spec.assignment, "alice", Limits())
    return Job(spec, submission)


def story(result: Result) -> list[tuple[Any, ...]]:
    """What a student is told, in the order it is told."""
    return [(c.id, c.outcome, c.reason, c.points, c.notes, c.cause) for c in result.checks]


@pytest.mark.parametrize(
    "folder",
    [
        "reference_impl/tcp_echo/python",
        "submissions/tcp_echo/li_wei",
        "submissions/chat/ana_pop",
        "submissions/tcp_echo/emma_schmidt",  # Java: not shared, and the same all the same
    ],
)
def test_many_benches_tell_the_same_story_as_one(folder: str) -> None:
    spec = SPECS[folder.split("/")[1]]
    benches = [LocalBench(Limits()) for _ in range(4)]
    try:
        alone = grade(job_of(folder, spec), benches[0])
        together = grade_together(job_of(folder, spec), benches)
    finally:
        for bench in benches:
            bench.close()
    assert story(together) == story(alone)
    assert (together.score, together.notes) == (alone.score, alone.notes)


def test_all_benches_draw_from_one_seed() -> None:
    """With a seed of their own each, a result could not be repeated."""
    benches = [LocalBench(Limits()) for _ in range(4)]
    job = job_of("submissions/udp_echo/chloe_dubois", SPECS["udp_echo"])
    try:
        first = grade_together(job, benches)
        (seed,) = {check.seed for check in first.checks} - {""}
        again = grade_together(msgspec.structs.replace(job, seed=seed), benches)
        alone = grade(msgspec.structs.replace(job, seed=seed), benches[0])
    finally:
        for bench in benches:
            bench.close()
    words = [[(c.id, c.expected, c.received) for c in x.checks] for x in (first, again, alone)]
    assert words[0] == words[1] == words[2]
    assert any(expected for _, expected, _ in words[0])


def test_a_bench_that_is_lost_costs_nothing() -> None:
    class Lost(LocalBench):
        """A bench whose agent is gone."""

        def send(self, agent: str, command: Any) -> None:
            raise BenchError("sandbox_lost", "gone")

    benches = [LocalBench(Limits()), Lost(Limits())]
    try:
        result = grade_together(
            job_of("reference_impl/tcp_echo/python", SPECS["tcp_echo"]), benches
        )
    finally:
        for bench in benches:
            bench.close()
    assert (result.status, result.score) == ("graded", 100)


def test_a_mistake_of_ours_in_one_of_them_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Grading.one

    def one(self: Grading, check: Any, lost: Any) -> Any:
        if check.id == "mixed_text":
            raise ZeroDivisionError
        return real(self, check, lost)

    monkeypatch.setattr(Grading, "one", one)
    benches = [LocalBench(Limits()) for _ in range(2)]
    try:
        with pytest.raises(ZeroDivisionError):
            grade_together(job_of("reference_impl/tcp_echo/python", SPECS["tcp_echo"]), benches)
    finally:
        for bench in benches:
            bench.close()


def test_a_mistake_of_ours_in_building_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    real, built = Grading.build, threading.Event()
    benches = [LocalBench(Limits()) for _ in range(2)]

    def build(self: Grading, found: Any) -> Any:
        if self.bench is benches[1]:
            built.wait(10)
            raise ZeroDivisionError
        try:
            time.sleep(0.2)  # the other has begun by then
            return real(self, found)
        finally:
            built.set()

    monkeypatch.setattr(Grading, "build", build)
    try:
        with pytest.raises(ZeroDivisionError):
            grade_together(job_of("reference_impl/tcp_echo/python", SPECS["tcp_echo"]), benches)
    finally:
        for bench in benches:
            bench.close()


def test_compiled_programs_are_left_to_one_bench() -> None:
    spec = SPECS["tcp_echo"]
    bench = LocalBench(Limits())
    try:
        leader = Grading(job_of("reference_impl/tcp_echo/c", spec), bench)
        assert leader.prepared() is None
        assert not worth_sharing(leader)
    finally:
        bench.close()


def test_what_most_waits_for_is_made_first() -> None:
    """The client meets the reference server late, which takes two programs one after the other."""
    order = [check.id for check in most_urgent_first(SPECS["tcp_echo"].checks)]
    assert sorted(order) == sorted(check.id for check in SPECS["tcp_echo"].checks)
    assert order.index("client_sends") < order.index("closes")
    assert order.index("client_reference") < order.index("exact_reply") < order.index("mixed_text")
