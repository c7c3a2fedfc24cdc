"""Reads what a compiler, `make` or Python said, for the first error and the warnings.

Told by file and line of the student's own files, on one line each. Output in a form that is not
known yields its last line: better than nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from grader.core.languages.names import base, for_people, join
from grader.core.languages.plan import Attempt, BuildReport, Language
from grader.core.regex import regex

MOST_WARNINGS = 50
_LIMIT = 1 << 20

_GCC = regex(
    r"(?P<file>[^\s:][^:]*):(?P<line>\d+):(?:\d+:)? "
    r"(?P<kind>fatal error|error|warning): (?P<what>.*)"
)
_JAVAC = regex(r"(?P<file>.+\.java):(?P<line>\d+): (?P<kind>error|warning): (?P<what>.*)")
_JAVAC_BARE = regex(r"(?P<kind>error|warning): (?P<what>.*)")
_LINKER = regex(
    r"(?:.*: )?(?P<what>undefined reference to .*|multiple definition of .*|cannot find -l.*)"
)
_LINKED_AT = regex(r"(?P<file>[^\s:()]+\.\w+):(?P<line>\d+): ")
_MAKE = regex(r"(?:make(?:\[\d+\])?: \*\*\* |(?P<file>[^\s:]+):(?P<line>\d+): \*\*\* )(?P<what>.*)")
_PYTHON_AT = regex(r'\s*File "(?P<file>.*)", line (?P<line>\d+)')
_PYTHON = regex(r"(?P<what>(?:SyntaxError|IndentationError|TabError|UnicodeDecodeError): .*)")
_SORRY = regex(r"Sorry: (?P<what>\w+: .*) \((?P<file>.*), line (?P<line>\d+)\)")
_NOISE = ("-fpermissive", "may have been intended to silence earlier diagnostics")
_HEADER = regex(
    r"((?:winsock2?|ws2tcpip|windows|conio|process|io)\.h): No such file", re.IGNORECASE
)
_QUOTES = str.maketrans("\u2018\u2019`", "'''")


def read_build_output(
    language: Language, attempt: Attempt, output: bytes, files: Mapping[str, bytes]
) -> BuildReport:
    """Return the first error, how many there are, and the warnings."""
    lines = output[-_LIMIT:].decode("utf-8", "replace").translate(_QUOTES).splitlines()
    names = _names(attempt, files)
    errors, warnings = (_python if language == "python" else _compiler)(lines, names)
    errors = [for_people(text, 300) for text in dict.fromkeys(errors)]
    kept = tuple(for_people(text, 300) for text in dict.fromkeys(warnings))[:MOST_WARNINGS]
    return BuildReport(_explained(errors[0]) if errors else "", len(errors), kept)


def _names(attempt: Attempt, files: Mapping[str, bytes]) -> dict[str, str]:
    """Return for each name a tool may use for a file the name the student gave it."""
    names = dict(attempt.renamed)
    given = {join(part) for build in attempt.steps for part in build.argv}
    for path in files:
        names.setdefault(path, path)
        if path in given:  # Python names some errors' files without their folder
            names.setdefault(base(path), path)
        for folder in {build.cwd for build in attempt.steps} - {"."}:
            if path.startswith(f"{folder}/"):
                names.setdefault(path[len(folder) + 1 :], path)
    return names


def _compiler(lines: list[str], names: Mapping[str, str]) -> tuple[list[str], list[str]]:
    errors: list[str] = []
    later: list[str] = []  # what make adds, when nothing else says more
    warnings: list[str] = []
    for line in lines:
        if any(noise in line for noise in _NOISE) and "warning" not in line.partition(".")[2]:
            continue
        match = _GCC.match(line) or _JAVAC.match(line)
        if match:
            told = _told(match, names)
            (warnings if match["kind"] == "warning" else errors).append(told)
        elif linked := _LINKER.match(line):
            at = _LINKED_AT.search(line)
            errors.append(_told(at, names, linked["what"]) if at else linked["what"])
        elif bare := _JAVAC_BARE.match(line):
            (warnings if bare["kind"] == "warning" else errors).append(bare["what"])
        elif make := _MAKE.match(line):
            told = _told(make, names) if make["file"] else f"make: {make['what']}"
            later.append(told)
    return errors or later, warnings


def _python(lines: list[str], names: Mapping[str, str]) -> tuple[list[str], list[str]]:
    errors: list[str] = []
    warnings: list[str] = []
    place: re.Match[str] | None = None
    for line in lines:
        if sorry := _SORRY.match(line):
            errors.append(_told(sorry, names))
        elif at := _PYTHON_AT.match(line):
            place = at
        elif error := _PYTHON.match(line):
            errors.append(_told(place, names, error["what"]) if place else error["what"])
            place = None
        elif warning := re.match(r"(.+):(\d+): (\w*Warning: .*)", line):
            warnings.append(f"{_name(warning[1], names)}:{warning[2]}: {warning[3]}")
    return errors, warnings


def _told(match: re.Match[str], names: Mapping[str, str], what: str = "") -> str:
    kind = match.groupdict().get("kind")
    text = what or match["what"]
    told = f"{kind}: {text}" if kind else text
    return f"{_name(match['file'], names)}:{match['line']}: {told}"


def _name(file: str, names: Mapping[str, str]) -> str:
    file = join(file)
    if file in names:
        return names[file]
    ends = [name for name in names if file.endswith(f"/{name}")]
    return names[max(ends, key=len)] if ends else file


def _explained(error: str) -> str:
    """Say in a sentence what a compiler says in its own way."""
    windows = _HEADER.search(error)
    if windows:
        place = error.partition(" ")[0]
        return (
            f"{place} written for Windows ({windows[1]}): use <sys/socket.h>, <netinet/in.h>,"
            " <arpa/inet.h> and <unistd.h>, and close() for closesocket()"
        )
    return error
