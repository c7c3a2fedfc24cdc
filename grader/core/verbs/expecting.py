"""The options that every expectation shares, and how a mismatch is told."""

from __future__ import annotations

from typing import Any

from grader.core.matching import Miss, Pattern, differs_at
from grader.core.outcome import Verdict
from grader.core.stage import Stage, member
from grader.core.values import MAKERS
from grader.core.verbs.blame import Heard
from grader.core.verbs.registry import Action


class Matching(Action, frozen=True):
    """An action that compares some text with what is there.

    text: exactly this; padding after it (newline, NULs) is tolerated and noted
    exact: exactly this and nothing more, not even a newline
    line: this and the end of its line, which may be LF or CR LF
    contains: this occurs somewhere
    starts: this is how it begins
    matches: a regular expression
    any_of: one of these texts
    ignoring: what makes no difference, of `case` and `space` (all white space)
    """

    text: Any = None
    exact: Any = None
    line: Any = None
    contains: Any = None
    starts: Any = None
    matches: str | None = None
    any_of: list[Any] = []
    ignoring: list[str] = []

    def pattern(self, stage: Stage, actor: str) -> Pattern:
        """Fill the holes of what is expected."""

        def make(value: Any) -> bytes:
            return made(stage, actor, value)

        fold: Any = frozenset(self.ignoring)
        if self.exact is not None:
            return Pattern(texts=(make(self.exact),), exact=True, ignoring=fold)
        if self.line is not None:
            return Pattern(line=make(self.line) + b"\n", ignoring=fold)
        if self.contains is not None:
            return Pattern(contains=make(self.contains), ignoring=fold)
        if self.starts is not None:
            return Pattern(starts=make(self.starts), ignoring=fold)
        if self.matches is not None:
            return Pattern(regex=stage.fill(actor, self.matches), ignoring=fold)
        texts = [self.text] if self.text is not None else self.any_of
        return Pattern(texts=tuple(make(text) for text in texts), ignoring=fold)


class Expecting(Matching, frozen=True):
    """An action that expects some text.

    within: seconds to wait at most, instead of the check's
    """

    within: float | None = None


def made(stage: Stage, actor: str, value: Any) -> bytes:
    """Turn a spec's value into bytes, with the actor's number and the server's port."""
    if isinstance(value, str):
        return stage.fill(actor, value)
    return stage.values.make(value, member(actor))


def is_maker(value: Any) -> bool:
    """Tell whether a mapping makes a value (`{random_text: 300}`) and is no set of options."""
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)) in MAKERS


def mismatch(heard: Heard, pattern: Pattern, received: bytes, miss: Miss) -> Verdict:
    """Tell in one sentence what came instead of what was expected."""
    who, wrong, _ = heard
    expected, at = pattern.shown(), first_difference(pattern, received)
    if miss.extra:
        extra = len(received) - miss.at
        message = f"{who} sent {extra} byte{'s' * (extra != 1)} more than expected"
        return Verdict(wrong.extra, message, expected, received, differs_at=at)
    if received and miss.at >= len(received):
        message = f"only the first {len(received)} of {len(expected)} bytes came"
        return Verdict(wrong.partial, message, expected, received, differs_at=at)
    message = f"{who} sent something else than expected"
    if pattern.is_prefix:
        message += f", from byte {miss.at + 1} on"
    return Verdict(wrong.wrong, message, expected, received, differs_at=at)


def first_difference(pattern: Pattern, received: bytes) -> int | None:
    """Return the first byte in which what came differs from what was expected; None where nothing
    came, or where the two were not compared byte for byte.
    """
    one_text = pattern.is_prefix and len(pattern.texts) <= 1 and not pattern.ignoring
    return differs_at(pattern.shown(), received) if one_text and received else None
