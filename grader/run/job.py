"""Grading one submission: find its programs, compile them, play every check, add it all up.

Whatever the student's files do becomes a `fail` with a reason; whatever goes wrong on our side
becomes an `error`, which withholds the score. Nothing but an interruption leaves `grade`.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from grader.agent import protocol as p
from grader.agent.wire import text
from grader.core.deviations import deductions
from grader.core.languages import Found, NotFound, find_programs
from grader.core.model import Check, CheckResult, Job, Result, only_source
from grader.core.outcome import Outcome, Verdict
from grader.core.places import complained_of
from grader.core.rubric import with_rows
from grader.core.scoring import case_points, untried
from grader.core.scoring import score as total_score
from grader.core.stage import Launch, Stage
from grader.run.build import Built, build
from grader.run.discover import adopt, suited
from grader.run.outcomes import failed, last_lines, passed, why_not_built
from grader.run.play import Played, examine, play
from grader.testbed.bench import Bench, BenchError

Keep = Callable[[str, bytes], str]  # keeps the screenshot of a check (by its id), returns where
LOST_AGAIN = 2  # a sandbox may be lost once, by a machine's hiccup; twice is reported


def grade(job: Job, bench: Bench, keep: Keep | None = None) -> Result:
    """Grade a submission on a bench; raises `BenchError("interrupted")`, and what `keep` raises."""
    return Grading(job, bench, keep).run()


class Grading:
    """The state of grading one submission."""

    def __init__(self, job: Job, bench: Bench, keep: Keep | None = None) -> None:
        self.job, self.bench, self._keep = job, bench, keep
        bench.ends = job.spec.ends
        self.found: dict[str, Found | NotFound] = {}
        self.built: dict[str, Built] = {}
        self.agents: dict[str, str] = {}
        self.launches: dict[str, Launch] = {}
        self.results: dict[str, CheckResult] = {}
        self.deviations: dict[str, str] = {}  # what was seen first of each
        self.client_port = 0  # where its client goes, once seen
        self.addresses: frozenset[str] = frozenset()  # its own, which this machine has taken on
        self.notes: list[str] = []
        self.seed = job.seed or os.urandom(4).hex()
        self.losses = 0

    def run(self) -> Result:
        """Do it all."""
        begun = time.monotonic()
        lost = self.prepared()
        for check in self.job.spec.checks:
            self.results[check.id] = self.one(check, lost)
            if lost is None and self.losses >= LOST_AGAIN:
                lost = BenchError("sandbox_lost", "the sandbox was lost again and again")
        return self.finished(time.monotonic() - begun)

    def prepared(self, build: Callable[[], None] | None = None) -> BenchError | None:
        """Make everything ready; return what is wrong on our side, if anything is. `build` sees to
        it that all is compiled, if others take a part in it.
        """
        if self.job.submission.problem:
            return None
        try:
            self._prepare(build)
        except BenchError as error:
            if error.reason == "interrupted":
                raise
            return error
        return None

    def finished(self, seconds: float) -> Result:
        """Clear up and return the result."""
        with contextlib.suppress(BenchError):  # the next submission will find out
            self.bench.clear()
        return self.result(seconds)

    # --------------------------------------------------------------------------- preparing

    def _prepare(self, build: Callable[[], None] | None = None) -> None:
        """Find the programs, fill the sandboxes, compile."""
        if not self.found:
            self.find()
        self.furnish()
        (build or self._build_all)()
        self.remember()
        for name, found in self.found.items():
            if isinstance(found, Found):
                more = self.bench.environment(found.image)
                launch = Launch(found.argv, found.cwd, more, found.port_hints, found.language)
                if self.built[name].ok:
                    launch = suited(self.bench, self.job, found, launch, self.agents[name])
                self.launches[name] = launch

    def find(self) -> None:
        """Find the programs; touches no bench."""
        submission, spec = self.job.submission, self.job.spec
        self.found = find_programs(spec.programs, submission.files, self.job.entry)

    def furnish(self) -> None:
        """Make sandboxes for what was found, with the files in them; raises `BenchError`."""
        self.addresses, self.notes = adopt(self.bench, self.found)
        for name, found in self.found.items():
            if isinstance(found, Found):
                self.agents[name] = self.bench.sandbox(found.image, self.job.limits)
        for agent in dict.fromkeys(self.agents.values()):
            self._unpack(agent)

    def _build_all(self) -> None:
        for name, found in self.found.items():
            if isinstance(found, Found):
                self.built[name] = self.build(found)

    def build(self, found: Found) -> Built:
        """Compile a program; raises `BenchError`."""
        return build(self.bench, self.agents[found.program], found, self.job)

    def _unpack(self, agent: str) -> None:
        """Put the files into a clean sandbox; raises `BenchError`."""
        self.bench.send(agent, p.Reset())
        self.bench.wait(agent, lambda event: isinstance(event, p.Clean), 30, "cleaning")
        files = {path: text(content) for path, content in self.job.submission.files.items()}
        self.bench.send(agent, p.Unpack(files, sorted(self.job.submission.executable)))
        self._unpacked(agent, "unpacking")

    def remember(self) -> None:
        """Keep the files as they are now for every check; raises `BenchError`."""
        for agent in dict.fromkeys(self.agents.values()):
            self.bench.send(agent, p.Snapshot())
            self._unpacked(agent, "remembering the files")

    def _unpacked(self, agent: str, what: str) -> None:
        event = self.bench.wait(agent, lambda item: isinstance(item, p.Unpacked), 60, what)
        if isinstance(event, p.Unpacked) and event.error:
            raise BenchError("agent_failed", f"{what}: {event.error}")

    # -------------------------------------------------------------------------- one check

    def one(self, check: Check, lost: BenchError | None) -> CheckResult:
        """Make one check, whose needs are decided."""
        begun = time.monotonic()
        if self.job.submission.problem:
            return failed(check, Verdict("unreadable_submission", self.job.submission.problem))
        if only_source(check) and not check.needs:
            return self._cases(check)
        if lost is not None:
            return failed(check, Verdict(lost.reason, str(lost)))
        for needed in check.needs:
            if untried(self.results[needed]):
                return failed(check, Verdict("no_tool", self.results[needed].message))
            if self.results[needed].outcome != "pass":
                return failed(check, Verdict("needs_failed", self._because_of(needed)))
        if check.builds:
            return self._unbuilt(check, check.builds) or passed(
                check, self.built[check.builds].notes
            )
        for name in self.found:  # as `--only` leaves out what tells it
            if name in {check.program, *(step.actor for step in check.steps)} and (
                trouble := self._unbuilt(check, name)
            ):
                return msgspec.structs.replace(trouble, hint="")  # it is about other mistakes
        try:
            result = self._cases(check)
        except BenchError as error:
            if error.reason == "interrupted":
                raise
            result = self._recover(check, error)
        seconds = round(time.monotonic() - begun, 3)
        return msgspec.structs.replace(result, seconds=seconds, seed=self.seed)

    def _because_of(self, needed: str) -> str:
        """Name the check that is to be mended first, which another may have waited for."""
        before = self.results[needed]
        if before.reason == "needs_failed":
            return before.message
        return f"not tried because of: {before.title}"

    def _recover(self, check: Check, error: BenchError) -> CheckResult:
        """Try a check once more in new containers: one hiccup of ours is no one's loss."""
        self.losses += 1
        if self.losses < LOST_AGAIN and error.reason != "engine_lost":
            try:
                self.bench.revive()
                self._prepare()
                return self._cases(check)
            except BenchError as again:
                if again.reason == "interrupted":
                    raise
                self.losses += 1
                error = again
        return failed(check, Verdict(error.reason, str(error)))

    def _unbuilt(self, check: Check, program: str) -> CheckResult | None:
        """Return what keeps a check's program from being run, if anything does."""
        found = self.found[program]
        if isinstance(found, NotFound):
            return failed(check, Verdict(found.reason, found.message))
        built = self.built[program]
        if built.ok:
            return None
        why = why_not_built(built)
        place = complained_of(why, self.job.submission.files)
        return failed(check, Verdict("build_failed", why), built.shown, place=place)

    def _cases(self, check: Check) -> CheckResult:
        """Play a check, once for each of its cases."""
        cases: list[Mapping[str, Any]] = [case.let for case in check.cases] or [{}]
        done, worst, notes = 0, None, []
        for number, case in enumerate(cases):
            played = self._attempts(check, case, number)
            self.deviations = {**played.stage.deviations, **self.deviations}
            self.client_port = played.stage.client_port or self.client_port
            notes += [note for note in played.stage.notes if note not in notes]
            if played.verdict is None:
                done += 1
                continue
            if worst is None or played.verdict.outcome is Outcome.ERROR:
                worst = (played, check.cases[number].title if check.cases else "")
        shot = self._screenshot(check, worst[0].stage if worst else played.stage)
        if worst is None:
            return msgspec.structs.replace(passed(check, tuple(notes)), screenshot=shot)
        played, title = worst
        verdict = played.verdict
        assert verdict is not None  # noqa: S101 - for the type checker
        if verdict.reason == "source_finding" and not check.points and only_source(check):
            return passed(check, (*notes, f"advice, costs nothing: {verdict.message}"))
        points = case_points(check.points, done, len(cases))
        output, stage = last_lines(played.stage), played.stage
        result = failed(check, verdict, output, stage, points, place=played.place)
        head = f"{done} of {len(cases)} cases; {title}: " if len(cases) > 1 else ""
        return msgspec.structs.replace(
            result, message=head + result.message, notes=tuple(notes), screenshot=shot
        )

    def _screenshot(self, check: Check, stage: Stage) -> str:
        """Keep the last page that a browser showed; return where."""
        return self._keep(check.id, stage.picture) if self._keep and stage.picture else ""

    def _attempts(self, check: Check, case: Mapping[str, Any], number: int) -> Played:
        if only_source(check):
            return examine(self.job, check)
        for attempt in range(check.retries + 1):
            played = play(
                self.bench,
                self.job,
                check,
                self.launches,
                self.agents,
                case=case,
                client_port=self.client_port,
                addresses=self.addresses,
                seed=f"{self.seed}/{check.id}/{number}/{attempt}",
            )
            if played.verdict is None:
                if attempt:
                    played.stage.deviate(f"passed at attempt {attempt + 1}")
                break
        return played

    def result(self, seconds: float) -> Result:
        """Add up the checks that were made."""
        made = (self.results.get(check.id) for check in self.job.spec.checks)
        checks = tuple(result for result in made if result)
        taken = deductions(self.job.spec.deductions, self.deviations)
        status, score, max_score = total_score(self.job.spec, checks, taken)
        notes = [*self.job.submission.notes, *self.notes]
        for check in checks:
            notes += [note for note in check.notes if note not in notes]
        built = [(name, self.built[name]) for name in self.found if name in self.built]
        shown = [f"# {name}\n{item.shown}" for name, item in built if item.shown]
        result = Result(
            assignment=self.job.spec.assignment,
            student=self.job.submission.student,
            status=status,
            score=score,
            max_score=max_score,
            seconds=round(seconds, 2),
            checks=checks,
            deductions=taken,
            notes=tuple(notes),
            build="\n".join(shown),
            key=self.job.key,
            title=self.job.spec.title,
        )
        return with_rows(result, self.job.spec.rubric)
