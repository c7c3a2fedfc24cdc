"""Symptoms of programs that never got going: they do not compile, or end before they serve."""

from __future__ import annotations

import re

from grader.core.symptoms.endings import TO_THE_ERROR, says, traceback
from grader.core.symptoms.evidence import Evidence
from grader.core.symptoms.symptom import Symptom


def never_listened(seen: Evidence) -> bool:
    """accept() failed with `Invalid argument`, and no port was ever listened on."""
    listened = {"listens", "connected"} & seen.happened
    failed = re.search(
        rf"accept\(.*{TO_THE_ERROR}OSError: \[Errno 22\]|accept\b[^\n]{{0,40}}: Invalid argument",
        seen.said,
    )
    return failed is not None and not listened


def python2(seen: Evidence) -> bool:
    """It was found to be written for Python 2."""
    return seen.reason == "python2"


def semicolon(seen: Evidence) -> bool:
    """The compiler expected a `;`."""
    found = re.search(r"error: (?:expected (?:',' or )?';'|';' expected)", seen.check.message)
    return seen.reason == "build_failed" and found is not None


def brace(seen: Evidence) -> bool:
    """The compiler found a function inside of another, or the file's end in a block."""
    words = "function-definition is not allowed here|reached end of file|expected '}' at end of"
    found = re.search(words, seen.check.message)
    return seen.reason == "build_failed" and found is not None


def undeclared(seen: Evidence) -> bool:
    """The compiler found a name that is declared nowhere."""
    words = "was not declared in this scope|cannot find symbol|undeclared|undefined reference"
    return seen.reason == "build_failed" and re.search(words, seen.check.message) is not None


def usage(seen: Evidence) -> bool:
    """It ended with its usage on the screen."""
    ended = re.search(r"ended(?: before its \w+)?: it exited with status [1-9]", seen.check.message)
    return ended is not None and re.search(r"\b[Uu]sage: ", seen.said) is not None


SYMPTOMS = (
    Symptom(
        "python2",
        "Python 3",
        "it is written for Python 2; print() and input() are functions now, and sockets carry "
        "bytes: encode() before sending, decode() after receiving",
        python2,
    ),
    Symptom(
        "semicolon",
        "syntax",
        "a semicolon is missing at the end of the statement before this place; compile once more "
        "before you hand in",
        semicolon,
    ),
    Symptom(
        "brace",
        "syntax",
        "a closing brace is missing somewhere before this place; let your editor indent the file",
        brace,
    ),
    Symptom(
        "undeclared",
        "declarations",
        "a name is used that is declared nowhere: a function that was not written or handed in, a "
        "header that is not included, or another spelling",
        undeclared,
    ),
    Symptom(
        "no_listen",
        "welcoming socket",
        "accept() is called on a socket that does not listen; call listen() after bind()",
        never_listened,
    ),
    Symptom(
        "address_in_use",
        "port numbers",
        "the port is taken: it binds it twice, or another program of yours still holds it",
        says("Address already in use", "BindException"),
    ),
    Symptom(
        "missing_module",
        "modules",
        "it imports a module that is not installed here; only the standard library is",
        says("ModuleNotFoundError: No module named", "needs the package \\w+, which is not"),
    ),
    Symptom(
        "no_arguments",
        "arguments",
        "it takes arguments without looking how many there are; compare len(sys.argv) first and "
        "say how the program is started",
        traceback(r"\bargv\[", "IndexError", "`argv[…]` raised an `IndexError`."),
    ),
    Symptom(
        "bad_argument",
        "arguments",
        "it makes a number of an argument without looking whether it is one; catch the error and "
        "say how the program is started",
        traceback(r"\bargv\[", "ValueError", "A number made of `argv[…]` raised a `ValueError`."),
    ),
    Symptom(
        "usage",
        "arguments",
        "it wants other arguments than it was given, and said so; take those of the assignment",
        usage,
    ),
)
