"""Grading one submission on several benches at once: for a self-check, where somebody waits.

Each bench has a network of its own, so that no two checks meet. The first compiles and finds out
how the programs want to be started; the others take over its findings. A check begins as soon as
all that it needs has passed, in the spec's order otherwise; the result is the same as one by one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from grader.core.languages import Found
from grader.core.model import Check, CheckResult, Job, Result
from grader.run.discover import adopt
from grader.run.job import Grading
from grader.testbed.bench import Bench, BenchError

FEW = 3  # checks that are sooner made one by one


def grade_together(job: Job, benches: Sequence[Bench]) -> Result:
    """Grade a submission; raises `BenchError("interrupted")` only."""
    begun = time.monotonic()
    leader = Grading(job, benches[0])
    lost = leader.prepared()
    others = benches[1:] if lost is None and worth_sharing(leader) else ()
    board = _Board(leader, lost)
    threads = [
        threading.Thread(target=_follow, args=(board, bench), daemon=True) for bench in others
    ]
    try:
        for thread in threads:
            thread.start()
        board.work(leader)
        for thread in threads:
            thread.join()
    except BaseException:
        for bench in others:
            bench.cancel()
        raise
    if board.trouble:
        raise board.trouble
    return leader.finished(time.monotonic() - begun)


def worth_sharing(leader: Grading) -> bool:
    """Tell whether others can take a part without compiling anew: programs in Python alone."""
    found = [item for item in leader.found.values() if isinstance(item, Found)]
    played = [check for check in leader.job.spec.checks if not check.builds]
    return all(item.language == "python" for item in found) and bool(found) and len(played) > FEW


def take_over(worker: Grading, leader: Grading) -> None:
    """Be ready for checks by what another bench has found out; raises `BenchError`."""
    worker.found, worker.built, worker.launches = leader.found, leader.built, leader.launches
    worker.results, worker.seed = leader.results, leader.seed
    worker.addresses, worker.notes = adopt(worker.bench, worker.found)
    for name, found in worker.found.items():
        if isinstance(found, Found):
            worker.agents[name] = worker.bench.sandbox(found.image, worker.job.limits)
    for agent in dict.fromkeys(worker.agents.values()):
        worker.unpack(agent)
        worker.remember(agent)


def learn(one: Grading, other: Grading) -> None:
    """Let one know what the other has seen of the programs."""
    one.client_port = one.client_port or other.client_port
    one.deviations = {**other.deviations, **one.deviations}


def _follow(board: _Board, bench: Bench) -> None:
    worker = Grading(board.leader.job, bench)
    try:
        take_over(worker, board.leader)
        board.work(worker)
    except BenchError:
        return  # one hand less: the others make what is left
    except BaseException as error:  # noqa: BLE001 - told by the one who waits
        board.fail(error)


class _Board:
    """Which checks are to be made, are being made, and what came of them."""

    def __init__(self, leader: Grading, lost: BenchError | None) -> None:
        self.leader, self.lost = leader, lost
        self.trouble: BaseException | None = None
        self._changed = threading.Condition()
        self._left = list(leader.job.spec.checks)

    def work(self, worker: Grading) -> None:
        """Make checks until none is left."""
        while check := self._take(worker):
            try:
                result = worker.one(check, self.lost)
            except BaseException:
                self._give_back(check)
                raise
            self._put(worker, check, result)

    def fail(self, error: BaseException) -> None:
        """Give everything up."""
        with self._changed:
            self.trouble = self.trouble or error
            self._left.clear()
            self._changed.notify_all()

    def _take(self, worker: Grading) -> Check | None:
        with self._changed:
            while self._left:
                for check in self._left:
                    if all(name in self.leader.results for name in check.needs):
                        self._left.remove(check)
                        learn(worker, self.leader)
                        return check
                self._changed.wait()
            return None

    def _put(self, worker: Grading, check: Check, result: CheckResult) -> None:
        with self._changed:
            self.leader.results[check.id] = result
            learn(self.leader, worker)
            self._changed.notify_all()

    def _give_back(self, check: Check) -> None:
        with self._changed:
            self._left.insert(0, check)
            self._changed.notify_all()
