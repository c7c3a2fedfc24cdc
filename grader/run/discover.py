"""Finding out how a program wants to be started, by starting it: before any check is played.

`core.trying` says what to try and what it means; here each trial is played as a tiny check of its
own, from a clean state, with everything that ends a check early: so a trial costs what a start of
the program costs. A program that gives no reason to try is never started here. `adopt` comes
before: the addresses and host names that are written into the source become this machine's.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

from grader.core.languages import Found, NotFound
from grader.core.model import Check, Job, Program, Step
from grader.core.stage import Launch
from grader.core.trying import Seen, Trial, Way, search, worth_trying
from grader.core.verbs.hearing import Expects
from grader.core.verbs.peers import Accepts, Listens
from grader.core.verbs.programs import Starts, Types
from grader.core.verbs.registry import Action
from grader.run.play import play
from grader.testbed.bench import Bench

MOST = 16  # addresses, and host names, of one submission
LISTENER = "trial-listener"  # no program is called so: its name would hold no dash
WORDS = ("hello", "hello again")  # one may be taken for a user's name

Answers = Mapping[str, Found | NotFound]


def adopt(bench: Bench, programs: Answers) -> tuple[frozenset[str], list[str]]:
    """Let the bench take on the addresses and host names in the source of these programs; return
    the addresses it has, and notes about what cannot be had. Raises `BenchError`.
    """
    habits = [found.habits for found in programs.values() if isinstance(found, Found)]
    addresses = list(dict.fromkeys(item for each in habits for item in each.addresses))[:MOST]
    names = list(dict.fromkeys(item for each in habits for item in each.names))[:MOST]
    answer = bench.adopt(addresses, names)
    notes = [
        f"{', '.join(wanted)} in the source cannot be this machine here: {why}"
        for wanted, why in ((addresses, answer.addresses), (names, answer.names))
        if why
    ]
    return frozenset() if answer.addresses else frozenset(addresses), notes


def suited(bench: Bench, job: Job, found: Found, launch: Launch, agent: str) -> Launch:
    """Return a launch with the arguments and answers that the program was found to want, and with
    what is to be said about it; raises `BenchError` on our own faults.
    """
    program = job.spec.program(found.program)
    way = _Trials(bench, job, program, launch, agent).way(found)
    remarks = way.remarks(program.name)
    for name in found.habits.names:
        remarks.append(("name", f"the host name {name} in its source stands for this machine"))
    for package in found.habits.packages:
        remarks.append(("packages", f"imports {package}, which is no part of Python"))
    return replace(launch, args=way.args, answers=way.answers, remarks=tuple(remarks))


def fixes_arguments(job: Job, program: Program) -> bool:
    """Tell whether the spec says what the command line of a program is, anywhere."""
    return bool(program.args) or any(
        isinstance(step.action, Starts) and step.action.args is not None
        for check in job.spec.checks
        for step in check.steps
        if step.actor == program.name
    )


class _Trials:
    """Trials of one program."""

    def __init__(
        self, bench: Bench, job: Job, program: Program, launch: Launch, agent: str
    ) -> None:
        self.bench, self.job, self.program = bench, job, program
        self.launch, self.agent = launch, agent

    def way(self, found: Found) -> Way:
        """Find out how it wants to be started."""
        fixed = fixes_arguments(self.job, self.program)
        if not worth_trying(found.habits, fixed=fixed) or not self._is_started():
            return Way()
        trials = search(self.program, found.habits, fixed=fixed)
        try:
            trial = next(trials)
            while True:
                trial = trials.send(self._try(trial))
        except StopIteration as last:
            way: Way = last.value
            return way

    def _is_started(self) -> bool:
        """Tell whether any check starts it (one in Python may)."""
        return any(
            check.play is not None or any(step.actor == self.program.name for step in check.steps)
            for check in self.job.spec.checks
        )

    def _try(self, trial: Trial) -> Seen:
        """Start it once."""
        name = self.program.name
        check = Check(id="trial", title="trial", steps=self._steps(talks=trial.talks))
        tried = replace(self.launch, args=trial.args, answers=trial.answers, language="")
        begun = time.monotonic()
        played = play(self.bench, self.job, check, {name: tried}, {name: self.agent})
        running = played.stage.program(name)
        reached = played.verdict is None
        ended = running.exited is not None or bool(running.failed)
        return Seen(
            reached=reached,
            exact=reached and "port" not in played.stage.deviations,
            ended=ended,
            slow=not ended and time.monotonic() - begun >= check.within,
            screen=bytes(running.screen).decode("utf-8", "replace"),
        )

    def _steps(self, *, talks: bool) -> tuple[Step, ...]:
        """Write the play: a server has to listen, a client to come to our listener."""
        program, name = self.program, self.program.name
        acts: list[tuple[str, Action]] = [(name, Starts())]
        if program.connects:
            acts.insert(0, (LISTENER, Listens(at=str(program.connects))))
            acts += [(name, Types(text=word)) for word in WORDS if talks]
            udp = program.connects.transport == "udp"
            acts.append((LISTENER, Expects(matches="(?s).*") if udp else Accepts()))
        return tuple(Step(actor, "", action) for actor, action in acts)
