"""What a program's source says of how it wants to be started, beyond its name and its port.

`read_habits` collects what `run` may have to accommodate: arguments it reads, questions it asks on
the keyboard, addresses and host names written into it, packages that are no part of Python.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from grader.core.languages.arguments import argument_shapes
from grader.core.languages.kinds import Text
from grader.core.languages.lexing import Lexed
from grader.core.languages.literals import addresses, host_names
from grader.core.languages.names import stem
from grader.core.languages.plan import Habits
from grader.core.prompting import asks_for
from grader.core.regex import regex

_KEYBOARD = regex(
    r"\binput\s*\(|\bstdin\b|\bscanf\s*\(|\bgets\s*\(|\bgetchar\s*\(|\bcin\b|\bgetline\s*\("
    r"|\bSystem\s*\.\s*(?:in|console)\b"
)
_IMPORT = regex(r"(?m)^[ \t]*(?:import[ \t]+([\w., \t]+)|from[ \t]+(\w+)[\w.]*[ \t]+import\b)")
_MODULE = regex(r"[A-Za-z_]\w{0,60}")


def read_habits(sources: Sequence[Text], own: Iterable[str], *, client: bool) -> Habits:
    """Read the files of one program; `own` are the paths of all files that were handed in."""
    lexed = [source.lexed for source in sources]
    language = sources[0].language
    return Habits(
        shapes=argument_shapes(lexed, language, client=client),
        asks=_asks(lexed, client=client),
        addresses=addresses(lexed),
        names=host_names(lexed),
        packages=_foreign(lexed, own) if language == "python" else (),
    )


def _asks(sources: Sequence[Lexed], *, client: bool) -> bool:
    """Tell whether it is worth a look: a server that reads the keyboard at all, a client with a
    text that asks for an address or a port.
    """
    if not any(_KEYBOARD.search(lexed.code) for lexed in sources):
        return False
    texts = (text for lexed in sources for _, text in lexed.strings)
    return not client or any(asks_for(text) for text in texts)


def _foreign(sources: Sequence[Lexed], own: Iterable[str]) -> tuple[str, ...]:
    """Return the modules that have to be installed."""
    there = {stem(path) for path in own} | {part for path in own for part in path.split("/")[:-1]}
    found: dict[str, None] = {}
    for lexed in sources:
        for match in _IMPORT.finditer(lexed.code):
            for name in (match[1] or match[2]).split(","):
                module = name.split()[0].partition(".")[0] if name.split() else ""
                if _MODULE.fullmatch(module) and module not in there | sys.stdlib_module_names:
                    found[module] = None
    return tuple(found)
