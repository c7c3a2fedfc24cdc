"""Finds out how a program wants to be started, by trying: pure, one trial's outcome at a time.

`search` is a generator: it yields a `Trial`, is sent what was `Seen` of it, and returns the `Way`
that worked, or the plain way when none did. The first trial is always the plain start; so a
program that works without arguments is never given any, and one that waits at the keyboard is
answered before arguments are tried. A server is right when it listens, best at the assignment's
port; a client when it reaches our listener.
"""

from __future__ import annotations

from collections.abc import Generator

import msgspec

from grader.core.languages.arguments import fill
from grader.core.languages.plan import Habits
from grader.core.model import Program
from grader.core.prompting import asks_for

HOST = "127.0.0.1"
QUESTIONS = 3  # answered at most
SLOW = 2  # trials that may end by their time only, before trying is given up


class Trial(msgspec.Struct, frozen=True):
    """One start to be tried; with `talks` a client is also typed something to send."""

    args: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    talks: bool = False


class Seen(msgspec.Struct, frozen=True):
    """What came of a trial."""

    reached: bool = False  # it listened, or came to our listener
    exact: bool = False  # … at the assignment's port
    ended: bool = False  # the program has ended
    slow: bool = False  # it took all its time, and nobody knows what the program waits for
    screen: str = ""  # all it printed


class Way(msgspec.Struct, frozen=True):
    """How to start a program: arguments, and lines typed as it starts."""

    args: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()  # what was asked for on the keyboard: "host", "port"

    def remarks(self, name: str) -> list[tuple[str, str]]:
        """Return (deviation, words) for what is different about it."""
        said = []
        if self.args:
            said.append(("arguments", f"{name} is started with arguments: {' '.join(self.args)}"))
        if self.answers:
            words = {"host": "the address", "port": "the port"}
            things = " and ".join(words[item] for item in dict.fromkeys(self.asked))
            said.append(("prompts", f"{name} asks for {things} on the keyboard"))
        return said


Search = Generator[Trial, Seen, Way]


def worth_trying(habits: Habits, *, fixed: bool) -> bool:
    """Tell whether there is any reason to try; `fixed` says that the spec fixes the arguments."""
    return habits.asks or (bool(habits.shapes) and not fixed)


def search(program: Program, habits: Habits, *, fixed: bool) -> Search:
    """Try the plain start, then answers, then arguments."""
    plain = yield Trial()
    if plain.reached:
        return Way()
    if habits.asks and not plain.ended:
        way = yield from _asked(program, plain)
        if way.answers:
            return way
    if fixed or not habits.shapes:
        return Way()
    if program.connects and not plain.ended:  # it may wait for something to send
        spoken = yield Trial(talks=True)
        if spoken.reached:
            return Way()
    return (yield from _given(program, habits))


def _given(program: Program, habits: Habits) -> Search:
    """Try the shapes of arguments in turn."""
    second: Way | None = None
    slow = 0
    for shape in habits.shapes:
        args = fill(shape, HOST, _port(program))
        seen = yield Trial(args, talks=program.connects is not None)
        if seen.exact:
            return Way(args)
        if seen.reached and second is None:
            second = Way(args)
        slow += seen.slow
        if slow >= SLOW:
            break
    return second or Way()


def _asked(program: Program, seen: Seen) -> Search:
    """Answer what is asked as long as it is an address or a port."""
    answers: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    before, guessed = "", False
    for _ in range(QUESTIONS):
        fresh = seen.screen.removeprefix(before)
        what: str = asks_for(fresh)
        if not what and program.listens and not answers:
            # Why else should a server read the keyboard before it listens?
            what, guessed = "port", True
        if not what:
            break
        values = {"host": HOST, "port": str(_port(program))}
        kinds = ("host", "port") if what == "both" else (what,)
        answers = (*answers, " ".join(values[kind] for kind in kinds))
        asked = (*asked, *kinds)
        before = seen.screen
        seen = yield Trial(answers=answers)
        if seen.reached:
            return Way((), answers, asked)
        if seen.ended:
            break
    # What was asked for is given, whatever comes of it; a guess that did not help is not.
    return Way() if guessed else Way((), answers, asked)


def _port(program: Program) -> int:
    endpoint = program.listens or program.connects
    return endpoint.port if endpoint else 0
