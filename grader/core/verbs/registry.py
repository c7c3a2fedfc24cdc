"""The registry of verbs: each verb is a class whose fields are its options in YAML.

`begin` says what to do, `judge` looks at the stage after every event and says whether the step
is done, has failed, holds as long as nothing more comes, or waits on, and `expire` is asked when
waiting longer is pointless: the time is up, or every program is known to be blocked for good. The
loader, the JSON Schema and the reference page are made from this registry, so a verb cannot exist
without being documented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from grader.agent.protocol import Command
from grader.core.outcome import Verdict

if TYPE_CHECKING:
    from grader.core.stage import Stage


class Role(StrEnum):
    """What an actor is. A student's program is one by declaration, the others by first verb."""

    PROGRAM = "program"  # the student's, in the sandbox
    CLIENT = "client"  # our TCP connection
    UDP = "udp"  # our UDP socket
    HOST = "host"  # our listener (TCP or UDP), later the connection it accepted
    COMMAND = "command"  # a program of ours: curl, a reference client or server
    WIRE = "wire"  # our network for UDP, which may misbehave
    BROWSER = "browser"  # a real browser
    SOURCE = "source"  # the student's files, as text


class Done(msgspec.Struct, frozen=True):
    """A step is over and went well."""


class Holds(msgspec.Struct, frozen=True):
    """It is well unless more comes: over once everything has settled, or no event has come for
    some seconds (where nobody can tell whether a program is blocked).
    """

    seconds: float = 0.5


DONE: Final = Done()
Judgement = Done | Holds | Verdict | None  # None: wait for more


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A step's verb with its options."""

    def begin(self, stage: Stage, actor: str) -> Iterable[Command]:
        """Return the commands that start this step."""
        del stage, actor
        return ()

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Judge what has happened so far."""
        del stage, actor
        return DONE

    def again(self, stage: Stage, actor: str) -> Iterable[Command]:
        """Return commands that go on with this step, after something has happened."""
        del stage, actor
        return ()

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Judge for the last time: nothing more will come, for the reason `why`."""
        del actor
        return Verdict("internal", f"a step that cannot wait has waited: {why}", stuck=stage.stuck)

    def settles(self) -> bool:
        """Tell whether it ends the waiting that every program is blocked for good; not where
        what is waited for is our own doing, or a signal's.
        """
        return True

    def may_compute(self) -> bool:
        """Tell whether the program may compute all the while, as one that starts does."""
        return False

    def patience(self, stage: Stage, actor: str) -> float:
        """Seconds this step may wait, once it has begun."""
        del actor
        own = getattr(self, "within", None)
        return float(own) if own else stage.within


class Verb(msgspec.Struct, frozen=True):
    """A verb's entry: how it is written, who may do it, and the class that does it."""

    name: str
    action: type[Action]
    roles: frozenset[Role]
    example: str
    shorthand: str  # the field a bare value fills; "" when the verb takes none
    bare: bool  # may stand without any argument
    makes: Role | None  # the role an actor gets when this is its first verb

    @property
    def doc(self) -> str:
        """What the verb does, for people."""
        return " ".join((self.action.__doc__ or "").split())


VERBS: dict[str, Verb] = {}
_A = TypeVar("_A", bound=type[Action])


def verb(
    name: str,
    roles: Iterable[Role],
    *,
    example: str,
    shorthand: str = "",
    bare: bool | None = None,
    makes: Role | None = None,
) -> Callable[[_A], _A]:
    """Register the decorated class as the verb `name`."""

    def register(cls: _A) -> _A:
        may_be_bare = not shorthand if bare is None else bare
        VERBS[name] = Verb(name, cls, frozenset(roles), example, shorthand, may_be_bare, makes)
        return cls

    return register
