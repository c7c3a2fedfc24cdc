"""Finds each program of an assignment among a submission's files, or says why it cannot.

`find_programs` is the whole of it: read what is source, let grade.yml decide where it does, give
each program its file (`choosing`), look for Python 2, and plan how to build and start it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.core.languages import build_c, build_java, build_python
from grader.core.languages.choosing import Candidate, Choice, candidates, choose, fits
from grader.core.languages.habits import read_habits
from grader.core.languages.kinds import READ_LIMIT, Text, Unreadable, claims_source, read_source
from grader.core.languages.messages import (
    ambiguous,
    bad_override,
    is_python2,
    notes_about,
    nothing_found,
    unreadable,
)
from grader.core.languages.modes import mode_argument
from grader.core.languages.names import folders, is_junk, join, matches, stem, well_formed
from grader.core.languages.parts import Tree
from grader.core.languages.plan import IMAGES, Found, NotFound
from grader.core.languages.ports import port_hints
from grader.core.languages.python2 import python2
from grader.core.model import Program

Answer = Found | NotFound

READ_ALL = 1 << 22  # bytes of source that are looked at of one submission


def find_programs(
    programs: Sequence[Program], files: Mapping[str, bytes], overrides: Mapping[str, str]
) -> dict[str, Answer]:
    """Answer for each program by name. `overrides` are entry files settled in grade.yml."""
    return _Search(programs, files).answer(overrides)


class _Search:
    def __init__(self, programs: Sequence[Program], files: Mapping[str, bytes]) -> None:
        self.programs = programs
        self.files = {path: data for path, data in files.items() if well_formed(path)}
        read = [read_source(path, self.files[path]) for path in _within_reason(self.files)]
        self.tree = Tree({item.path: item for item in read if isinstance(item, Text)})
        self.unreadable = [item for item in read if isinstance(item, Unreadable)]
        self.candidates = candidates(self.tree)
        self.entries: dict[str, str] = {}  # what was chosen, by program

    def answer(self, overrides: Mapping[str, str]) -> dict[str, Answer]:
        settled = {p.name: self._settled(p, overrides[p.name])
                   for p in self.programs if p.name in overrides}  # fmt: skip
        used = {item.path for item in settled.values() if isinstance(item, Candidate)}
        rest = [program for program in self.programs if program.name not in settled]
        left = [item for item in self.candidates if item.path not in used]
        choices = self._eliminate(rest, choose(rest, left), left)
        for name, item in settled.items():
            choices[name] = Choice((item,)) if isinstance(item, Candidate) else Choice()
        modes = self._modes(choices)
        self.entries = {
            name: each.best[0].path for name, each in choices.items() if len(each.best) == 1
        }
        answers: dict[str, Answer] = {}
        for program in self.programs:
            name = program.name
            item = settled.get(name) or self._pick(program, choices[name], modes.get(name))
            if isinstance(item, Candidate):
                notes = notes_about(program, item, choices[name].others, self.files)
                answers[name] = self._found(program, item, modes.get(name, ()), notes)
            else:
                answers[name] = item
        return answers

    def _settled(self, program: Program, path: str) -> Candidate | NotFound:
        """Follow grade.yml."""
        path = join(path)
        if path not in self.files:
            return bad_override(program, path, "was not handed in", self.files)
        for item in self.candidates:
            if item.path == path:
                return item
        for problem in self.unreadable:
            if problem.path == path:
                return unreadable(program, problem)
        return bad_override(program, path, "is no source file that can be graded", self.files)

    def _eliminate(
        self, rest: Sequence[Program], choices: dict[str, Choice], left: Sequence[Candidate]
    ) -> dict[str, Choice]:
        """Give the last program the last file that could be one, whatever it is called."""
        lost = [program for program in rest if not choices[program.name].best]
        taken = {item for each in choices.values() for item in each.best}
        free = [item for item in left if item not in taken]
        if len(lost) != 1 or any(self._unreadable_for(program) for program in lost):
            return choices
        needed = "server" if lost[0].listens else "client"
        started = [item for item in free if item.main and item.traits.role in ("", "both", needed)]
        if len(self.programs) == 1 and len(free) == 1:
            started = free
        rivals = [program for program in self.programs if program.name != lost[0].name]
        named = any(fits(item, rival) for item in started for rival in rivals)
        if len(started) == 1 and (len(self.programs) == 1 or not named):
            return {**choices, lost[0].name: Choice((started[0],), 0)}
        return choices

    def _pick(
        self, program: Program, choice: Choice, mode: tuple[str, ...] | None
    ) -> Candidate | NotFound:
        """Return the one that is best; `mode` is empty when it is another program's best, too."""
        if not choice.best:
            problem = self._unreadable_for(program)
            if problem is not None:
                return unreadable(program, problem)
            return nothing_found(program, self.files, self.candidates, self.entries)
        texts = {self.tree.texts[item.path].lexed.text.strip() for item in choice.best}
        if len(texts) > 1 or len({item.java_class for item in choice.best}) > 1 or mode == ():
            return ambiguous(program, choice.best)
        return min(
            choice.best, key=lambda item: (len(folders(item.path)), len(item.path), item.path)
        )

    def _unreadable_for(self, program: Program) -> Unreadable | None:
        """Return the file that would be this program if it could be read."""
        for problem in self.unreadable:
            rivals = [p for p in self.programs if p.name != program.name]
            if matches(stem(problem.path), program.entry) and not any(
                matches(stem(problem.path), rival.entry) for rival in rivals
            ):
                return problem
        alone = len(self.unreadable) == 1 and not self.candidates
        return self.unreadable[0] if alone else None

    def _modes(self, choices: Mapping[str, Choice]) -> dict[str, tuple[str, ...]]:
        """Return for programs that share one file the argument that tells it which to be."""
        modes: dict[str, tuple[str, ...]] = {}
        for program in self.programs:
            best = choices[program.name].best
            sharing = [other for other in self.programs if choices[other.name].best == best]
            if len(best) == 1 and len(sharing) > 1:
                lexed = self.tree.texts[best[0].path].lexed
                found = {other.name: mode_argument(other, lexed) for other in sharing}
                different = len(set(found.values())) == len(found)
                modes[program.name] = found[program.name] if different else ()
        return modes

    def _found(
        self, program: Program, item: Candidate, mode: tuple[str, ...], notes: Sequence[str]
    ) -> Answer:
        tree, path, name = self.tree, item.path, program.name
        sources = (path, *tree.parts(path))
        avoid = [other for key, other in self.entries.items() if key != name]
        more: list[str] = list(notes)
        if item.language == "python":
            own = frozenset(map(stem, tree.texts))
            for source in sources:
                evidence = python2(tree.texts[source].lexed, own)
                if evidence is not None:
                    return is_python2(program, source, evidence)
            attempts = build_python.attempts(name, sources)
            argv, cwd = build_python.start(path, tree)
            more += filter(None, [build_python.hiding_note(sources)])
        elif item.language == "java":
            attempts = build_java.attempts(name, path, tree, self.files, avoid)
            argv, cwd = build_java.start(name, path, item.java_class, tree, self.files)
            more += filter(None, (build_java.rename_note(tree, source) for source in sources))
        else:
            products = [name, *program.entry]
            attempts = build_c.attempts(
                name, path, tree, self.files, product_names=products, avoid=avoid
            )
            argv, cwd = build_c.start(name, path, self.files)
            more += filter(None, [build_c.windows_note(sources, tree)])
        hints = port_hints(tree.texts[source].lexed for source in sources)
        read = [tree.texts[source] for source in sources]
        habits = read_habits(read, self.files, client=program.listens is None)
        return Found(name, item.language, IMAGES[item.language], path, sources, attempts,
                     (*argv, *mode), cwd, hints, tuple(more), habits)  # fmt: skip


def _within_reason(files: Mapping[str, bytes]) -> list[str]:
    """Return the files to look at, in order of their names: none but small ones if it is a lot."""
    left = READ_ALL
    kept: list[str] = []
    for path in sorted(files, key=lambda path: len(files[path])):
        if not is_junk(path) and claims_source(path, files[path]):
            left -= min(len(files[path]), READ_LIMIT)
            if left < 0:
                break
            kept.append(path)
    return sorted(kept)
