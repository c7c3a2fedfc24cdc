"""Decides which file is which program: by name, by what the code does, by the folder it is in.

Every file that could be started gets a score for every program. The best one wins if it stands
alone; equal ones are settled by identical content or else left to a human. Scores are explained
in `_score`: a name counts most, then what the code does, then the folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_

import msgspec

from grader.core.languages.evidence import Traits, traits
from grader.core.languages.names import (
    base,
    common_folder,
    folders,
    is_copy,
    is_test,
    matches,
    plain_stem,
    stem,
)
from grader.core.languages.parts import Tree
from grader.core.languages.plan import Language
from grader.core.languages.python2 import python2
from grader.core.model import Program


class Candidate(msgspec.Struct, frozen=True):
    """A file that might be a program's main file; for Java also which of its classes starts."""

    path: str
    language: Language
    names: tuple[str, ...]  # what its name is, for the entry patterns
    main: bool
    traits: Traits
    own: Traits  # what the file itself does, without the files it uses
    java_class: str = ""
    used: bool = False  # by another file that can be started
    old: bool = False  # Python 2


class Choice(msgspec.Struct, frozen=True):
    """The candidates that fit a program best: one, none, or several that nothing tells apart."""

    best: tuple[Candidate, ...] = ()
    score: int = 0
    others: tuple[Candidate, ...] = ()  # lesser ones, e.g. old copies of the best


def candidates(tree: Tree) -> list[Candidate]:
    """Return whatever could be a main file."""
    used = {
        part for path in tree.texts if tree.main(path) and not is_test(path)
        for part in tree.parts(path)
    }  # fmt: skip
    does = {path: traits(text.lexed, text.language) for path, text in tree.texts.items()}
    modules = frozenset(map(stem, tree.texts))
    found: list[Candidate] = []
    for path, text in tree.texts.items():
        if text.header:
            continue
        whole = reduce(or_, (does[part] for part in tree.parts(path)), does[path])
        old = text.language == "python" and python2(text.lexed, modules) is not None
        mains = _java_mains(tree, path)
        found += [
            Candidate(
                path,
                text.language,
                _names(path, name, alone=len(mains) == 1),
                tree.main(path),
                whole,
                does[path],
                name,
                path in used,
                old,
            )
            for name in mains
        ]
    return found


def _java_mains(tree: Tree, path: str) -> list[str]:
    """Return the classes of a file that can be started; [""] when it is not a question."""
    if tree.texts[path].language != "java":
        return [""]
    classes = tree.java(path).classes
    mains = [main for item in classes for main in item.mains]
    public = [main for item in classes if item.public for main in item.mains]
    if len(mains) > 1 and len(public) == 1:
        return public
    return mains or [item.name for item in classes if item.public] or [stem(path)]


def _names(path: str, java_class: str, *, alone: bool) -> tuple[str, ...]:
    own = plain_stem(path)
    if not java_class:
        return (own,)
    simple = java_class.rpartition("$")[2]
    return tuple(dict.fromkeys((own, simple))) if alone else (simple,)


def choose(programs: Sequence[Program], found: Sequence[Candidate]) -> dict[str, Choice]:
    """Give each program its file; a file is given to one program only."""
    top = len(common_folder([item.path for item in found]))
    scores = {
        program.name: {
            item: score for item in found if (score := _score(program, programs, item, top)) > 0
        }
        for program in programs
    }
    taken: set[Candidate] = set()
    chosen: dict[str, Choice] = {}
    while len(chosen) < len(programs):
        open_ = {name: choice(table, taken) for name, table in scores.items() if name not in chosen}
        name = max(open_, key=lambda each: (len(open_[each].best) == 1, open_[each].score))
        chosen[name] = open_[name]
        same = (open_[name].best, open_[name].score)
        rivals = [o for o in open_ if o != name and (open_[o].best, open_[o].score) == same]
        if len(open_[name].best) == 1 and not rivals:
            taken.update(open_[name].best)
        for rival in rivals:  # nothing tells the programs apart: each is told so
            chosen[rival] = open_[rival]
    return chosen


def choice(table: Mapping[Candidate, int], taken: Iterable[Candidate]) -> Choice:
    """Return the best of those that are still to be had."""
    left = {item: score for item, score in table.items() if item not in taken}
    if not left:
        return Choice()
    score = max(left.values())
    best = tuple(item for item in left if left[item] == score)
    others = tuple(item for item in left if left[item] != score)
    return Choice(best, score, others)


def _score(program: Program, programs: Sequence[Program], item: Candidate, top: int) -> int:
    rivals = [other for other in programs if other.name != program.name]
    mine = fits(item, program)
    theirs = any(fits(item, other) for other in rivals)
    role, needed = item.traits.role, "server" if program.listens else "client"
    score = 0
    if mine:
        score += 10 if theirs else 40
    elif theirs:
        score -= 60
    if mine == theirs:
        score += _folder_score(program, rivals, item, top)
    if role == "both":
        own = item.own.role
        role = own if own in ("server", "client") else role
    if role in (needed, "both"):
        score += 28 if role == "both" else 30
    elif role and item.traits.sure:
        score -= 35
    if item.traits.tcp != item.traits.udp and _transport(program) != (
        "tcp" if item.traits.tcp else "udp"
    ):
        score -= 8
    score -= 50 * (not item.main) + 45 * is_test(item.path) + 20 * item.used
    score -= 5 * is_copy(item.path) + 12 * item.old
    return score if score > 0 or not (mine and not theirs) or is_test(item.path) else 1


def _folder_score(program: Program, rivals: Iterable[Program], item: Candidate, top: int) -> int:
    """Return what the nearest telling folder says, below those that all files share."""
    for folder in reversed(folders(item.path)[top:]):
        mine = matches(folder, program.entry)
        theirs = any(matches(folder, rival.entry) for rival in rivals)
        if mine != theirs:
            return 20 if mine else -30
    return 0


def fits(item: Candidate, program: Program) -> bool:
    """Tell whether a candidate has a name that the program's main file may have."""
    return any(matches(name, program.entry) for name in (*item.names, base(item.path)))


def _transport(program: Program) -> str:
    endpoint = program.listens or program.connects
    return endpoint.transport if endpoint else ""
