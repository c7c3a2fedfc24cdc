"""How a Java program is compiled and started.

Classes go below `.build`. What javac refuses for its file name alone (a public class in a file of
another name) or for a byte order mark is compiled from a copy under the right name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from grader.core.languages.names import base, directory, ending, for_people, stem
from grader.core.languages.parts import Tree
from grader.core.languages.plan import (
    WORK,
    Attempt,
    BuildStep,
    argument,
    build_path,
    command_line,
    step,
)

# A small machine that starts quickly: one compiler, the simplest collector, small thread stacks.
_QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto")
_COMPILER = (
    *(f"-J{flag}" for flag in (*_QUICK, "-Xmx160m")),
    "-proc:none",
    "-Xlint:-options",
    "-g",
)
_RUN = (*_QUICK, "-Xmx128m", "-Xss512k", "-Dfile.encoding=UTF-8")
_WITHOUT_MARK = 'tail -c +4 -- "$1" >"$2"'


def attempts(
    program: str, entry: str, tree: Tree, files: Mapping[str, bytes], avoid: Sequence[str]
) -> tuple[Attempt, ...]:
    """Return the ways to compile: what the entry needs, then with all else in its folder."""
    needed = [entry, *tree.parts(entry)]
    spare = [
        path
        for path, text in tree.texts.items()
        if text.language == "java"
        and path not in {*needed, *avoid}
        and directory(path) == directory(entry)
        and not tree.main(path)
        and base(path) != "module-info.java"
    ]
    first = _attempt(program, needed, tree, files)
    if not spare:
        return (first,)
    wider = _attempt(program, [*needed, *spare], tree, files)
    return first, msgspec.structs.replace(wider, guess=True)


def start(
    program: str, entry: str, main: str, tree: Tree, files: Mapping[str, bytes]
) -> tuple[tuple[str, ...], str]:
    """Return the command, and the folder it is started in: where a project has its packages."""
    java = tree.java(entry)
    places = [f"{WORK}/{_classes(program)}", *(f"{WORK}/{jar}" for jar in _jars(files))]
    folder = directory(entry)
    if java.package:
        packages = java.package.replace(".", "/")
        if f"/{folder}".endswith(f"/{packages}"):
            folder = folder[: len(folder) - len(packages)].rstrip("/")
            for top in ("src/main/java", "src"):
                if f"/{folder}".endswith(f"/{top}"):
                    folder = folder[: len(folder) - len(top)].rstrip("/")
                    break
    return ("java", *_RUN, "-cp", ":".join(places), java.full(main)), folder or "."


def renamed(tree: Tree, path: str) -> str:
    """Return the name javac wants for a file, "" when it has it."""
    public = [item.name for item in tree.java(path).classes if item.public]
    return public[0] if len(public) == 1 and public[0] != stem(path) else ""


def rename_note(tree: Tree, path: str) -> str:
    """Return a note when javac would refuse a file for its name."""
    name = renamed(tree, path)
    return name and (
        f"javac wants the public class {for_people(name)} in a file {for_people(name)}.java, not"
        f" {for_people(base(path))}: a copy of that name was compiled"
    )


def _classes(program: str) -> str:
    return build_path(program, "classes")


def _jars(files: Mapping[str, bytes]) -> list[str]:
    jars = [path for path in files if ending(path).lower() == "jar" and ":" not in path]
    return sorted(jars)[:16]


def _attempt(
    program: str, sources: Sequence[str], tree: Tree, files: Mapping[str, bytes]
) -> Attempt:
    steps = [step("mkdir", "-p", _classes(program), shown="")]
    given: list[str] = []
    copies: list[tuple[str, str]] = []
    for index, path in enumerate(sources):
        name = renamed(tree, path) or stem(path)
        marked = tree.texts[path].marked
        if not marked and name == stem(path) and ending(path) == "java":
            given.append(argument(path))
            continue
        folder = build_path(program, "src", str(index))
        copy = f"{folder}/{name}.java"
        steps.append(step("mkdir", "-p", folder, shown=""))
        if marked:
            steps.append(step("sh", "-c", _WITHOUT_MARK, "copy", argument(path), copy, shown=""))
        else:
            shown = command_line(["cp", argument(path), f"{name}.java"])
            steps.append(step("cp", "--", argument(path), copy, shown=shown))
        copies.append((copy, path))
        given.append(copy)
    utf8 = all(tree.texts[path].utf8 for path in sources)
    where = ["-cp", ":".join(jars)] if (jars := _jars(files)) else []
    command = ["-encoding", "UTF-8" if utf8 else "ISO-8859-1", *where, "-d", _classes(program)]
    back = dict(copies)
    typed = [f"{stem(path)}.java" if path in back else path for path in given]
    steps.append(
        BuildStep(
            ("javac", *_COMPILER, *command, *given),
            ".",
            command_line(["javac", *where, *typed]),
        )
    )
    return Attempt("javac", tuple(steps), _classes(program), renamed=tuple(copies))
