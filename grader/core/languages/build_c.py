"""How a C or C++ program is built: by its Makefile, or else from its sources.

Whatever way it is built, the program ends up at one place below `.build`, so that it is started
the same way. Compilers are called leniently: what older ones took with a warning still builds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from grader.core.languages.makefile import Makefile, governing, read_makefile
from grader.core.languages.names import directory, ending, for_people, join, stem
from grader.core.languages.parts import Tree
from grader.core.languages.plan import (
    WORK,
    Attempt,
    BuildStep,
    Language,
    argument,
    build_path,
    command_line,
    step,
)
from grader.core.regex import regex

_LENIENT = (
    "-Wno-error=implicit-function-declaration",
    "-Wno-error=implicit-int",
    "-Wno-error=int-conversion",
    "-Wno-error=incompatible-pointer-types",
)
_COMPILERS: dict[str, tuple[str, ...]] = {
    "c": ("gcc", "-std=gnu17", "-g", "-O1", "-Wall"),
    "cpp": ("g++", "-std=gnu++17", "-g", "-O1", "-Wall"),
}
_CPP20 = regex(
    r"#[ \t]*include[ \t]*<(?:format|span|concepts|ranges|coroutine|stop_token|source_location"
    r"|numbers|bit|compare|barrier|latch|semaphore|syncstream)>|\bstd::jthread\b|\bco_await\b"
)
_WINDOWS = regex(r"(?im)^[ \t]*#[ \t]*include[ \t]*[<\"]((?:winsock2?|ws2tcpip|windows|conio)\.h)")
_PORTABLE = regex(r"\b(?:_WIN32|__WIN32__|WIN32|_WIN64|__linux__|__unix__)\b")
_STANDARD_NAMES = frozenset(("c", "cpp", "cc", "cxx"))

# Runs `make` with compilers that are given -g before all else, so that a crash can be told by its
# line: a variable (CFLAGS) would take the place of what the Makefile sets, or be replaced by it.
_MAKE = """
tools=$1
shift
mkdir -p "$tools"
for name in cc gcc c++ g++ clang clang++; do
    real=$(command -v "$name") || continue
    printf '#!/bin/sh\\nexec "%s" -g "$@"\\n' "$real" >"$tools/$name"
    chmod 755 "$tools/$name"
done
PATH=$tools:$PATH exec make "$@"
"""

# Takes the first of the named files that is a program, or else one that is newer than the output's
# folder and has a fitting name.
_TAKE = """
out=$1 here=$2 names=$3
shift 3
while [ "$names" -gt 0 ]; do
    if [ -f "$1" ] && [ -x "$1" ]; then cp -- "$1" "$out"; exit; fi
    names=$((names - 1))
    shift
done
for pattern; do
    find "$here" -type f -iname "$pattern" ! -name "*.o" -newer "${out%/*}" -perm -u+x \\
        -exec cp -- {} "$out.new" \\;
    if [ -f "$out.new" ]; then mv -- "$out.new" "$out"; exit; fi
done
echo "make made no program that is called like this one" >&2
exit 1
"""


def attempts(
    program: str,
    entry: str,
    tree: Tree,
    files: Mapping[str, bytes],
    *,
    product_names: Sequence[str],
    avoid: Sequence[str],
) -> tuple[Attempt, ...]:
    """Return the ways to build, the student's own first.

    `product_names` are names the Makefile may give this program, likeliest first, as patterns;
    `avoid` are sources that belong to other programs.
    """
    made = _by_make(program, entry, files, product_names)
    sources = [path for path in (entry, *tree.parts(entry)) if not tree.texts[path].header]
    included = {part for path in sources for part in tree.included(path)}
    sources = [path for path in sources if path not in included]
    language = _language(sources, tree)
    note = (
        ""
        if made is None
        else "The Makefile did not make this program: its sources were compiled without it"
    )
    found = [*([made] if made else []), *_by_compiler(program, sources, language, tree, note)]
    spare = [path for path in tree.linkable(entry) if path not in {*sources, *avoid}]
    near = [path for path in spare if directory(path) == directory(entry)]
    if near:
        wider = _by_compiler(program, [*sources, *near], language, tree, note)[0]
        found.append(msgspec.structs.replace(wider, guess=True))
    return tuple(found)


def start(program: str, entry: str, files: Mapping[str, bytes]) -> tuple[tuple[str, ...], str]:
    """Return the command and the folder it is started in: that of the Makefile, if there is one."""
    makefile = governing(entry, files)
    folder = directory(entry if makefile is None else makefile)
    return (f"{WORK}/{_product(program)}",), folder or "."


def _product(program: str) -> str:
    return build_path(program, "program")


def _language(sources: Sequence[str], tree: Tree) -> Language:
    return "cpp" if any(tree.texts[path].language == "cpp" for path in sources) else "c"


def _by_compiler(
    program: str, sources: Sequence[str], language: Language, tree: Tree, note: str
) -> list[Attempt]:
    command = list(_COMPILERS[language])
    if language == "cpp" and any(_CPP20.search(tree.texts[p].lexed.code) for p in sources):
        command[1] = "-std=gnu++20"
    short = list(command)
    if language == "c":
        command += _LENIENT
    headers = {directory(path) or "." for path, text in tree.texts.items() if text.header}
    for folder in sorted(headers)[:32]:  # never before the system's: one may be called string.h
        command += ["-iquote", folder, "-idirafter", folder]
    apart = headers - {directory(path) or "." for path in sources}
    short += [f"-I{folder}" for folder in sorted(apart)[:32]]
    given = [argument(path) for path in sources]
    if any(ending(path) not in _STANDARD_NAMES for path in sources) or any(
        tree.texts[path].language == "cpp" and ending(path) == "c" for path in sources
    ):
        given = ["-x", "c" if language == "c" else "c++", *given]
    libraries = ["-pthread", "-lm"]
    output = _product(program)
    result: list[Attempt] = []
    for lenient in ([], ["-fpermissive"]):
        compile_ = BuildStep(
            (*command, *lenient, "-o", output, *given, *libraries),
            ".",
            command_line([*short, *lenient, "-o", program, *given, *libraries]),
        )
        name = " ".join([command[0], *lenient])
        steps = (_folder(program), compile_)
        result.append(Attempt(name, steps, output, note, guess=bool(lenient)))
    return result


def _by_make(
    program: str, entry: str, files: Mapping[str, bytes], product_names: Sequence[str]
) -> Attempt | None:
    path = governing(entry, files)
    if path is None:
        return None
    makefile = read_makefile(files[path])
    goal = makefile.goal(stem(entry), product_names)
    if goal is None:
        return None
    here = directory(path)
    steps = [_folder(program)]
    stale = [other for other, data in sorted(files.items()) if _is_stale(other, data)]
    if stale:
        steps.append(step("rm", "-f", "--", *(argument(other) for other in stale), shown=""))
    goals = [goal] if goal else []
    run = ["sh", "-c", _MAKE, "make", f"{WORK}/{build_path(program, 'tools')}", *goals]
    steps.append(step(*run, cwd=here or ".", shown=command_line(["make", *goals])))
    places = _places(makefile, entry, here, product_names)
    take = ["sh", "-c", _TAKE, "take", _product(program), argument(here or "."), str(len(places))]
    steps.append(step(*take, *map(argument, places), *product_names, shown=""))
    return Attempt("Makefile", tuple(steps), _product(program))


def _places(makefile: Makefile, entry: str, here: str, product_names: Sequence[str]) -> list[str]:
    """Return where the program may be after `make`, likeliest first."""
    names = makefile.products(stem(entry), product_names)
    named = [name for name in (stem(entry), *product_names) if not re.search(r"[*?\[]", name)]
    folders = dict.fromkeys((here, directory(entry), join(here, "bin"), join(here, "build"),
                             join(here, "out"), join(here, "obj")))  # fmt: skip
    places = [join(here, name) for name in names]
    places += [join(folder, name) for name in (*names, *named) for folder in folders]
    if makefile.only_product:
        places += [join(here, "a.out")]
    return [place for place in dict.fromkeys(places) if place]


def _is_stale(path: str, data: bytes) -> bool:
    """Tell whether a file was compiled before: `make` would take it for up to date."""
    compiled = data.startswith((b"\x7fELF", b"\xcf\xfa\xed\xfe", b"MZ"))
    return (compiled and ".so" not in path) or ending(path).lower() in ("o", "obj", "gch")


def _folder(program: str) -> BuildStep:
    return step("mkdir", "-p", build_path(program), shown="")


def windows_note(sources: Sequence[str], tree: Tree) -> str:
    """Return a note when a program is written for Windows only."""
    for path in sources:
        lexed = tree.texts[path].lexed
        match = _WINDOWS.search(lexed.text)
        code = match and lexed.code[match.start() : match.start(1)].strip()
        if match and code and not _PORTABLE.search(lexed.code):
            return (
                f"{for_people(path)} is written for Windows ({match[1]}, line"
                f" {lexed.line(match.start(1))}): it cannot be built on Linux"
            )
    return ""
