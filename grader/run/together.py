"""Grading one submission on several benches at once: for a self-check, where somebody waits.

Each bench has a network of its own, so that no two checks meet. All take a part in compiling; the
first finds out how the programs want to be started, and the others take that over. A check begins
as soon as all that it needs is decided, those first that most waits for; the result is the same as
one by one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from functools import cache

from grader.core.languages import Found
from grader.core.model import Check, CheckResult, Job, Result
from grader.core.verbs.programs import Runs, Starts
from grader.run.build import Built
from grader.run.job import Grading
from grader.testbed.bench import Bench, BenchError

FEW = 3  # checks that are sooner made one by one


def grade_together(job: Job, benches: Sequence[Bench]) -> Result:
    """Grade a submission; raises `BenchError("interrupted")` only."""
    begun = time.monotonic()
    leader = Grading(job, benches[0])
    if not job.submission.problem:
        leader.find()
    others = benches[1:] if worth_sharing(leader) else ()
    board = _Board(leader)
    threads = [
        threading.Thread(target=_follow, args=(board, bench), daemon=True) for bench in others
    ]
    try:
        for thread in threads:
            thread.start()
        board.lead()
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
    """Tell whether others can take a part: programs in Python alone, where building leaves nothing
    that checks need.
    """
    found = [item for item in leader.found.values() if isinstance(item, Found)]
    played = [check for check in leader.job.spec.checks if not check.builds]
    return all(item.language == "python" for item in found) and bool(found) and len(played) > FEW


def learn(one: Grading, other: Grading) -> None:
    """Let one know what the other has seen of the programs."""
    one.client_port = one.client_port or other.client_port
    one.deviations = {**other.deviations, **one.deviations}


def most_urgent_first(checks: Sequence[Check]) -> list[Check]:
    """Order checks by how much is to come after them, in programs that are started one after the
    other: what nobody waits for can fill the gaps. Equal ones stay in the spec's order.
    """
    after = {one.id: [other.id for other in checks if one.id in other.needs] for one in checks}
    starts = {
        check.id: sum(isinstance(step.action, (Starts, Runs)) for step in check.steps)
        for check in checks
    }

    @cache
    def ahead(name: str) -> int:
        return max(starts[name], 1) + max(map(ahead, after[name]), default=0)

    return sorted(checks, key=lambda check: -ahead(check.id))


def _follow(board: _Board, bench: Bench) -> None:
    leader = board.leader
    worker = Grading(leader.job, bench)
    worker.found, worker.built, worker.launches = leader.found, leader.built, leader.launches
    worker.results, worker.seed = leader.results, leader.seed
    try:
        worker.furnish()
        worker.remember()
        board.build(worker)
        board.wait_for_start()
        board.work(worker)
    except BenchError:
        return  # one hand less: the others make what is left
    except BaseException as error:  # noqa: BLE001 - told by the one who waits
        board.fail(error)


class _Board:
    """What is to be built, which checks are to be made, are being made, and what came of it."""

    def __init__(self, leader: Grading) -> None:
        self.leader = leader
        self.lost: BenchError | None = None
        self.trouble: BaseException | None = None
        self._changed = threading.Condition()
        self._started = False
        self._building = 0
        found = leader.found.items()
        self._to_build = [name for name, item in found if isinstance(item, Found)]
        self._left = most_urgent_first(leader.job.spec.checks)

    def lead(self) -> None:
        """Make everything ready, let the others begin, and make checks."""
        self.lost = self.leader.prepared(self._build_all)
        with self._changed:
            self._started = True
            self._changed.notify_all()
        self.work(self.leader)

    def wait_for_start(self) -> None:
        """Wait until checks may be made."""
        with self._changed:
            self._changed.wait_for(lambda: self._started or self.trouble)

    def build(self, worker: Grading) -> None:
        """Build programs until none is left to be begun."""
        while name := self._take_program():
            found = worker.found[name]
            assert isinstance(found, Found)  # noqa: S101 - for the type checker
            try:
                built = worker.build(found)
            except BaseException:
                self._put_program(name, None)
                raise
            self._put_program(name, built)

    def _build_all(self) -> None:
        """Build, and wait for what others build; what one of them gives back is built here."""
        while not self.trouble:
            self.build(self.leader)
            with self._changed:
                if not self._building and not self._to_build:
                    return
                self._changed.wait_for(lambda: self._to_build or not self._building or self.trouble)
        raise self.trouble  # there are programs that nobody has built

    def _take_program(self) -> str:
        with self._changed:
            name = self._to_build.pop(0) if self._to_build else ""
            self._building += bool(name)
            return name

    def _put_program(self, name: str, built: Built | None) -> None:
        with self._changed:
            self._building -= 1
            if built:
                self.leader.built[name] = built
            else:
                self._to_build.append(name)
            self._changed.notify_all()

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
