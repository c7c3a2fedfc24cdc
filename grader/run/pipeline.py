"""Grading a tree of submissions, as a list of steps: plan, grade what changed, keep, report."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from grader import __version__
from grader.core.model import CheckResult, Job, Result
from grader.core.outcome import Verdict
from grader.core.rubric import with_rows
from grader.core.scoring import score as total_score
from grader.reports.csvfile import by_hand_csv, grades_csv, per_check_csv
from grader.reports.markdown import report
from grader.reports.summary import index
from grader.resources import PACKAGE
from grader.run.handed import handed
from grader.run.job import grade
from grader.run.pool import Pool
from grader.run.reading import Request, Task, read
from grader.run.store import Store
from grader.testbed.bench import Bench, BenchError


class Graded(msgspec.Struct, frozen=True):
    """A submission's result, and whether it was made just now."""

    result: Result
    fresh: bool


def run(request: Request, make_bench: Callable[[], Bench], store: Store) -> Iterator[Graded | Task]:
    """Grade every task, keeping each result as it finishes; yields as they come.

    A `Task` is yielded for one that was given up because of an interruption. Stopping to listen
    ends what runs; what is kept stays.
    """

    def work(task: Task, bench_of: Callable[[], Bench]) -> Graded:
        job = read(task, request)
        old = None if request.force else store.unchanged(task.assignment, task.student, job.key)
        if old is not None:
            return Graded(old, fresh=False)
        try:
            bench = bench_of()
        except BenchError as error:
            if error.reason == "interrupted":
                raise
            return Graded(withheld(job, error.reason, str(error)), fresh=True)
        keep = partial(store.keep_picture, task.assignment, task.student)
        return Graded(grade(job, bench, keep), fresh=True)

    pool: Pool[Task, Graded] = Pool(request.workers, make_bench, work)
    for task, answer in pool.run(request.tasks):
        if isinstance(answer, BenchError):
            yield task
            continue
        old = store.load(task.assignment, task.student) if answer.fresh else None
        result = handed(answer.result, old, request.given)
        keep(store, result, changed=answer.fresh or result != answer.result)
        yield Graded(slim(result), answer.fresh)


def keep(store: Store, result: Result, *, changed: bool) -> None:
    """Keep a result that has changed, and its report."""
    if changed:
        store.save(result)
    target = store.report_path(result.assignment, result.student)
    if changed or not target.exists():
        store.write(target, report(result, result.title))


def withheld(job: Job, reason: str, message: str) -> Result:
    """Return the result of a submission that we could not grade: no points, none taken."""
    checks = tuple(
        CheckResult(
            id=check.id,
            program=check.program or check.builds,
            title=check.title,
            outcome=Verdict(reason, message).outcome.value,
            points=0,
            max_points=check.points,
            reason=reason,
            message=message,
            visibility=check.visibility,
            extra_credit=check.extra_credit,
        )
        for check in job.spec.checks
    )
    status, score, max_score = total_score(job.spec, checks)
    result = Result(
        assignment=job.spec.assignment,
        student=job.submission.student,
        status=status,
        score=score,
        max_score=max_score,
        seconds=0.0,
        checks=checks,
        key=job.key,
        title=job.spec.title,
    )
    return with_rows(result, job.spec.rubric)


def slim(result: Result) -> Result:
    """Return a result without its long texts, for tables of a whole class."""
    checks = tuple(
        msgspec.structs.replace(check, transcript=(), output="", expected=None, received=None)
        for check in result.checks
    )
    return msgspec.structs.replace(result, checks=checks, build="")


def write_tables(store: Store, results: list[Result]) -> Path:
    """Write the class's tables; return the one to open first."""
    store.write(store.out / "grades.csv", grades_csv(results))
    store.write(store.out / "checks.csv", per_check_csv(results))
    if any(result.rubric for result in results):
        store.write(store.out / "by_hand.csv", by_hand_csv(results))
    page = store.out / "index.md"
    links = {
        (item.assignment, item.student): store.report_path(item.assignment, item.student)
        .relative_to(store.out)
        .as_posix()
        for item in results
    }
    store.write(page, index(results, links))
    return page


def grader_digest() -> str:
    """Return the digest of the grader's own source: a better grader grades again."""
    total = hashlib.sha256(__version__.encode())
    for path in sorted(PACKAGE.rglob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()[:16]
