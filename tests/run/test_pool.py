"""Tasks on benches: every task answered once, whatever happens to one of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from grader.core.model import Limits
from grader.run.pool import BenchOf, Pool
from grader.testbed.bench import Bench, BenchError


class FakeBench(Bench):
    """A bench without agents that remembers what became of it."""

    made: list[FakeBench]

    def __init__(self) -> None:
        super().__init__()
        self.closed = 0

    def sandbox(self, image: str, limits: Limits) -> str:
        return image

    def clear(self) -> None:
        """Nothing to clear."""

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def benches() -> list[FakeBench]:
    return []


def pool_of(size: int, benches: list[FakeBench], work: object) -> Pool[int, int]:
    def make() -> Bench:
        bench = FakeBench()
        benches.append(bench)
        return bench

    return Pool(size, make, work)  # type: ignore[arg-type]  # tests hand in plain functions


@pytest.mark.parametrize("size", [1, 2, 7])
def test_every_task_is_answered_once_on_no_more_benches_than_asked_for(
    size: int, benches: list[FakeBench]
) -> None:
    def work(task: int, bench_of: BenchOf) -> int:
        bench_of()
        return task * task

    answers = dict(pool_of(size, benches, work).run(range(50)))
    assert answers == {task: task * task for task in range(50)}
    assert 1 <= len(benches) <= size
    assert all(bench.closed for bench in benches)


def test_a_task_that_needs_no_bench_makes_none(benches: list[FakeBench]) -> None:
    answers = dict(pool_of(4, benches, lambda task, bench_of: task).run(range(9)))
    assert len(answers) == 9
    assert benches == []


def test_the_fault_of_one_task_is_its_own_answer(benches: list[FakeBench]) -> None:
    def work(task: int, bench_of: BenchOf) -> int:
        if task == 3:
            raise BenchError("sandbox_lost", "gone")
        return task

    answers = dict(pool_of(2, benches, work).run(range(6)))
    assert isinstance(answers.pop(3), BenchError)
    assert sorted(answers) == [0, 1, 2, 4, 5]


def test_only_a_few_tasks_are_taken_ahead(benches: list[FakeBench]) -> None:
    """A class of a thousand must not be read into memory at once."""
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    running = pool_of(2, benches, lambda task, bench_of: task).run(tasks())
    next(running)
    assert taken <= 8
    running.close()  # type: ignore[attr-defined]  # it is a generator


def test_whoever_stops_listening_ends_what_runs(benches: list[FakeBench]) -> None:
    started = threading.Event()

    def work(task: int, bench_of: BenchOf) -> int:
        bench = bench_of()
        if task == 0:
            return 0
        started.set()
        while True:  # as a check that waits for an event
            bench.next(60)

    running = pool_of(2, benches, work).run(range(5))
    assert next(running)[0] == 0
    started.wait(5)
    begun = time.monotonic()
    running.close()  # type: ignore[attr-defined]  # it is a generator
    assert time.monotonic() - begun < 10
    assert all(bench.closed for bench in benches)
