"""Tells whether a program reads command-line arguments, and in which shapes it may want them.

`argument_shapes` looks at the source only: it returns the shapes to be tried, likeliest first, and
nothing for a program that never looks at its arguments (a C program that merely declares `argv` is
one). The six usual shapes are those of real student programs; the source's own option names come
before them. A shape is a list of words with the places `{host}`, `{port}` and `{folder}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from grader.core.languages.lexing import Lexed
from grader.core.languages.plan import Language
from grader.core.regex import regex

Shape = tuple[str, ...]

PORT: Shape = ("{port}",)
ADDRESS_PORT: Shape = ("{host}", "{port}")
ADDRESS: Shape = ("{host}",)
USUAL: tuple[Shape, ...] = (
    PORT,
    ADDRESS_PORT,
    ("-p", "{port}"),
    ("-document_root", "{folder}", "-port", "{port}"),
    ("--host", "{host}", "--port", "{port}"),
    ("{host}", "-p", "{port}"),
)
MOST = 9  # shapes tried at most

_PYTHON = regex(
    r"\bargv\b|\bArgumentParser\b|\bOptionParser\b|\bgetopt\b|\bdocopt\b|\bparse_args\b"
    r"|\bimport\s+(?:click|fire|typer)\b|\bfrom\s+(?:click|fire|typer)\b"
)
_C = regex(
    r"\bargv\s*\[\s*[^\]\s]|\bargc\s*[-<>!=]|[<>=]\s*argc\b|\*\s*\(?\s*(?:\+\+\s*)?argv\s*\+?"
    r"(?=[\s+]*\d)|\+\+\s*argv\b|\bargv\s*\+\+|\(\s*argc\s*,\s*argv\s*[,)]|\bgetopt(?:_long)?\s*\("
)
_JAVA_MAIN = regex(
    r"\bmain\s*\(\s*(?:final\s+)?String\s*(?:(?:\[\s*\]|\.\.\.)\s*(\w+)|(\w+)\s*\[\s*\])"
)
_OPTION = regex(r"-{1,2}[A-Za-z][\w-]{0,30}")
_OPTSTRING = regex(r"[+:]?(?:[A-Za-z]:{0,2}){1,20}")
_PORTS = regex(r"(?i)p|(?:\w+[-_]?)?port(?:[-_]?(?:num|number|no))?")
_HOSTS = regex(
    r"(?i)(?:server|bind|listen|remote|target)?[-_]?(?:host(?:[-_]?name)?|ip|addr(?:ess)?"
    r"|ip[-_]?addr(?:ess)?)|server|bind"
)
_FOLDERS = regex(
    r"(?i)(?:doc(?:ument)?|web|www|server)?[-_]?(?:root|dir|directory|folder|path)|www"
)
_POSITIONAL = regex(r"add_argument\s*\(\s*[\"'](?=[^-\"'])([\w-]+)")


def argument_shapes(
    sources: Iterable[Lexed], language: Language, *, client: bool
) -> tuple[Shape, ...]:
    """Return the shapes to try, likeliest first; none for a program that reads no arguments."""
    reading = [lexed for lexed in sources if reads_arguments(lexed, language)]
    if not reading:
        return ()
    shapes = [
        *(shape for lexed in reading for shape in _own(lexed)),
        *(shape for lexed in reading for shape in _by_count(lexed, language, client=client)),
    ]
    if any(_options(lexed) or "fire" in lexed.code for lexed in reading):
        shapes += USUAL
    else:
        shapes += [PORT, ADDRESS_PORT]
    if client:
        shapes.append(ADDRESS)
    return tuple(dict.fromkeys(shapes))[:MOST]


def reads_arguments(lexed: Lexed, language: Language) -> bool:
    """Tell whether a file looks at its command line."""
    if language == "python":
        return _PYTHON.search(lexed.code) is not None
    if language == "java":
        return any(
            re.search(rf"\b{name}\s*(?:\[\s*[^\]\s]|\.|[,);:])", lexed.code[end:])
            for name, end in _java_names(lexed)
        )
    return _C.search(lexed.code) is not None


def _java_names(lexed: Lexed) -> Iterator[tuple[str, int]]:
    """Yield what `main` calls its arguments, and where its head ends."""
    for match in _JAVA_MAIN.finditer(lexed.code):
        close = lexed.code.find(")", match.end())
        yield match[1] or match[2], close + 1 if close >= 0 else match.end()


def _options(lexed: Lexed) -> list[str]:
    """Return the options a file names, as they are written on a command line."""
    found = [text for _, text in lexed.strings if _OPTION.fullmatch(text)]
    if "getopt" in lexed.code:
        for _, text in lexed.strings:
            if ":" in text and _OPTSTRING.fullmatch(text):
                found += [f"-{letter}" for letter in re.findall(r"([A-Za-z]):", text)]
    return list(dict.fromkeys(found))


def _own(lexed: Lexed) -> Iterator[Shape]:
    """Yield shapes made of the options and positional arguments that a file names itself."""
    options = sorted(_options(lexed), key=lambda option: not option.startswith("--"))
    port = _first(options, _PORTS)
    host = _first(options, _HOSTS)
    folder = _first(options, _FOLDERS)
    names = [match[1] for match in _POSITIONAL.finditer(lexed.text)]
    places = [word for name in names if (word := _place(name))]
    front = tuple(places) if len(places) == len(names) else ()
    if port:
        given = [(folder, "{folder}"), (host, "{host}"), (port, "{port}")]
        whole = tuple(word for option, value in given if option for word in (option, value))
        left = () if "{port}" in front else front
        yield (*left, *whole)
        yield (*left, port, "{port}")
        if host:
            yield (*left, host, "{host}", port, "{port}")
    if front and not (port and "{port}" not in front):
        yield front


def _first(options: Iterable[str], kind: re.Pattern[str]) -> str:
    return next((option for option in options if kind.fullmatch(option.lstrip("-"))), "")


def _place(name: str) -> str:
    """Return what a positional argument of this name stands for; empty when that is unknown."""
    for kind, place in ((_PORTS, "{port}"), (_HOSTS, "{host}"), (_FOLDERS, "{folder}")):
        if kind.fullmatch(name):
            return place
    return ""


def _by_count(lexed: Lexed, language: Language, *, client: bool) -> Iterator[Shape]:
    """Yield the shapes that fit the number of arguments a file looks at."""
    code, wanted = lexed.code, 0
    if language == "java":
        for name, _ in _java_names(lexed):
            wanted = max([wanted, *(n + 1 for n in _numbers(rf"\b{name}\s*\[\s*(\d)\s*\]", code))])
            wanted = max([wanted, *_numbers(rf"\b{name}\s*\.\s*length\s*[<!=]=?\s*(\d)\b", code)])
    else:
        wanted = max([wanted, *_numbers(r"\bargv\s*\[\s*(\d)\s*\]", code)])
        counts = r"(?:\bargc|len\s*\(\s*(?:sys\s*\.\s*)?argv\s*\))\s*[<!=]=?\s*(\d)\b"
        wanted = max([wanted, *(n - 1 for n in _numbers(counts, code))])
    if wanted == 1:
        yield PORT
        if client:
            yield ADDRESS
    elif wanted == 2:
        yield ADDRESS_PORT


def _numbers(pattern: str, code: str) -> list[int]:
    return [int(digits) for digits in re.findall(pattern, code)]


def fill(shape: Shape, host: str, port: int, folder: str = ".") -> tuple[str, ...]:
    """Put the values in their places."""
    values = {"{host}": host, "{port}": str(port), "{folder}": folder}
    return tuple(values.get(word, word) for word in shape)
