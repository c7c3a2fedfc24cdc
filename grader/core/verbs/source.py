"""What the student's files must hold and must not: told from their text, nothing is run.

Findings name file and line. Code, comments and strings are told apart (see `core.sources`), in
Python, C, C++ and Java.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from grader.core.outcome import Verdict
from grader.core.sources import Reading, read_sources
from grader.core.sources.finding import (
    Finding,
    Wanted,
    absolute_paths,
    code_lines,
    comments,
    uses,
)
from grader.core.stage import Stage
from grader.core.verbs.registry import DONE, Action, Judgement, Role, verb

SHOWN = 5  # findings
LONGEST = 160  # characters of a line of code


class Reads(Action, frozen=True):
    """Look at the student's source code.

    files: only files with such names, as `*.py`; all when not given
    """

    files: tuple[str, ...] = ()

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Read what is there and look at it."""
        del actor
        reading = read_sources(chosen(stage.files, self.files) if self.files else stage.files)
        for note in reading.notes:
            stage.deviate(note)
        if not reading.sources:
            what = f"with a name like {', '.join(self.files)} " if self.files else ""
            return Verdict("no_program", f"no source code {what}was handed in")
        return self.look(stage, reading)

    def look(self, stage: Stage, reading: Reading) -> Judgement:
        """Judge what was read."""
        raise NotImplementedError


class Names(Reads, frozen=True):
    """Base of what names constructs.

    anything: names used in any way: a function, a module, a keyword
    calls: functions that are called; `.exec` is a method of whatever object
    imports: modules, packages, classes or headers
    keywords: words of the language
    """

    anything: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not str(self.wanted):
            raise ValueError("names nothing to look for")

    @property
    def wanted(self) -> Wanted:
        """What to look for."""
        return Wanted(self.anything, self.calls, self.imports, self.keywords)


@verb(
    "forbids",
    [Role.SOURCE],
    example="source forbids: {calls: [os.system, eval], imports: http.server}",
    shorthand="anything",
    bare=False,
)
class Forbids(Names, frozen=True):
    """Expect that the student's code makes no use of something. Comments and strings may mention
    it. `os.system` is found under another name (`from os import system`), too.
    """

    def look(self, stage: Stage, reading: Reading) -> Judgement:
        """Fail on a use."""
        found = [item for source in reading.sources for item in uses(source, self.wanted)]
        if not found:
            return DONE
        names = ", ".join(dict.fromkeys(item.what for item in found))
        return told(stage, found, f"{names} must not be used in this assignment")


@verb(
    "requires",
    [Role.SOURCE],
    example="source requires: {imports: [threading, socketserver, asyncio]}",
    shorthand="anything",
    bare=False,
)
class Requires(Names, frozen=True):
    """Expect that the student's code uses at least one of the things named."""

    def look(self, stage: Stage, reading: Reading) -> Judgement:
        """Fail without a use."""
        del stage
        for source in reading.sources:
            if next(uses(source, self.wanted), None):
                return DONE
        one = "none of these is" if "," in str(self.wanted) else "this is not"
        return Verdict("source_finding", f"{one} used anywhere in your code: {self.wanted}")


@verb(
    "names no absolute paths",
    [Role.SOURCE],
    example="source names no absolute paths",
    bare=True,
)
class NamesNoPaths(Reads, frozen=True):
    r"""Expect that no string of the student's code begins with a directory of one machine:
    `/home/<name>/…`, `/Users/<name>/…`, `/root/…`, `/mnt/…`, `/opt/…`, `/srv/…`, `/var/www`,
    `C:\…`, `D:/…`, `\\server\…`. What every Unix has (`/dev/null`, `/bin/sh`, `/tmp`) and paths
    of URLs (`/`, `/index.html`) are none of these.

    allow: beginnings of paths that are all right
    """

    allow: tuple[str, ...] = ()

    def look(self, stage: Stage, reading: Reading) -> Judgement:
        """Fail on a path."""
        found = [item for source in reading.sources for item in absolute_paths(source, self.allow)]
        words = "a directory that only your own machine has is written into the code"
        return told(stage, found, words) if found else DONE


@verb("is commented", [Role.SOURCE], example="source is commented", bare=True)
class IsCommented(Reads, frozen=True):
    """Expect comments or docstrings in the student's code.

    at_least: how many, in all files together
    share: how many for each line of code, as 0.05
    """

    at_least: int = 1
    share: float = 0.0

    def look(self, stage: Stage, reading: Reading) -> Judgement:
        """Fail when there are too few."""
        del stage
        found = sum(len(comments(source)) for source in reading.sources)
        lines = sum(code_lines(source) for source in reading.sources)
        needed = max(self.at_least, round(self.share * lines))
        if found >= needed:
            return DONE
        many = f"{found or 'no'} comment{'' if found == 1 else 's'}"
        many += f" in {lines} line{'' if lines == 1 else 's'} of code"
        wanted = "" if needed == 1 else f", and {needed} are wanted"
        return Verdict("source_finding", f"there {'is' if found == 1 else 'are'} {many}{wanted}")


@verb("has", [Role.SOURCE], example="source has: readme", shorthand="named", bare=False)
class Has(Action, frozen=True):
    """Expect a file in the hand-in, one with any of these names that is not empty.

    named: names, with or without ending, whatever the case; `*` stands for anything
    """

    named: tuple[str, ...]

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Look for it."""
        del actor
        if any(data.strip() for data in chosen(stage.files, self.named).values()):
            return DONE
        one = "is" if len(self.named) == 1 else "is one of"
        return Verdict(
            "source_finding", f"no file was handed in whose name {one} {', '.join(self.named)}"
        )


def chosen(files: Mapping[str, bytes], patterns: Iterable[str]) -> dict[str, bytes]:
    """Return the files whose name fits a pattern; one without `*` may leave the ending out."""
    wanted = [pattern.lower() for pattern in patterns]

    def fits(path: str) -> bool:
        name = path.rsplit("/", 1)[-1].lower()
        stem = name.rpartition(".")[0] or name
        return any(
            fnmatchcase(name, pattern) or fnmatchcase(path.lower(), pattern) or stem == pattern
            for pattern in wanted
        )

    return {path: data for path, data in files.items() if fits(path)}


def told(stage: Stage, found: Sequence[Finding], words: str) -> Verdict:
    """Return the verdict about findings, the first in its message; the stage keeps a few."""
    rows = [str(item)[:LONGEST] for item in found]
    stage.findings += rows[:SHOWN]
    if len(rows) > SHOWN:
        stage.findings.append(f"… and {len(rows) - SHOWN} more")
    more = f" (and {len(rows) - 1} more)" if len(rows) > 1 else ""
    return Verdict("source_finding", f"{words}: {rows[0]}{more}")
