"""Making and playing the trials of a proof: model solutions, samples and mutants, as jobs.

A `Trying` is one program to be graded and what to do with its result. Mutants need only the
checks of the program that was changed, and all of them share their worker's sandbox.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from grader.core.languages import Found, find_programs
from grader.core.model import Check, Course, Job, Result, Spec, Submission
from grader.core.mutation import Mutant, functions_of, make_mutants
from grader.core.planning import job_key
from grader.loading import LoadError, load_submission
from grader.run.build import Built
from grader.run.job import Grading, grade
from grader.run.store import Store
from grader.testbed.bench import Bench

PYTHON = "python"


class Trying(msgspec.Struct, frozen=True):
    """One program to be tried. `quick` ends it at the first check that fails."""

    kind: Literal["reference", "sample", "mutant"]
    assignment: str
    name: str  # the model solution, the sample or the mutant
    job: Job
    quick: bool = False
    mutant: Mutant | None = None
    python: bool = False  # a model solution in Python, which has all programs


def references(root: Path, spec: Spec, course: Course, repeat: int, tools: Iterable[str]
               ) -> list[Trying]:  # fmt: skip
    """Return the model solutions below a folder, each as often as it is to be tried."""
    found = []
    for folder in _folders(root):
        submission = load_submission(folder, spec.assignment, folder.name, course.limits)
        for number in range(1, repeat + 1):
            job = _job(spec, submission, course, [*tools, f"run {number}"])
            found.append(
                Trying(
                    "reference", spec.assignment, folder.name, job, python=_is_python(submission)
                )
            )
    return found


def mutants(
    root: Path,
    spec: Spec,
    course: Course,
    outside: Iterable[str],
    tools: Iterable[str],
    *,
    quick: bool = False,
) -> list[Trying]:
    """Return the mutants of the model solutions in Python.

    Only files that belong to a program are changed, and one that several models share but once.
    """
    seen: set[bytes] = set()
    found = []
    for model in _in_python(root, spec, course):
        programs = find_programs(spec.programs, model.submission.files, {})
        made = [item for item in programs.values() if isinstance(item, Found)]
        entry = {item.program: item.entry for item in made}
        for path, content in model.sources():
            roles = [item.program for item in made if path in item.sources]
            if content in seen or not roles:
                continue
            seen.add(content)
            asked = narrowed(spec, roles[0] if len(roles) == 1 else "")
            names = {program.name for program in asked.programs}
            given = {name: file for name, file in entry.items() if name in names}
            for mutant in _made(content, model.named(path), set(outside)):
                changed = _with(model.submission, path, mutant.source.encode())
                job = _job(asked, changed, course, [*tools, f"quick {quick}"], given)
                found.append(Trying("mutant", spec.assignment, mutant.id, job, quick, mutant))
    return found


def functions(root: Path, spec: Spec, course: Course) -> set[str]:
    """Return the functions of the model solutions in Python, each as `file function`."""
    return {
        f"{model.named(path)} {name}"
        for model in _in_python(root, spec, course)
        for path, content in model.sources()
        for name in functions_of(content.decode())
    }


class _Model(msgspec.Struct, frozen=True):
    """A model solution with Python in it."""

    style: str
    submission: Submission

    def sources(self) -> list[tuple[str, bytes]]:
        """Return its files of Python."""
        return [item for item in self.submission.files.items() if item[0].endswith(".py")]

    def named(self, path: str) -> str:
        """Return how a file is called; those of the one called `python` go without its name."""
        return path if self.style == PYTHON else f"{self.style}/{path}"


def _in_python(root: Path, spec: Spec, course: Course) -> list[_Model]:
    models = [
        _Model(path.name, load_submission(path, spec.assignment, path.name, course.limits))
        for path in _folders(root)
    ]
    return [model for model in models if _is_python(model.submission)]


def _is_python(submission: Submission) -> bool:
    return any(path.endswith(".py") for path in submission.files)


def _folders(root: Path) -> list[Path]:
    return sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []


def _made(content: bytes, path: str, outside: set[str]) -> list[Mutant]:
    try:
        return make_mutants(content.decode(), path, outside)
    except (SyntaxError, ValueError) as error:
        raise LoadError(f"the model solution is no Python: {error}", path) from None


def narrowed(spec: Spec, program: str) -> Spec:
    """Return a spec with the checks of one program only; with all when no program is named."""
    if not program:
        return spec
    checks = [check for check in spec.checks if (check.program or check.builds) == program]
    ids = {check.id for check in checks}
    kept = tuple(
        msgspec.structs.replace(check, needs=tuple(name for name in check.needs if name in ids))
        for check in checks
    )
    actors = {step.actor.partition(" ")[0] for check in kept for step in check.steps}
    own = tuple(
        item
        for item in spec.programs
        if item.name == program or item.name in actors or any(check.python for check in kept)
    )
    return msgspec.structs.replace(spec, checks=kept, programs=own)


def _with(submission: Submission, path: str, content: bytes) -> Submission:
    files = {**submission.files, path: content}
    digest = hashlib.sha256(submission.digest.encode() + path.encode() + content).hexdigest()
    return msgspec.structs.replace(submission, files=files, digest=digest)


def _job(
    spec: Spec,
    submission: Submission,
    course: Course,
    tools: Iterable[str],
    entry: Mapping[str, str] | None = None,
) -> Job:
    shape = "/".join(check.id for check in spec.checks)
    digests = [*tools, "proof", shape]
    key = job_key(spec.digest, submission.digest, course.limits, entry or {}, digests)
    # With the same words each time, or two runs could not be told to be alike.
    return Job(spec, submission, course.limits, dict(entry or {}), key, spec.assignment)


# -------------------------------------------------------------------------------- playing


class Killers:
    """Which checks killed mutants so far: in a quick proof those are tried first."""

    def __init__(self) -> None:
        self._count: dict[tuple[str, str], int] = {}

    def note(self, assignment: str, check: str) -> None:
        """Count a kill."""
        key = (assignment, check)
        self._count[key] = self._count.get(key, 0) + 1

    def first(self, spec: Spec) -> Spec:
        """Return the spec with its deadliest checks in front, each on its own feet."""

        def deadly(check: Check) -> int:
            return -self._count.get((spec.assignment, check.id), 0)

        free = [msgspec.structs.replace(check, needs=()) for check in spec.checks]
        return msgspec.structs.replace(spec, checks=tuple(sorted(free, key=deadly)))


def try_out(item: Trying, bench_of: Callable[[], Bench], store: Store, killers: Killers) -> Result:
    """Grade a program, or take the result that was kept of the very same trial."""
    kept = store.unchanged(item.assignment, _file(item), item.job.key)
    if kept is not None:
        return kept
    job = item.job
    if item.quick:
        job = msgspec.structs.replace(job, spec=killers.first(job.spec))
    if item.kind == "mutant":
        result = _MutantGrading(job, bench_of(), quick=item.quick).run()
    else:
        result = grade(job, bench_of())
    for check in result.checks:
        if item.kind == "mutant" and check.outcome == "fail":
            killers.note(item.assignment, check.id)
    store.save(msgspec.structs.replace(result, student=_file(item)))
    return result


class _MutantGrading(Grading):
    """Grading a mutant: it is known to compile, its sandbox stays for the next, and in a quick
    proof the first failure is enough.
    """

    def __init__(self, job: Job, bench: Bench, *, quick: bool) -> None:
        super().__init__(job, bench)
        self._quick = quick

    def run(self) -> Result:
        """Make the checks, or as many as it takes."""
        begun = time.monotonic()
        lost = self.prepared()
        for check in self.job.spec.checks:
            self.results[check.id] = result = self.one(check, lost)
            if self._quick and (result.outcome == "fail" or result.points < result.max_points):
                break
        return self.result(time.monotonic() - begun)

    def build(self, found: Found) -> Built:
        """Nothing is to be built."""
        return Built(ok=True, notes=found.notes)


def _file(item: Trying) -> str:
    """Return the name that a trial's result is kept under."""
    if item.kind == "reference":
        return f"reference-{item.name}-{item.job.key}"
    return f"{item.kind}-{item.job.key}"
