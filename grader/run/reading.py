"""From what was asked for to jobs: whose submissions there are, and what each is graded with."""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.core.model import Course, Job, Override, Spec
from grader.core.planning import job_key
from grader.loading import Given, find_submissions, load_submission
from grader.resources import data_dir


class Task(msgspec.Struct, frozen=True):
    """A submission to be graded, not yet read."""

    assignment: str
    student: str
    path: str


class Request(msgspec.Struct, frozen=True):
    """What was asked for, with everything loaded."""

    course: Course
    specs: dict[str, Spec]
    tasks: tuple[Task, ...]
    tools: tuple[str, ...]  # digests of what grades: the grader, the runner, the images
    workers: int = 1
    force: bool = False
    seed: str = ""  # of all chance; every submission's own when not given
    given: Given = Given()  # by people


def plan(path: Path, assignment: str | None, course: Course, specs: dict[str, Spec]) -> list[Task]:
    """Find the submissions below a path; raises `LoadError`."""
    found = find_submissions(path, assignment, course, sorted(specs))
    return [Task(name, student, str(where)) for name, student, where in found]


def read(task: Task, request: Request) -> Job:
    """Read a submission into a job."""
    spec, course = request.specs[task.assignment], request.course
    submission = load_submission(Path(task.path), task.assignment, task.student, course.limits)
    entry = course.overrides.get(f"{task.assignment}/{task.student}", Override()).entry
    tools = (*request.tools, f"seed {request.seed}") if request.seed else request.tools
    key = job_key(spec.digest, submission.digest, course.limits, entry, tools)
    return Job(spec, submission, course.limits, entry, key, request.seed)


def public(spec: Spec) -> Spec:
    """Return a spec with its public checks only."""
    checks = tuple(check for check in spec.checks if check.visibility == "public")
    ids = {check.id for check in checks}
    kept = tuple(
        msgspec.structs.replace(check, needs=tuple(name for name in check.needs if name in ids))
        for check in checks
    )
    return msgspec.structs.replace(spec, checks=kept)


def specs_folder(course: Course, root: Path) -> Path:
    """Return the course's specs, or those that come with the grader."""
    own = root / course.specs
    return own if own.is_dir() else data_dir("specs")
