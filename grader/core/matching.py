r"""Matchers: does what came so far fit what is expected, not yet, or never?

Three questions for three sources: `front` for a byte stream (does it begin with this?),
`whole` for a datagram or a finished text (is it this?), `within` for a screen (does it occur?).
Each answers with a `Match`, a `Miss` (certain, with the first wrong place), or None for
"can't tell yet". A match is `open` while bytes to come could still belong to it: `\d+` fits "1"
of "17". Where segments end is chance, so who asks waits until nothing more comes, or more did.
Pure; tested whole, byte by byte, and with trailing bytes.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Literal

import msgspec

PADDING = b"\r\n\0"  # what honest programs leave behind a reply: println, fixed Java buffers
SPACE = b" \t\n\r\x0b\x0c"


class Pattern(msgspec.Struct, frozen=True):
    """What is expected, with every hole filled. Exactly one of the fields is used."""

    texts: tuple[bytes, ...] = ()  # any one of them
    line: bytes = b""  # one line, with its end; a CR before that is tolerated
    contains: bytes = b""
    starts: bytes = b""
    regex: bytes = b""
    exact: bool = False  # with `texts`: not even padding after it
    ignoring: frozenset[Literal["case", "space"]] = frozenset()

    def shown(self) -> bytes:
        """Return the pattern as bytes to show beside what came."""
        texts = b" | ".join(self.texts) or self.line
        return texts or self.contains or self.starts or self.regex

    @property
    def choices(self) -> tuple[bytes, ...]:
        """The texts of which any one fits; none if it is told by another rule."""
        return self.texts or ((self.line, self.line[:-1] + b"\r\n") if self.line else ())

    @property
    def is_prefix(self) -> bool:
        """Whether it is told by its own bytes, from the first on, what is wrong or missing."""
        return not (self.regex or self.contains)


class Match(msgspec.Struct, frozen=True):
    """It fits; `used` bytes of the source belong to it."""

    used: int
    padding: bytes = b""  # tolerated bytes that followed it
    open: bool = False  # bytes to come could still belong to it


class Miss(msgspec.Struct, frozen=True):
    """It does not and never will; `at` is the first wrong byte."""

    at: int
    extra: bool = False  # all that was expected came, and then more


def differs_at(expected: bytes, received: bytes) -> int:
    """Return the index of the first byte in which two texts differ."""
    for index, (left, right) in enumerate(zip(expected, received, strict=False)):
        if left != right:
            return index
    return min(len(expected), len(received))


def front(pattern: Pattern, data: bytes) -> Match | Miss | None:
    """Match at the front of a stream of which `data` is what came so far."""
    if pattern.regex:
        found = re.match(pattern.regex, data, _flags(pattern))
        return Match(found.end(), open=True) if found else None
    if pattern.contains:
        end = _find(pattern.contains, data, pattern.ignoring)
        return Match(end) if end is not None else None
    answers = [_front_text(text, data, pattern) for text in pattern.choices or (pattern.starts,)]
    matches = [answer for answer in answers if isinstance(answer, Match)]
    undecided = any(answer is None for answer in answers)
    if matches:
        return Match(max(match.used for match in matches), open=undecided)
    if undecided:
        return None
    return max((a for a in answers if isinstance(a, Miss)), key=lambda miss: miss.at)


def whole(pattern: Pattern, data: bytes) -> Match | Miss:
    """Match all of a datagram, or of a text that has ended."""
    if pattern.regex:
        found = re.fullmatch(pattern.regex, data, _flags(pattern)) or re.fullmatch(
            pattern.regex, data.rstrip(PADDING), _flags(pattern)
        )
        return Match(found.end(), padding=data[found.end() :]) if found else Miss(0)
    if pattern.contains:
        found_at = _find(pattern.contains, data, pattern.ignoring)
        return Miss(0) if found_at is None else Match(len(data))
    answer = front(pattern, data)
    if not isinstance(answer, Match):
        return answer or Miss(len(data))
    rest = data[answer.used :]
    if pattern.starts or not rest:
        return Match(len(data))
    harmless = PADDING + SPACE if "space" in pattern.ignoring else PADDING
    if pattern.exact or rest.strip(harmless):
        return Miss(answer.used, extra=True)
    return Match(answer.used, padding=rest)


def within(pattern: Pattern, data: bytes) -> Match | None:
    """Find the pattern somewhere in what a program printed; `used` is where it ends."""
    if pattern.regex:
        found = re.search(pattern.regex, data, _flags(pattern) | re.MULTILINE)
        return Match(found.end(), open=found.end() == len(data)) if found else None
    wanted = pattern.choices or (pattern.contains or pattern.starts,)
    ends = [_find(text, data, pattern.ignoring) for text in wanted]
    found_ends = [end for end in ends if end is not None]
    return Match(min(found_ends)) if found_ends else None


def _flags(pattern: Pattern) -> int:
    return re.IGNORECASE if "case" in pattern.ignoring else 0


def _front_text(text: bytes, data: bytes, pattern: Pattern) -> Match | Miss | None:
    if not pattern.ignoring:
        if data.startswith(text):
            return Match(len(text))
        return None if text.startswith(data) else Miss(differs_at(text, data))
    wanted, seen = _fold(text, pattern.ignoring), _fold(data, pattern.ignoring)
    if seen.startswith(wanted):
        return Match(_place(data, len(wanted) - 1, pattern.ignoring) + 1 if wanted else 0)
    if wanted.startswith(seen):
        return None
    return Miss(_place(data, differs_at(wanted, seen), pattern.ignoring))


def _find(text: bytes, data: bytes, ignoring: frozenset[str]) -> int | None:
    """Return where the first occurrence of `text` ends, or None."""
    wanted = _fold(text, ignoring)
    start = _fold(data, ignoring).find(wanted)
    if start < 0:
        return None
    return _place(data, start + len(wanted) - 1, ignoring) + 1 if wanted else 0


def _fold(data: bytes, ignoring: frozenset[str]) -> bytes:
    """Leave out what makes no difference."""
    if "space" in ignoring:
        data = data.translate(None, SPACE)
    return data.lower() if "case" in ignoring else data


def _place(data: bytes, index: int, ignoring: frozenset[str]) -> int:
    """Return where a byte of the folded text stands in the text itself."""
    if "space" not in ignoring:
        return index
    seen = (place for place, byte in enumerate(data) if byte not in SPACE)
    return next(islice(seen, index, None))
