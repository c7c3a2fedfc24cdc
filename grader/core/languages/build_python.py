"""How a Python program is checked and started.

There is nothing to build: the attempt compiles the program's files to find syntax errors, keeps
nothing of the result, and imports nothing of the student's.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from grader.core.languages.names import base, directory, ending, for_people, stem
from grader.core.languages.parts import Tree
from grader.core.languages.plan import Attempt, argument, command_line, step

# What `py_compile` does, without importing it: where nothing may be cached, that takes ten times
# as long as the work.
_READ = """\
import sys
failed = 0
for path in sys.argv[1:]:
    try:
        with open(path, "rb") as file:
            compile(file.read(), path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        failed = 1
        sys.excepthook(type(error), error, None)
sys.exit(failed)
"""


def attempts(program: str, sources: Sequence[str]) -> tuple[Attempt, ...]:
    """Return the one way: let Python read every file of the program."""
    del program
    given = [argument(path) for path in sources]
    shown = command_line(["python3", "-m", "py_compile", *given])
    return (Attempt("python3", (step("python3", "-I", "-S", "-c", _READ, *given, shown=shown),)),)


def start(entry: str, tree: Tree) -> tuple[tuple[str, ...], str]:
    """Return the command and the folder it is started in.

    A file that imports its own package by name or with dots is started as a module, from where
    the package can be found; any other in its own folder.
    """
    folder = directory(entry)
    root = tree.import_root(entry)
    if root != folder and ending(entry) == "py":
        module = entry[len(root) + 1 if root else 0 : -len(".py")].split("/")
        if all(re.fullmatch(r"[A-Za-z_]\w*", part) for part in module):
            return ("python3", "-m", ".".join(module)), root or "."
    return ("python3", argument(base(entry))), folder or "."


def hiding_note(sources: Sequence[str]) -> str:
    """Return a note when a file hides a module of Python's own: `socket.py`."""
    here = directory(sources[0])
    hiding = [
        path
        for path in sources[1:]
        if directory(path) == here and stem(path) in sys.stdlib_module_names
    ]
    if not hiding:
        return ""
    return f"{for_people(hiding[0])} has the name of one of Python's own modules and hides it"
