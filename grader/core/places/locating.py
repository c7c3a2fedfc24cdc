"""Asking a program that has failed a check where it stands, before it is ended.

The verdict is made already and does not depend on the answer. Python is sent SIGABRT, at which
its faulthandler writes every thread's stack to stderr; a JVM prints a dump of its threads at
SIGQUIT; a compiled program is looked at by `eu-stack`, or gdb where a student has that. Who does
not answer in time is not asked twice. What a program left when it died is read: a traceback on
stderr, or the file that our preloaded library has `eu-stack` write at a deadly signal.
"""

from __future__ import annotations

from grader.agent import protocol as p
from grader.agent.wire import raw
from grader.core.model import Place
from grader.core.outcome import Outcome, Verdict
from grader.core.places.choosing import choose, taking_lock
from grader.core.places.dumps import compiled_stacks, java_stacks, python_stacks
from grader.core.places.tracebacks import last_traceback
from grader.core.stage import Stage

PATIENCE = 6.0  # seconds a program gets to answer
ABORT, QUIT = 6, 3
WITNESS = ":witness"  # the actor that looks at another; no spec can name it
LOOK = """
command -v eu-stack >/dev/null && exec eu-stack -s -p "$1"
exec gdb -p "$1" -batch -nx -iex "set debuginfod enabled off" -ex "thread apply all bt" 2>/dev/null
"""
COMPILED = frozenset({"c", "cpp"})
LAST_WORDS = "{words}"  # the bench knows the file that docker/c/lastwords.c writes
MARK = "grader_last_words"  # the function that wrote it, in the thread that died
ANSWER_LIMIT = 1 << 18  # bytes
_JAVA_END = b"JNI global ref"


class Locating:
    """One question to one program."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._thread: p.Blocked | None = None
        self._language = ""
        self._said = bytearray()
        self.actor = ""
        self.place: Place | None = None

    def begin(self, verdict: Verdict) -> list[p.Command]:
        """Return what to ask, of `actor`'s agent; nothing where there is nothing to find out, or
        where the program has told by dying.
        """
        if verdict.outcome is not Outcome.FAIL:
            return []
        self._thread = self._standing() if verdict.stuck else None
        if self._thread is None:
            self.place = self._died()
            return [] if self.place else self._last_words()
        self.actor = self._thread.actor
        self._language = self._stage.launches[self.actor].language
        if self._language == "python":
            return [p.Stop(self.actor, ABORT)]
        if self._language == "java":
            return [p.Stop(self.actor, QUIT)]
        if self._language in COMPILED:
            argv = ["sh", "-c", LOOK, "look", str(self._thread.pid)]
            limit = ANSWER_LIMIT
            return [p.Spawn(WITNESS, argv, terminal=False, output_limit=limit)]
        return []

    def feed(self, event: p.Event) -> bool:
        """Take in an event; tells whether the answer is complete."""
        speaks = WITNESS if self._language in COMPILED else self.actor
        if not isinstance(event, p.ActorEvent) or event.actor != speaks:
            return False
        if isinstance(event, p.Printed):
            self._said += raw(event.data)
            return self._language == "java" and _JAVA_END in self._said
        return isinstance(event, (p.Exited, p.CouldNot))

    def end(self) -> None:
        """Make the best of what was said."""
        said = self._said.decode("utf-8", "replace")
        readers = {"python": python_stacks, "java": java_stacks}
        stacks = readers.get(self._language, compiled_stacks)(said)
        dying = [stack for stack in stacks if MARK in stack.calls]
        stacks = dying or stacks
        files = self._stage.files
        waits = any(thread.call == "lock" for thread in self._stage.threads)
        stuck_at = taking_lock(stacks, files) if waits else None
        self.place = stuck_at or choose(stacks, self._thread, files)

    def _standing(self) -> p.Blocked | None:
        """Return the thread that the verdict speaks of: one that says something, if there is."""
        threads = [one for one in self._stage.threads if one.actor in self._stage.launches]
        running = [one for one in threads if self._stage.program(one.actor).exited is None]
        telling = [one for one in running if one.call not in {"lock", "wait", "poll"}]
        return next(iter(telling or running), None)

    def _last_words(self) -> list[p.Command]:
        """Ask for what a compiled program left when a signal ended it."""
        for running in self._stage.students():
            launch = self._stage.launches[running.name]
            killed = running.exited is not None and running.exited.signal is not None
            if killed and not running.told_to_stop and launch.language in COMPILED:
                self.actor, self._language = running.name, launch.language
                argv = ["cat", LAST_WORDS]
                return [p.Spawn(WITNESS, argv, terminal=False, output_limit=ANSWER_LIMIT)]
        return []

    def _died(self) -> Place | None:
        for running in self._stage.students():
            stack = last_traceback(bytes(running.errors).decode("utf-8", "replace"))
            place = choose([stack], None, self._stage.files) if stack else None
            if place:
                return place
        return None
