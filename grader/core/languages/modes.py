"""Recognises one file that is server and client, told which to be by its first argument.

`python chat.py server`: the file reads its arguments and has the roles' names as strings.
"""

from __future__ import annotations

from grader.core.languages.lexing import Lexed
from grader.core.model import Program
from grader.core.regex import regex

_READS = regex(r"\bargv\b|\bArgumentParser\b|\bargs\s*\[|\bgetopt\b|\bfire\b|\bclick\b")


def mode_argument(program: Program, lexed: Lexed) -> tuple[str, ...]:
    """Return the argument that makes a file play this program's part; empty when it takes none."""
    if not _READS.search(lexed.code):
        return ()
    strings = {text.strip() for _, text in lexed.strings}
    role = "server" if program.listens else "client"
    names = dict.fromkeys((program.name, role, program.name.capitalize(), role.capitalize(),
                           program.name.upper(), role.upper()))  # fmt: skip
    for name in names:
        for given in (name, f"--{name}", f"-{name}"):
            if given in strings:
                return (given,)
    short = f"-{role[0]}"
    return (short,) if short in strings else ()
