"""What can be wrong with a file a person wrote, told so that the person can mend it.

A `LoadError` is one problem: where it is (file, line, column), what is wrong, the line itself
with a caret, and the nearest right word. `LoadErrors` is several of one go; it is a `LoadError`
too, so callers catch one class. `Problems` collects them, so that a file is not mended one
message at a time. The text of an error is all that is ever shown: it holds no traceback.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

KeyPath = tuple[str | int, ...]
SHOWN_PROBLEMS = 20
SHOWN_LINE = 160  # characters of a source line that are shown


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a file; line and column count from 1, 0 means the file as a whole."""

    line: int = 0
    column: int = 0


class LoadError(Exception):
    """One problem in one file. `str()` is what to show."""

    def __init__(
        self,
        message: str,
        file: str = "",
        mark: Mark = Mark(),
        *,
        path: KeyPath = (),
        source: str = "",
        suggestion: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = mark.line
        self.column = mark.column
        self.path = path
        self.source = source
        self.suggestion = suggestion

    @property
    def errors(self) -> tuple[LoadError, ...]:
        """Every single problem; here just this one."""
        return (self,)

    @property
    def place(self) -> str:
        """`file:line:column`, as far as known."""
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([name for name in [self.file] if name] + numbers)

    def __str__(self) -> str:
        head = f"{self.place}: {self.message}" if self.place else self.message
        if self.suggestion:
            head += f"; {self.suggestion}"
        return "\n".join([head, *caret(self.source, self.column)])


class LoadErrors(LoadError):  # noqa: N818 - several of them
    """Several problems; its own place is the first one's."""

    def __init__(self, errors: Sequence[LoadError]) -> None:
        first = errors[0]
        mark = Mark(first.line, first.column)
        super().__init__(first.message, first.file, mark, path=first.path)
        self._errors = tuple(errors)

    @property
    def errors(self) -> tuple[LoadError, ...]:
        """Every single problem, in order of place."""
        return self._errors

    def __str__(self) -> str:
        count = len(self._errors)
        listed = [str(error) for error in self._errors[:SHOWN_PROBLEMS]]
        more = f", the first {SHOWN_PROBLEMS} are shown" if count > SHOWN_PROBLEMS else ""
        return "\n".join([*listed, f"{count} problems{more}"])


class Problems:
    """Collects problems; `check` raises what was found."""

    def __init__(self) -> None:
        self.found: list[LoadError] = []

    def add(self, error: LoadError) -> None:
        """Take note of a problem (or of several), each place and message once."""
        seen = {(item.place, item.message) for item in self.found}
        self.found += [item for item in error.errors if (item.place, item.message) not in seen]

    def check(self) -> None:
        """Raise what was found, if anything was."""
        self.found.sort(key=lambda item: (item.file, item.line, item.column))
        if len(self.found) == 1:
            raise self.found[0]
        if self.found:
            raise LoadErrors(self.found)


def caret(source: str, column: int) -> list[str]:
    """Return the source line and a line with a caret under the column; nothing if unknown."""
    if not source.strip() or column < 1:
        return []
    start = max(0, column - SHOWN_LINE // 2) if len(source) > SHOWN_LINE else 0
    line = source[start : start + SHOWN_LINE]
    before = line[: column - 1 - start]
    indent = "".join("\t" if character == "\t" else " " for character in before)
    return [f"    {_visible(line)}", f"    {indent}^"]


def _visible(line: str) -> str:
    return "".join(char if char.isprintable() or char == "\t" else "\N{REPLACEMENT CHARACTER}"
                   for char in line)  # fmt: skip


def nearest(word: str, right: Iterable[str]) -> str:
    """Return `did you mean "…"?` for the most similar right word, or nothing."""
    words = {item.lower(): item for item in right}
    close = difflib.get_close_matches(word.lower(), list(words), n=1, cutoff=0.6)
    return f'did you mean "{words[close[0]]}"?' if close else ""


def one_of(words: Iterable[str]) -> str:
    """Return `a, b or c`."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} or {items[-1]}"
