"""`grade validate`: the proof that specs are sound, as a list of steps.

Load what there is, grade every model solution, sample and mutant with the same workers, and judge
what came of it. Results are kept below the output folder, beside no student's, so that the next
proof tries only what has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from grader.core.findings import (
    lost,
    matrix_findings,
    no_reference,
    points_finding,
    reference_findings,
    sample_findings,
    stale_findings,
    stale_functions,
    stale_names,
    toothless_findings,
)
from grader.core.killing import (
    Finding,
    ReferenceRun,
    SpecProof,
    Trial,
    check_lines,
    equivalent,
    error_of,
    fails_of,
    judge_mutant,
)
from grader.core.model import Course, Result, Spec
from grader.loading import LoadError, LoadErrors, find_submissions
from grader.loading.equivalents import Excuse, Excuses, load_equivalents
from grader.loading.expectations import FILE, Expectation, load_expectation
from grader.run.pool import Pool
from grader.run.proving import Killers, Trying, functions, mutants, references, try_out
from grader.run.reading import Request, Task, read
from grader.run.sampling import expectation, outcome
from grader.run.store import Store
from grader.testbed.bench import Bench, BenchError


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be proven, and how thoroughly."""

    course: Course
    root: Path  # of the course: where samples are
    specs: dict[str, Spec]
    folder: Path  # of the specs: where lists of equivalents are
    models: Path  # where the model solutions are
    tools: tuple[str, ...]
    repeat: int = 2
    threshold: float = 95
    samples: bool = True
    mutate: bool = True
    quick: bool = False
    only: str = ""  # part of a mutant's name
    workers: int = 1


class Plan(msgspec.Struct, frozen=True):
    """All that is to be tried, in order, and what it is judged by."""

    tryings: tuple[Trying, ...]
    excuses: dict[str, Excuses]
    expected: dict[str, dict[str, Expectation]]  # by assignment and student
    functions: dict[str, set[str]] = {}  # that the model solutions in Python have
    mutants: dict[str, set[str]] = {}  # by their names, whether they are tried or not
    believed: dict[str, list[Trying]] = {}  # mutants that are not tried: the list of equivalents


def plan(wanted: Wanted) -> Plan:
    """Load everything that the proof needs; raises `LoadError` with all that is wrong."""
    tryings: list[Trying] = []
    excuses, expected, there, named, believed = {}, {}, {}, {}, {}
    problems: list[LoadError] = []
    for name, spec in wanted.specs.items():
        try:
            excuses[name] = load_equivalents(wanted.folder, name)
            samples, expected[name] = _samples(wanted, spec)
        except LoadError as error:
            problems += error.errors
            continue
        tryings += references(
            wanted.models / name, spec, wanted.course, wanted.repeat, wanted.tools
        )
        tryings += samples
        made = mutants(wanted.models / name, spec, wanted.course, excuses[name].functions,
                       wanted.tools, quick=wanted.quick)  # fmt: skip
        named[name] = {item.name for item in made}
        there[name] = functions(wanted.models / name, spec, wanted.course)
        if wanted.mutate:
            made = [item for item in made if wanted.only in item.name]
            known = excuses[name].mutants if wanted.quick else {}
            believed[name] = [item for item in made if item.name in known]
            tryings += [item for item in made if item.name not in known]
    if problems:
        raise LoadErrors(problems)
    order = {"reference": 0, "sample": 1, "mutant": 2}
    inorder = tuple(sorted(tryings, key=lambda item: order[item.kind]))
    return Plan(inorder, excuses, expected, there, named, believed)


def _samples(wanted: Wanted, spec: Spec) -> tuple[list[Trying], dict[str, Expectation]]:
    """Return the sample submissions of an assignment: those with an `expected.yml`."""
    folder = wanted.root / wanted.course.submissions / spec.assignment
    if not wanted.samples or not folder.is_dir() or not any(folder.glob(f"*/{FILE}")):
        return [], {}
    request = Request(wanted.course, wanted.specs, (), wanted.tools)
    tryings, expected = [], {}
    for assignment, student, path in find_submissions(
        folder, spec.assignment, wanted.course, sorted(wanted.specs)
    ):
        if (path / FILE).is_file():
            job = read(Task(assignment, student, str(path)), request)
            tryings.append(Trying("sample", assignment, student, job))
            expected[student] = load_expectation(path)
    return tryings, expected


# ------------------------------------------------------------------------------- carrying out


def carry_out(
    wanted: Wanted,
    planned: Plan,
    make_bench: Callable[[], Bench],
    kept: Store,
    classwide: Store,
) -> Iterator[tuple[Trying, Result | None]]:
    """Try everything; yield each trial with its result as it comes, None for one that was lost.

    Samples that `classwide` holds the result of are taken from there.
    """
    killers = Killers()

    def work(item: Trying, bench_of: Callable[[], Bench]) -> Result:
        if item.kind == "sample":
            old = classwide.unchanged(item.assignment, item.name, item.job.key)
            if old is not None:
                return old
        return try_out(item, bench_of, kept, killers)

    pool: Pool[Trying, Result] = Pool(wanted.workers, make_bench, work)
    for item, answer in pool.run(planned.tryings):
        if isinstance(answer, BenchError):
            if answer.reason == "interrupted":
                raise answer
            yield item, None
        else:
            yield item, answer


# ----------------------------------------------------------------------------------- judging


def prove(wanted: Wanted, planned: Plan, results: list[tuple[Trying, Result | None]]
          ) -> list[SpecProof]:  # fmt: skip
    """Judge what came of everything that was tried, spec by spec."""
    order = {id(item): index for index, item in enumerate(planned.tryings)}
    results = sorted(results, key=lambda pair: order[id(pair[0])])
    return [
        _Proving(
            wanted, planned, spec, [pair for pair in results if pair[0].assignment == name]
        ).proof()
        for name, spec in wanted.specs.items()
    ]


class _Proving:
    """Judges the trials of one spec."""

    def __init__(self, wanted: Wanted, planned: Plan, spec: Spec,
                 results: list[tuple[Trying, Result | None]]) -> None:  # fmt: skip
        self.wanted, self.spec, self.results = wanted, spec, results
        self.excuses = planned.excuses[spec.assignment]
        self.expected = planned.expected[spec.assignment]
        self.functions = planned.functions.get(spec.assignment, set())
        self.named = planned.mutants.get(spec.assignment, set())
        self.believed = planned.believed.get(spec.assignment, [])
        self.findings: list[Finding] = points_finding(spec)
        self.findings += [lost(item.name) for item, result in results if result is None]
        self.usual: set[str] = set()  # notes of the model solution in Python

    def proof(self) -> SpecProof:
        """Do it all."""
        runs = self.references()
        trials = [*self.samples(), *self.mutants()]
        proof = SpecProof(
            assignment=self.spec.assignment,
            title=self.spec.title,
            points=self.spec.max_score,
            checks=check_lines(self.spec, trials),
            references=tuple(runs),
            trials=tuple(trials),
            outside={name: item.reason for name, item in self.excuses.functions.items()},
            mutated=self.wanted.mutate,
            whole=not self.wanted.quick,
        )
        if self.wanted.mutate and not self.wanted.only:
            self.findings += matrix_findings(proof, self.wanted.threshold, self.spec.source)
            if self.wanted.samples:
                self.findings += toothless_findings(proof, self.spec.source)
            self.findings += stale_findings(_places(self.excuses.mutants), trials)
        self.findings += stale_names(_places(self.excuses.mutants), self.named)
        self.findings += stale_functions(_places(self.excuses.functions), self.functions)
        return msgspec.structs.replace(proof, findings=tuple(self.findings))

    def references(self) -> list[ReferenceRun]:
        """Judge the model solutions."""
        by_name: dict[str, list[Result]] = {}
        python = {item.name for item, _ in self.of("reference") if item.python}
        for item, result in self.of("reference"):
            by_name.setdefault(item.name, []).append(result)
        found = []
        for name, results in by_name.items():
            complete = name in python
            run, findings = reference_findings(self.spec, name, results, complete=complete)
            found.append(run)
            self.findings += findings
            self.usual |= set(results[0].notes) if complete else set()
        if not python and self.wanted.repeat:
            self.findings.append(no_reference(self.spec))
        return found

    def samples(self) -> list[Trial]:
        """Judge the samples by what their authors say of them."""
        trials = []
        for item, result in self.of("sample"):
            expected = self.expected[item.name]
            place = f"submissions/{item.assignment}/{item.name}"
            said, came, error = expectation(expected), outcome(result, expected), error_of(result)
            self.findings += sample_findings(place, said, came, error)
            trials.append(Trial(item.name, "sample", fails_of(result), why=error))
        return trials

    def mutants(self) -> list[Trial]:
        """Judge the mutants."""
        trials = [
            equivalent(item.mutant, self.excuses.mutants[item.name].reason)
            for item in self.believed
            if item.mutant is not None
        ]
        for item, result in self.of("mutant"):
            excuse = self.excuses.mutants.get(item.name)
            if item.mutant is not None:
                reason = excuse.reason if excuse else ""
                trials.append(judge_mutant(item.mutant, result, self.usual, reason))
        return trials

    def of(self, kind: str) -> Iterator[tuple[Trying, Result]]:
        """Yield the trials of a kind that came to an end."""
        for item, result in self.results:
            if item.kind == kind and result is not None:
                yield item, result


def _places(excuses: dict[str, Excuse]) -> dict[str, str]:
    return {name: item.place for name, item in excuses.items()}
