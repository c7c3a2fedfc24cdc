"""Verbs of what programs show: what they print, how they end, what they leave behind."""

from __future__ import annotations

from collections.abc import Iterable

from grader.agent import protocol as p
from grader.core.matching import Match, within
from grader.core.outcome import Verdict
from grader.core.stage import Running, Stage
from grader.core.verbs.blame import crashed, culprit, died, ended, gone, last_line, whose
from grader.core.verbs.expecting import Expecting
from grader.core.verbs.programs import BOTH
from grader.core.verbs.registry import DONE, Action, Done, Holds, Judgement, Role, verb


@verb("prints", BOTH, example="client prints: HELLO ${upper:word}", shorthand="text")
class Prints(Expecting, frozen=True):
    """Expect a text on the program's screen (stdout and stderr, as a person would see them),
    anywhere after what an earlier `prints` found. Labels and prompts around it do not matter.

    anywhere: search all it has printed, not just what came after the last find
    """

    anywhere: bool = False

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Look for it."""
        running = stage.program(actor)
        start = 0 if self.anywhere else running.read
        found = within(self.pattern(stage, actor), bytes(running.screen[start:]))
        if found and found.open and running.exited is None:
            return Holds()
        if found:
            return self._take(running, start, found)
        if running.failed or running.limit:
            return died(stage, running)
        if running.exited is not None:
            return self._missing(stage, actor, "")
        return None

    @staticmethod
    def _take(running: Running, start: int, found: Match) -> Done:
        running.read = max(running.read, start + found.used)
        return DONE

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Take what holds, or tell what it printed instead."""
        running = stage.program(actor)
        start = 0 if self.anywhere else running.read
        found = within(self.pattern(stage, actor), bytes(running.screen[start:]))
        return self._take(running, start, found) if found else self._missing(stage, actor, why)

    def _missing(self, stage: Stage, actor: str, why: str) -> Verdict:
        running = stage.program(actor)
        shown = self.pattern(stage, actor).shown()
        fresh = bytes(running.screen[0 if self.anywhere else running.read :])
        if failure := culprit(stage, actor, expected=shown, received=fresh[-2000:]):
            return failure
        who = whose(stage, actor)
        if fresh.strip():
            code, message = "wrong_output", f"{who} did not print what it should"
        else:
            code, message = "no_output", f"{who} printed nothing when it should"
        if ending := ended(running):
            message += f": {ending}"
        else:
            message += f" ({gone(stage, actor) or why})"
        return Verdict(code, message, shown, fresh[-2000:], stage.stuck)


@verb("exits", BOTH, example="client exits: 0", shorthand="status", bare=True)
class Exits(Action, frozen=True):
    """Expect the program to end by itself.

    status: the exit status it must have, or `nonzero`; any when not given
    within: seconds to wait at most, instead of the check's
    """

    status: int | str | None = None
    within: float | None = None

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Wait for its end and compare the status."""
        running = stage.program(actor)
        if running.failed or running.limit:
            return died(stage, running)
        if running.exited is None:
            return None
        status = running.exited.status
        good = (
            self.status is None
            or (self.status == "nonzero" and status != 0)
            or str(status) == str(self.status)
        )
        by_itself = running.exited.signal is None or running.told_to_stop
        if good and by_itself:
            return DONE
        wanted = "another status than 0" if self.status == "nonzero" else f"status {self.status}"
        wanted = "by itself" if self.status is None else f"with {wanted}"
        message = f"{whose(stage, actor)} should have ended {wanted}, but {ended(running)}"
        if actor not in stage.launches:  # ours tells what it thinks of the student's server
            last = last_line(bytes(running.errors))
            message = (
                f"{actor} failed: {last} (exit status {status})" if last and status else message
            )
            return culprit(stage, actor) or Verdict("client_failed", message)
        return Verdict("crashed" if crashed(running) else "wrong_exit", message)

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """It still runs."""
        if failure := culprit(stage, actor):
            return failure
        if actor in stage.launches:
            message = f"your {actor} should have ended by now ({why})"
            return Verdict("still_running", message, stuck=stage.stuck)
        last = last_line(bytes(stage.program(actor).screen))
        message = f"{actor} still waits for your server ({gone(stage, actor) or why})"
        message += f"; it last printed: {last}" if last else ""
        return Verdict("no_reply", message, stuck=stage.stuck)


@verb("keeps running", BOTH, example="server keeps running", bare=True)
class KeepsRunning(Action, frozen=True):
    """Expect the program to be still there once all has settled.

    within: seconds to watch it at most
    busy: seconds to watch it at most while it computes or prints: long enough for one that prints
        for ever to reach its limit; `within` is then how long it must be quiet
    """

    within: float | None = 1.0
    busy: float = 0.0

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Fail as soon as it ends."""
        failure = died(stage, stage.program(actor))
        return failure or (Holds(self.within or 0.0) if self.busy else None)

    def patience(self, stage: Stage, actor: str) -> float:
        """Busy ones are watched longer."""
        return max(super().patience(stage, actor), self.busy)

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """It is still there."""
        del why
        return died(stage, stage.program(actor)) or DONE


@verb("leaves no zombies", [Role.PROGRAM], example="server leaves no zombies", bare=True)
class LeavesNoZombies(Action, frozen=True):
    """Expect that the program waits for its child processes once they have ended. Some collect
    them when the next client comes, so a few are no fault; that they pile up is. Let more clients
    than `at_most` leave, each after all has settled, and serve one more, before this step.

    at_most: how many ended children may still wait to be collected
    within: seconds to wait at most, instead of the check's
    """

    at_most: int = 2
    within: float | None = None

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Have them counted."""
        stage.program(actor).zombies = None
        yield p.CountZombies(actor)

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Wait until few enough are left."""
        running = stage.program(actor)
        if failure := died(stage, running):
            return failure
        if running.zombies is None or running.zombies > self.at_most:
            return None
        if running.zombies < 0:
            stage.deviate("zombies cannot be counted on this system: graded without")
        return DONE

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """They have piled up."""
        count = stage.program(actor).zombies or 0
        message = (
            f"{whose(stage, actor)} has {count} zombies: child processes that have ended "
            f"and that it never waited for ({why})"
        )
        return Verdict("zombies", message, stuck=stage.stuck)
