"""The options that every expectation shares, and how a mismatch is told."""

from __future__ import annotations

from typing import Any

import msgspec

from grader.core.matching import Miss, Pattern
from grader.core.outcome import Verdict
from grader.core.stage import Running, Stage
from grader.core.values import MAKERS
from grader.core.verbs.registry import Action


class Expecting(Action, frozen=True):
    """An action that expects some text.

    text: exactly this; padding after it (newline, NULs) is tolerated and noted
    exact: exactly this and nothing more, not even a newline
    contains: this occurs somewhere
    starts: this is how it begins
    matches: a regular expression
    any_of: one of these texts
    ignoring: what makes no difference, of `case` and `space`
    within: seconds to wait at most, instead of the check's
    """

    text: Any = None
    exact: Any = None
    contains: Any = None
    starts: Any = None
    matches: str | None = None
    any_of: list[Any] = []
    ignoring: list[str] = []
    within: float | None = None

    def pattern(self, stage: Stage, actor: str) -> Pattern:
        """Fill the holes of what is expected."""

        def make(value: Any) -> bytes:
            return made(stage, actor, value)

        fold: Any = frozenset(self.ignoring)
        if self.exact is not None:
            return Pattern(texts=(make(self.exact),), exact=True, ignoring=fold)
        if self.contains is not None:
            return Pattern(contains=make(self.contains), ignoring=fold)
        if self.starts is not None:
            return Pattern(starts=make(self.starts), ignoring=fold)
        if self.matches is not None:
            return Pattern(regex=stage.fill(actor, self.matches), ignoring=fold)
        texts = [self.text] if self.text is not None else self.any_of
        return Pattern(texts=tuple(make(text) for text in texts), ignoring=fold)


def made(stage: Stage, actor: str, value: Any) -> bytes:
    """Turn a spec's value into bytes, with the actor's number and the server's port."""
    if isinstance(value, str):
        return stage.fill(actor, value)
    return stage.values.make(value)


def is_maker(value: Any) -> bool:
    """Tell whether a mapping makes a value (`{random_text: 300}`) and is no set of options."""
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)) in MAKERS


class Wrong(msgspec.Struct, frozen=True):
    """The reasons an expectation fails with, by what it reads."""

    wrong: str
    extra: str
    missing: str


REPLY = Wrong("wrong_reply", "extra_reply", "no_reply")
MESSAGE = Wrong("wrong_message", "wrong_message", "no_message")


def mismatch(wrong: Wrong, pattern: Pattern, received: bytes, miss: Miss, who: str) -> Verdict:
    """Tell in one sentence what came instead of what was expected."""
    expected = pattern.shown()
    if miss.extra:
        extra = len(received) - miss.at
        message = f"{who} sent {extra} byte{'s' * (extra != 1)} more than expected"
        return Verdict(wrong.extra, message, expected, received)
    if wrong is REPLY and received and expected.startswith(received):
        message = f"only the first {len(received)} of {len(expected)} bytes came back"
        return Verdict("partial_reply", message, expected, received)
    message = f"{who} sent something else than expected, from byte {miss.at + 1} on"
    return Verdict(wrong.wrong, message, expected, received)


def ended(running: Running) -> str:
    """Say how a program ended, in words; empty while it runs."""
    if running.exited is None:
        return ""
    if running.exited.signal is not None:
        return f"it was killed by {SIGNALS.get(running.exited.signal, 'a signal')}"
    last = last_error(bytes(running.errors))
    return f"it exited with status {running.exited.status}" + (f" ({last})" if last else "")


def last_error(errors: bytes) -> str:
    """Return the line that names an uncaught exception, from a Python or Java traceback."""
    lines = [line.strip() for line in errors.decode("utf-8", "replace").splitlines()]
    for line in reversed(lines):
        head = line.split(":", 1)[0]
        if head.endswith(("Error", "Exception", "Interrupt")) and " " not in head:
            return line[:200]
    for line in lines:
        if line.startswith("Exception in thread"):
            return line[:200]
    return ""


def died(stage: Stage, running: Running) -> Verdict | None:
    """Judge a program that has ended although it was needed; None while it runs."""
    name = running.name
    if running.failed:
        return Verdict("cannot_start", f"your {name} could not be started: {running.failed}")
    if running.limit:
        return Verdict(*limit_words(stage, running))
    if running.exited is None:
        return None
    crashed = running.exited.signal is not None or bool(last_error(bytes(running.errors)))
    return Verdict("crashed" if crashed else "exited_early", f"your {name} ended: {ended(running)}")


def limit_words(stage: Stage, running: Running) -> tuple[str, str]:
    """Return the reason and the sentence for a limit that was hit."""
    del stage
    words = {
        "memory": ("memory_limit", "used more memory than allowed"),
        "processes": ("process_limit", "started more processes or threads than allowed"),
        "output": ("output_limit", "printed more than allowed"),
        "disk": ("disk_limit", "wrote more to disk than allowed"),
        "file_size": ("disk_limit", "wrote a larger file than allowed"),
        "files": ("disk_limit", "opened more files than allowed"),
        "cpu": ("cpu_limit", "used more processor time than allowed"),
    }
    code, sentence = words.get(running.limit, ("crashed", f"hit the limit on {running.limit}"))
    return code, f"your {running.name} {sentence}"


SIGNALS = {
    4: "SIGILL (illegal instruction)",
    6: "SIGABRT (it called abort)",
    7: "SIGBUS (bad memory access)",
    8: "SIGFPE (division by zero)",
    9: "SIGKILL",
    11: "SIGSEGV (bad memory access)",
    13: "SIGPIPE (it wrote to a connection the other side had closed)",
    15: "SIGTERM",
    24: "SIGXCPU (too much processor time)",
    25: "SIGXFSZ (too large a file)",
}
