"""Finds the classes of a Java file: its package, its top-level classes, and which have a `main`."""

from __future__ import annotations

import re

import msgspec

from grader.core.languages.lexing import Lexed
from grader.core.regex import regex

_NAME = r"[A-Za-z_$][\w$]*"
_PACKAGE = regex(rf"(?m)^\s*package\s+({_NAME}(?:\s*\.\s*{_NAME})*)\s*;")
_TOKEN = regex(
    rf"(?P<open>\{{)|(?P<close>\}})|(?P<end>;)"
    rf"|(?<![\w$.@])(?P<kind>class|interface|enum|record)\s+(?P<name>{_NAME})"
    rf"|(?P<main>\bvoid\s+main\s*\()|(?P<word>\b(?:public|static)\b)"
)


class JavaClass(msgspec.Struct, frozen=True):
    """A top-level class; `mains` are the classes in it (itself or nested) that can be started."""

    name: str
    public: bool
    mains: tuple[str, ...] = ()


class JavaFile(msgspec.Struct, frozen=True):
    """What a Java file declares."""

    package: str = ""
    classes: tuple[JavaClass, ...] = ()

    def full(self, name: str) -> str:
        """Return a class's name with its package."""
        return f"{self.package}.{name}" if self.package else name


def java_file(lexed: Lexed) -> JavaFile:
    """Read the declarations by following the braces."""
    package = _PACKAGE.search(lexed.code)
    classes: list[JavaClass] = []
    nest: list[str] = []  # for each open brace the class whose body it is, or ""
    words: set[str] = set()
    declared, public = "", False
    mains: list[str] = []
    for match in _TOKEN.finditer(lexed.code):
        kind = match.lastgroup
        if kind == "word":
            words.add(match[0])
            continue
        if kind == "name":
            declared = match["name"]
            if not nest:
                public = "public" in words
        elif kind == "open":
            nest.append(declared)
            declared = ""
        elif kind == "close" and nest:
            closed = nest.pop()
            if not nest and closed:
                classes.append(JavaClass(closed, public, tuple(mains)))
                mains = []
        elif kind == "main" and nest and all(nest) and words >= {"public", "static"}:
            mains.append("$".join(nest))
        words = set()
    if nest and nest[0]:  # a brace is missing: javac will say so
        classes.append(JavaClass(nest[0], public, tuple(mains)))
    name = re.sub(r"\s", "", package[1]) if package else ""
    return JavaFile(name, tuple(classes))
