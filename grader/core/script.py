"""The script machine: plays a check's steps, sans I/O. Events in, commands and a verdict out.

The driver calls `start`, then `feed` for every event and `tick` whenever `wake_at` has passed,
and carries out the commands each returns. No clock, no socket, no thread lives here, so every
path can be tested with hand-made events in no time.

How a step ends, in the order tried: `judge` says so; the student's programs are proven to wait
for nothing that can still come (`looking`), and `expire` says so; or its time is up, and `expire`
says so. A failure is held back until the programs have settled too, so that a traceback that is
still being printed is part of the story; so is a success that more bytes could spoil (`Holds`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from grader.agent import protocol as p
from grader.core.looking import SIDECAR, Addressed, Looks
from grader.core.model import Check, Place, Step
from grader.core.outcome import Outcome, Verdict
from grader.core.places.locating import PATIENCE, Locating
from grader.core.pycheck import PlayError, Playing
from grader.core.stage import Stage
from grader.core.verbs.registry import Done, Holds

__all__ = ["SIDECAR", "Addressed", "Script", "expand"]

SETTLE = 3.0  # seconds a failure is held back at most
SPINS = 0.3  # of a step's time, spent computing without a pause, is a loop that never waits
HOLD_ON = 0.25  # seconds a success holds on at a time while a program is busy


def expand(steps: Sequence[Step], groups: Mapping[str, int]) -> list[Step]:
    """Write out the steps of groups, one for each member, in order or `backwards`."""
    written: list[Step] = []
    for step in steps:
        name, _, order = step.actor.partition(" ")
        if name not in groups:
            written.append(step)
            continue
        numbers = list(range(1, groups[name] + 1))
        if order == "backwards":
            numbers.reverse()
        written += [msgspec.structs.replace(step, actor=f"{name}#{n}") for n in numbers]
    return written


class Script:
    """One run of a check."""

    def __init__(
        self,
        stage: Stage,
        check: Check,
        agents: Mapping[str, str] | None = None,
        limit: float = 60.0,
    ) -> None:
        """`agents` says which agent runs a student's program; the sidecar does the rest."""
        self.stage = stage
        self.steps = expand(check.steps, check.groups)
        self._playing = Playing(check.play) if check.play else None
        self.agents = dict(agents or {})
        self.limit = limit
        self._looks = Looks(self.agents)
        self.index = -1
        self.finished = False
        self.verdict: Verdict | None = None
        self.wake_at = stage.begun
        self._deadline = self._since = stage.begun
        self._settle_by: float | None = None
        self._failing = False
        self._locating: Locating | None = None
        self.place: Place | None = None

    @property
    def step(self) -> Step | None:
        """The step being played."""
        return self.steps[self.index] if 0 <= self.index < len(self.steps) else None

    # ------------------------------------------------------------------------- in and out

    def start(self, now: float) -> list[Addressed]:
        """Begin the first step."""
        self.stage.now = now
        return self._next(now)

    def feed(self, agent: str, event: p.Event, now: float) -> list[Addressed]:
        """Take in an event."""
        self.stage.now = now
        if self.finished:
            return []
        if self._locating:
            return self._leave() if self._locating.feed(event) else []
        if isinstance(event, p.Probed):
            return self._looked(agent, event, now)
        self.stage.note(event)
        if self.stage.fault:
            return self._finish(Verdict("agent_failed", self.stage.fault))
        self._active(now)
        return self._advance(now)

    def tick(self, now: float) -> list[Addressed]:
        """Look at the clock."""
        if self.finished or now < self.wake_at:
            return []
        self.stage.now = now
        if self._locating:
            return self._leave()
        if self._settle_by is not None and now >= self._settle_by and not self._still_busy(now):
            return self._give_up(now, "")
        if now >= self._deadline and not self._failing:
            return self._give_up(now, self._too_long())
        if self._may_look and now >= self._looks.next_at:
            return self._look(now)
        self._plan_wake()
        return []

    # ------------------------------------------------------------------------ going along

    def _active(self, now: float) -> None:
        self._looks.void(now)
        self.stage.threads = []
        self._plan_wake()

    def _still_busy(self, now: float) -> bool:
        """Let what holds hold on while a program is seen to run: it may be about to say more."""
        busy = any(thread.call == "running" for thread in self.stage.threads)
        if busy and not self._failing and self._settle_by is not None and now < self._deadline:
            self._settle_by += HOLD_ON
            return True
        return False

    def _plan_wake(self) -> None:
        times = [] if self._failing else [self._deadline]
        if self._settle_by is not None:
            times.append(self._settle_by)
        if self._may_look:
            times.append(self._looks.next_at)
        self.wake_at = min(times)

    @property
    def _may_look(self) -> bool:
        step = self.step
        asks = self._failing or (step is not None and step.action.settles())
        return asks and not self._looks.under_way

    def _next(self, now: float) -> list[Addressed]:
        """Begin the next step, and all that are over as soon as they begin."""
        commands: list[Addressed] = []
        while True:
            try:
                step = self._begin_next()
            except PlayError as error:
                return commands + self._finish(Verdict("spec_broken", str(error)))
            if step is None:
                return commands + self._finish(None)
            self._settle_by, self._failing = None, False
            begun = self._addressed(step.action.begin(self.stage, step.actor))
            commands += begun
            if self.stage.fault:
                return commands + self._finish(Verdict("spec_broken", self.stage.fault))
            end = self.stage.begun + self.limit
            self._since = now
            self._deadline = min(now + step.action.patience(self.stage, step.actor), max(end, now))
            if begun:
                self._active(now)
            answer = step.action.judge(self.stage, step.actor)
            if not isinstance(answer, Done):
                return commands + self._wait_or_fail(answer, now)

    def _begin_next(self) -> Step | None:
        done, self.index = self.step, self.index + 1
        if self._playing and self.index == len(self.steps):
            fresh = self._playing.next(self.stage, done.actor if done else "")
            self.steps += [fresh] if fresh else []
        return self.step

    def _advance(self, now: float) -> list[Addressed]:
        if (step := self.step) is None:
            return []
        commands = self._addressed(step.action.again(self.stage, step.actor))
        answer = step.action.judge(self.stage, step.actor)
        if isinstance(answer, Done):
            return commands + self._next(now)
        return commands + self._wait_or_fail(answer, now)

    def _wait_or_fail(self, answer: Verdict | Holds | None, now: float) -> list[Addressed]:
        if isinstance(answer, Verdict) and answer.outcome is not Outcome.FAIL:
            return self._finish(answer)
        if isinstance(answer, Verdict):
            if not self._failing or self._settle_by is None:
                self._settle_by = now + SETTLE
        elif isinstance(answer, Holds):
            self._settle_by = now + answer.seconds
        else:
            self._settle_by = None
        self._failing = isinstance(answer, Verdict)
        self._plan_wake()
        return []

    def _give_up(self, now: float, why: str) -> list[Addressed]:
        """Nothing more will come: ask the step for its last word."""
        step = self.step
        if step is None:
            return []
        answer = step.action.judge(self.stage, step.actor)
        if answer is None or isinstance(answer, Holds):
            answer = step.action.expire(self.stage, step.actor, why or self._why())
        if isinstance(answer, Done):
            return self._next(now)
        return self._finish(answer)

    def _why(self) -> str:
        stuck = self.stage.stuck
        return f"it is {stuck}" if stuck else "nothing more can come"

    def _too_long(self) -> str:
        waited = self._deadline - self._since
        if self._deadline >= self.stage.begun + self.limit:
            return f"the check took {self._deadline - self.stage.begun:.3g} seconds in all"
        return f"after {waited:.2g} seconds"

    def _finish(self, verdict: Verdict | None) -> list[Addressed]:
        self.verdict = verdict
        if verdict is None:
            self.finished = True
            return []
        locating = Locating(self.stage)
        asked = locating.begin(verdict)
        self.place, self.finished = locating.place, not asked
        if asked:
            self._locating, self.wake_at = locating, self.stage.now + PATIENCE
        agent = self.agents.get(locating.actor, SIDECAR)
        return [Addressed(agent, command) for command in asked]

    def _leave(self) -> list[Addressed]:
        """The program has said where it stands, or does not say it."""
        if self._locating:
            self._locating.end()
            self.place = self._locating.place
        self.finished = True
        return []

    def _addressed(self, commands: Iterable[p.Command]) -> list[Addressed]:
        named = [(getattr(command, "actor", ""), command) for command in commands]
        return [Addressed(self._agent(actor), command) for actor, command in named]

    def _agent(self, actor: str) -> str:
        if actor in self.stage.pages:
            return self.stage.browser.agent
        return self.agents.get(actor, SIDECAR)

    # ----------------------------------------------------------------- stuck, or just slow

    @property
    def _held(self) -> set[int]:
        return {tube.local_port for tube in self.stage.tubes.values() if tube.held}

    def _look(self, now: float) -> list[Addressed]:
        """Look at the student's programs."""
        asked = self._looks.begin(now, self._held)
        self._plan_wake()
        return [asked]

    def _looked(self, agent: str, event: p.Probed, now: float) -> list[Addressed]:
        """Take what an agent saw; once all wait for good, the step is asked for its last word."""
        answer = self._looks.take(agent, event, now, self._held)
        self.stage.threads, self.stage.busy = self._looks.threads, self._looks.busy
        if isinstance(answer, Addressed):
            return [answer]
        if answer:
            return self._give_up(now, "")
        if self._spins():
            return self._give_up(now, f"it is {self.stage.stuck}")
        self._plan_wake()
        return []

    def _spins(self) -> bool:
        """Tell whether a thread has computed for so long, and nothing else, that it will not come
        to an end: measured in its own processor time, which a loaded machine does not stretch. A
        program that starts may take all the time it likes.
        """
        step = self.step
        if step is None or self._failing or step.action.may_compute():
            return False
        seconds, share = self.stage.busy
        patience: float = step.action.patience(self.stage, step.actor)
        return seconds * share >= SPINS * patience
