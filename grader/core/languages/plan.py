"""The answers this package gives: how to build and start a program, or why it cannot be found.

All paths are relative to the sandbox's work directory, with `/` between their parts, as they are
among the submission's files. `{work}` in an argument stands for the absolute path of the work
directory; the runner puts it in. Everything meant to be read (`shown`, notes, messages) is
printable text; everything meant to be executed is a list of arguments, never a shell's text.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import Literal

import msgspec

from grader.core.languages.names import for_people

Language = Literal["python", "c", "cpp", "java"]
Image = Literal["python", "c", "java"]

WORK = "{work}"
BUILD_DIR = ".build"
IMAGES: dict[Language, Image] = {"python": "python", "c": "c", "cpp": "c", "java": "java"}
TITLES: dict[Language, str] = {"python": "Python 3", "c": "C", "cpp": "C++", "java": "Java"}


class BuildStep(msgspec.Struct, frozen=True):
    """One command. `shown` is what a student would type; empty for our own housekeeping."""

    argv: tuple[str, ...]
    cwd: str
    shown: str


class Attempt(msgspec.Struct, frozen=True):
    """One way to build: it succeeded when each of its steps ended with 0.

    `produces` is what is then there ("" when nothing is made). `note` is for the report when this
    attempt is the one that succeeded. `renamed` are (copy, original) of sources that had to be
    compiled under another name. What a `guess` says when it fails, too, helps nobody.
    """

    name: str
    steps: tuple[BuildStep, ...]
    produces: str = ""
    note: str = ""
    renamed: tuple[tuple[str, str], ...] = ()
    guess: bool = False


class Habits(msgspec.Struct, frozen=True):
    """How a program wants to be started."""

    shapes: tuple[tuple[str, ...], ...] = ()  # of arguments, likeliest first; none if it reads none
    asks: bool = False  # it may ask for an address or a port on the keyboard
    addresses: tuple[str, ...] = ()  # IPv4
    names: tuple[str, ...] = ()  # of hosts
    packages: tuple[str, ...] = ()  # imported modules that are neither Python's nor the student's


class Found(msgspec.Struct, frozen=True):
    """A program: its main file, what it is made of, how to build it and how to start it.

    Attempts are tried in order until one succeeds. `argv` starts the program in `cwd`, whichever
    attempt it was; a spec's arguments are appended to it.
    """

    program: str
    language: Language
    image: Image
    entry: str
    sources: tuple[str, ...]
    attempts: tuple[Attempt, ...]
    argv: tuple[str, ...]
    cwd: str
    port_hints: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    habits: Habits = Habits()

    @property
    def telling(self) -> int:
        """Return the index of the attempt whose output to show when all have failed."""
        return max(index for index, attempt in enumerate(self.attempts) if not attempt.guess)


class NotFound(msgspec.Struct, frozen=True):
    """Why a program cannot be graded; `reason` is a code of `outcome.REASONS`."""

    program: str
    reason: str
    message: str
    candidates: tuple[str, ...] = ()


class BuildReport(msgspec.Struct, frozen=True):
    """What a compiler's output says, told by file and line of the student's own files."""

    first_error: str = ""
    errors: int = 0
    warnings: tuple[str, ...] = ()


def step(*argv: str, cwd: str = ".", shown: str | None = None) -> BuildStep:
    """Make a step; without `shown` it is shown as it is."""
    return BuildStep(argv, cwd, command_line(argv) if shown is None else shown)


def command_line(argv: Iterable[str]) -> str:
    """Write a command as it would be typed, on one line of printable text."""
    return for_people(shlex.join(argv), limit=2000)


def argument(path: str) -> str:
    """Return a path so that no tool takes it for an option or an `@file`."""
    return path if path[:1].isalnum() or path[:1] in "._" else f"./{path}"


def build_path(program: str, *parts: str) -> str:
    """Return a path below the program's own directory for what is built."""
    own = "".join(char if char.isalnum() or char in "_-" else "_" for char in program)
    return "/".join((BUILD_DIR, own or "_", *parts))
