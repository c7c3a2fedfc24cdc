"""How a Python program is checked and started.

There is nothing to build: the attempt compiles the program's files to find syntax errors, with
the results kept out of the student's folders.
"""

from __future__ import annotations

from grader.core.languages.names import base, directory
from grader.core.languages.plan import Attempt, argument, build_path, command_line, step


def attempts(program: str, sources: tuple[str, ...]) -> tuple[Attempt, ...]:
    """Return the one way: let Python read every file of the program."""
    given = [argument(path) for path in sources]
    check = step(
        "python3", "-X", f"pycache_prefix={build_path(program)}", "-m", "py_compile", *given,
        shown=command_line(["python3", "-m", "py_compile", *given]),
    )  # fmt: skip
    return (Attempt("python3", (check,)),)


def start(entry: str) -> tuple[tuple[str, ...], str]:
    """Return the command and the folder it is started in."""
    return ("python3", argument(base(entry))), directory(entry) or "."
