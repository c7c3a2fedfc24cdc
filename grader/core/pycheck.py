"""A check written in Python, for when YAML is not enough: the same actors, as objects.

It is a generator function that is given the cast and yields what actors do; each `yield` gives
back the bytes that actor last received or printed, so that what comes next can depend on them:

    def guesses(cast):
        server, alice = cast.server, cast.alice
        yield server.starts()
        yield alice.connects()
        reply = yield alice.expects(matches="[0-9]+")
        yield alice.sends(str(int(reply) + 1))

A verb of several words is written with `_` (`alice.sees_the_end()`), options are keywords, and
the option that a bare value fills may come without its name. To fail with words of one's own,
yield `cast.fails("why", reason="wrong_reply")`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import msgspec

from grader.core.model import Step
from grader.core.outcome import REASONS, Verdict
from grader.core.stage import Stage
from grader.core.verbs import VERBS
from grader.core.verbs.registry import Action, Judgement

Play = Callable[["Cast"], Generator[Step, bytes, None]]


class PlayError(Exception):
    """The Python check does what no spec can: our fault, or the course's, never the student's."""


class Fails(Action, frozen=True):
    """The last step of a Python check that has found something wrong."""

    message: str
    reason: str = "wrong_reply"

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Fail."""
        del stage, actor
        return Verdict(self.reason, self.message)


class Actor:
    """An actor: calling one of its verbs makes a step, to be yielded."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, word: str) -> Callable[..., Step]:
        name = word.replace("_", " ")
        entry = VERBS.get(name) or VERBS.get(word.replace("_", "-"))
        if entry is None:
            raise PlayError(f"{self._name} cannot do {name!r}: no such verb")

        def step(*value: Any, **options: Any) -> Step:
            if value:
                options[entry.shorthand] = value[0]
            try:
                # Named as in YAML, so checked as in YAML.
                action = msgspec.convert(options, entry.action)
            except msgspec.ValidationError as error:
                raise PlayError(f"{self._name} {name}: {error}") from error
            return Step(self._name, entry.name, action, shown=f"{self._name} {entry.name}")

        return step


class Cast:
    """The actors by name (`cast.alice`), members of a crowd too (`cast["crowd#3"]`)."""

    def __getattr__(self, name: str) -> Actor:
        return Actor(name)

    def __getitem__(self, name: str) -> Actor:
        return Actor(name)

    @staticmethod
    def fails(message: str, reason: str = "wrong_reply") -> Step:
        """Return the step that ends the check with a failure."""
        if reason not in REASONS:
            raise PlayError(f"no reason is called {reason!r}")
        return Step("check", "fails", Fails(message=message, reason=reason))


class Playing:
    """A Python check under way: asks it for its next step."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self._steps: Generator[Step, bytes, None] | None = None

    def next(self, stage: Stage, actor: str) -> Step | None:
        """Return the next step, None at the end; raises `PlayError` for whatever goes wrong."""
        try:
            if self._steps is None:
                self._steps = self._play(Cast())
                return next(self._steps, None)
            return self._steps.send(_last_heard(stage, actor))
        except StopIteration:
            return None
        except PlayError:
            raise
        except Exception as error:
            raise PlayError(f"the Python check raised {type(error).__name__}: {error}") from error


def _last_heard(stage: Stage, actor: str) -> bytes:
    for line in reversed(stage.transcript):
        if line.actor == actor and line.what in {"received", "printed"}:
            return line.data.encode("latin-1")
    return b""
