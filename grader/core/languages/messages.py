"""What students are told when a program cannot be found: what was found, and what to do.

A message is one or two sentences of plain text. File names in it are made printable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from grader.core.languages.choosing import Candidate
from grader.core.languages.kinds import FOREIGN, OTHERS, Unreadable, language_of, what_is
from grader.core.languages.names import (
    ending,
    for_people,
    is_copy,
    is_junk,
    listed,
    plain_stem,
    stem,
)
from grader.core.languages.plan import TITLES, Language, NotFound
from grader.core.languages.python2 import Evidence
from grader.core.model import Program

_ACCEPTED = "Programs are accepted in Python 3, C, C++ and Java"


def ambiguous(program: Program, best: Sequence[Candidate]) -> NotFound:
    """Say between which files nothing decides."""
    paths = tuple(dict.fromkeys(item.path for item in best))
    languages = {item.language for item in best}
    if len(paths) == 1:
        name = for_people(paths[0])
        seen = f"{name} could be the {program.name}, but it could be another program as well"
    elif len(languages) > 1:
        each = " and ".join(f"{for_people(i.path)} ({TITLES[i.language]})" for i in best[:6])
        seen = f"There is more than one {program.name}: {each}"
    else:
        seen = f"There is more than one {program.name}: {listed(paths)}"
    return NotFound(
        program.name,
        "ambiguous_program",
        f"{seen}. Hand in only the one that counts, or ask your TA to name it in grade.yml:"
        f" {_override(program, paths[0])}",
        paths,
    )


def bad_override(program: Program, path: str, what: str, files: Mapping[str, bytes]) -> NotFound:
    """Say that grade.yml names a file that cannot be it."""
    there = [other for other in files if language_of(other) and not is_junk(other)]
    had = f"; the files are {listed(sorted(there))}" if there else ""
    return NotFound(
        program.name,
        "no_program",
        f"grade.yml says that the {program.name} is {for_people(path)}, which {what}{had}",
        tuple(sorted(there)),
    )


def unreadable(program: Program, problem: Unreadable) -> NotFound:
    """Say why a file that has the right name is no source."""
    advice = f". {problem.advice}" if problem.advice else ""
    return NotFound(
        program.name,
        "unreadable_submission",
        f"The {program.name} cannot be read: {for_people(problem.path)} {problem.why}{advice}",
        (problem.path,),
    )


def is_python2(program: Program, path: str, evidence: Evidence) -> NotFound:
    """Say what in which line is Python 2."""
    return NotFound(
        program.name,
        "python2",
        f"{for_people(path)} is written for Python 2 (line {evidence.line}: {evidence.what}):"
        f" {for_people(evidence.text)}",
        (path,),
    )


def nothing_found(
    program: Program,
    files: Mapping[str, bytes],
    items: Sequence[Candidate],
    taken: Mapping[str, str],
) -> NotFound:
    """Say what was found where a program should be; `taken` are other programs' files."""
    wanted = f"a name like {_example(program)}"
    if not files:
        return _missing(program, "No file was handed in")
    if items:
        return _none_fits(program, items, taken)
    foreign = [path for path in files if ending(path).lower() in FOREIGN and not is_junk(path)]
    if foreign:
        language = FOREIGN[ending(foreign[0]).lower()]
        return _missing(
            program,
            f"{listed(foreign)} is {language}, which cannot be graded here. {_ACCEPTED}",
            foreign,
        )
    hidden = [path for path in files if language_of(stem(path)) and ending(path).lower() in OTHERS]
    if hidden:
        return _missing(
            program,
            f"{for_people(hidden[0])} looks like a program whose name got a second ending:"
            f" hand it in as {for_people(stem(hidden[0]))}",
            hidden,
        )
    return _missing(
        program,
        f"No program was found, only {_described(files)}. {_ACCEPTED}: hand in the source file of"
        f" the {program.name} under {wanted}",
    )


def notes_about(
    program: Program,
    item: Candidate,
    others: Iterable[Candidate],
    files: Mapping[str, bytes],
) -> list[str]:
    """Return what is worth saying about a choice that was made."""
    notes: list[str] = []
    kin = {plain_stem(item.path).lower()}
    left = [
        other.path
        for other in others
        if plain_stem(other.path).lower() in kin
        and is_copy(other.path)
        and files[other.path].split() != files[item.path].split()
    ]
    if left:
        notes.append(f"{for_people(item.path)} was graded, not {listed(left)}")
    endpoint = program.listens or program.connects
    kinds = {"tcp": item.traits.tcp, "udp": item.traits.udp}
    if endpoint and not kinds[endpoint.transport] and any(kinds.values()):
        other_kind = "UDP" if item.traits.udp else "TCP"
        notes.append(
            f"{for_people(item.path)} seems to use {other_kind}; the assignment asks for"
            f" {endpoint.transport.upper()}"
        )
    if not item.main:
        has = "does nothing when it is run" if item.language == "python" else "has no main function"
        notes.append(f"{for_people(item.path)} {has}")
    return notes


def _none_fits(program: Program, items: Sequence[Candidate], taken: Mapping[str, str]) -> NotFound:
    wanted = _example(program, items[0].language)
    left = [item.path for item in items if item.path not in taken.values() and item.main]
    if not left and taken:
        each = [f"the {name} ({for_people(path)})" for name, path in taken.items()]
        return _missing(
            program,
            f"No {program.name} was handed in, only {' and '.join(each)}."
            f" Its file needs a name like {wanted}",
        )
    does = "waits for clients" if program.listens else "connects to a server"
    seen = listed(dict.fromkeys(left or [item.path for item in items]))
    return _missing(
        program,
        f"No {program.name} was found in {seen}: none has a name like {wanted}, and none {does}"
        " as far as can be seen",
        dict.fromkeys(left),
    )


def _missing(program: Program, message: str, paths: Iterable[str] = ()) -> NotFound:
    return NotFound(program.name, "no_program", message, tuple(paths))


def _described(files: Mapping[str, bytes]) -> str:
    shown = []
    for path in sorted(path for path in files if not is_junk(path)):
        what = what_is(path, files[path])
        shown.append(f"{path} ({what})" if what else path)
    return listed(shown) or "hidden files"


def _example(program: Program, language: Language = "python") -> str:
    """Return a file name that an entry pattern would take."""
    plain = [pattern.replace("*", "").strip("_-. ") for pattern in program.entry]
    plain = [name for name in plain if name and not set(name) & set("?[]")] or [program.name]
    name = plain[0].title() if language == "java" else plain[0]
    end = {"python": "py", "c": "c", "cpp": "cpp", "java": "java"}[language]
    return name if ending(name) else f"{name}.{end}"


def _override(program: Program, path: str) -> str:
    entry = f"{{{program.name}: {for_people(path)}}}"
    return f'overrides: {{"<assignment>/<student>": {{entry: {entry}}}}}'
