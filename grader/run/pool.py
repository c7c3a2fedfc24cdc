"""Workers, each with a bench of its own, and tasks handed out as workers become free.

Results come back in the order they finish and do not depend on how many workers there are. At
most a few tasks are in memory at once, so a class of a thousand costs what a class of ten does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Generic, TypeVar

from grader.testbed.bench import Bench, BenchError

BenchOf = Callable[[], Bench]
Task = TypeVar("Task")
Answer = TypeVar("Answer")


class Pool(Generic[Task, Answer]):
    """Runs `work(task, bench_of)` for every task; a bench is made when first asked for."""

    def __init__(
        self, size: int, make_bench: Callable[[], Bench], work: Callable[[Task, BenchOf], Answer]
    ) -> None:
        self._size, self._make, self._work = size, make_bench, work
        self._mine = threading.local()
        self._benches: list[Bench] = []
        self._lock = threading.Lock()
        self._cancelled = False

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Answer | BenchError]]:
        """Yield each task with its answer, or with the fault that kept it from one.

        When the caller stops listening (Ctrl-C included), what runs is ended and dropped.
        """
        remaining = iter(tasks)
        waiting: dict[Future[Answer], Task] = {}
        executor = ThreadPoolExecutor(self._size, thread_name_prefix="worker")
        try:
            while True:
                for task in islice(remaining, 2 * self._size - len(waiting)):
                    waiting[executor.submit(self._do, task)] = task
                if not waiting:
                    return
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    task = waiting.pop(future)
                    try:
                        yield task, future.result()
                    except BenchError as error:
                        yield task, error
        finally:
            self._cancel()
            executor.shutdown(wait=True, cancel_futures=True)
            for bench in self._benches:
                bench.close()

    def _do(self, task: Task) -> Answer:
        return self._work(task, self._bench)

    def _bench(self) -> Bench:
        """Return the bench of the worker that asks; raises `BenchError`."""
        bench: Bench | None = getattr(self._mine, "bench", None)
        if bench is None:
            bench = self._make()
            self._mine.bench = bench
            with self._lock:
                self._benches.append(bench)
                if self._cancelled:
                    bench.cancel()
        return bench

    def _cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            for bench in self._benches:
                bench.cancel()
