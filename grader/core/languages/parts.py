"""Tells which other files belong to a program: what it imports, includes, calls or instantiates.

`Tree` holds a submission's readable sources; `parts` returns an entry's other files, nearest
first. Python follows imports; C and C++ follow includes and then the names that are defined
elsewhere; Java follows class names. A file with a `main` of its own is never part of another C or
C++ program.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping

from grader.core.languages.c_symbols import declared_elsewhere, functions, variables
from grader.core.languages.evidence import has_main
from grader.core.languages.java_classes import JavaFile, java_file
from grader.core.languages.kinds import Text
from grader.core.languages.names import base, below, common_folder, directory, join, stem
from grader.core.regex import regex

_FROM = regex(r"(?m)^[ \t]*from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]*([^\n#]*(?:\([^)]*\))?)")
_DOTS = regex(r"(?m)^from[ \t]+(\.+)")
_IMPORT = regex(r"(?m)^[ \t]*import[ \t]+([\w., \t]+)")
_INCLUDE = regex(r'(?m)^[ \t]*#[ \t]*(?:include|import)[ \t]*["<]([^">\n]+)[">]')
_WORD = regex(r"[A-Za-z_]\w*")
_JAVA_WORD = regex(r"[A-Za-z_$][\w$]*")


class Tree:
    """The sources of one submission, and who uses whom. Reads each file once."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self.texts = texts
        self.top = "/".join(common_folder(list(texts)))
        self._java: dict[str, JavaFile] = {}
        self._defined: dict[str, frozenset[str]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._direct: dict[str, tuple[str, ...]] = {}
        self._main: dict[str, bool] = {}
        self._swallowed: frozenset[str] | None = None
        self._externs: frozenset[str] | None = None

    def java(self, path: str) -> JavaFile:
        """Return what a Java file declares."""
        if path not in self._java:
            self._java[path] = java_file(self.texts[path].lexed)
        return self._java[path]

    def main(self, path: str) -> bool:
        """Tell whether a file can be started."""
        if path not in self._main:
            text = self.texts[path]
            self._main[path] = not text.header and (
                any(item.mains for item in self.java(path).classes)
                if text.language == "java"
                else has_main(text.lexed, text.language)
            )
        return self._main[path]

    def parts(self, entry: str) -> tuple[str, ...]:
        """Return the other files of the program that begins with this one, in order of use."""
        seen = {entry: None}
        queue = [entry]
        for path in queue:
            for other in self.direct(path):
                if other not in seen:
                    seen[other] = None
                    queue.append(other)
        return tuple(path for path in seen if path != entry)

    def direct(self, path: str) -> tuple[str, ...]:
        """Return the files that one file uses itself."""
        if path not in self._direct:
            language = self.texts[path].language
            uses = {"python": self._imported, "java": self._named}.get(language, self._called)
            self._direct[path] = tuple(dict.fromkeys(o for o in uses(path) if o != path))
        return self._direct[path]

    def included(self, path: str) -> Iterator[str]:
        """Yield the files of the submission that a C or C++ file includes."""
        lexed = self.texts[path].lexed
        for match in _INCLUDE.finditer(lexed.text):
            if lexed.code[match.start() : match.start(1)].strip():  # no comment
                found = self._find(directory(path), match[1].replace("\\", "/"))
                if found is not None:
                    yield found

    def nearest(self, path: str, others: Iterable[str]) -> list[str]:
        """Sort files by how near they are to one: same folder, then below, then elsewhere."""
        here = directory(path)
        return sorted(
            others,
            key=lambda other: (
                directory(other) != here,
                not below(other, here),
                -len(common_folder([path, other])),
                not stem(other).startswith(stem(path)),
                other,
            ),
        )

    def _find(self, here: str, name: str) -> str | None:
        exact = join(here, name)
        if exact in self.texts:
            return exact
        tail = join(name)
        same = [path for path in self.texts if path == tail or path.endswith(f"/{tail}")]
        return self.nearest(f"{here}/x" if here else "x", same)[0] if tail and same else None

    def _imported(self, path: str) -> Iterator[str]:
        for roots, module in self._imports(path):
            for root in roots:
                found = self._module(root, module)
                if found is not None:
                    yield found
                    break

    def import_root(self, path: str) -> str:
        """Return the folder from which a Python file's imports can be found."""
        here = directory(path)
        up = len(max(_DOTS.findall(self.texts[path].lexed.code), key=len, default=""))
        if up:
            return join(here, *[".."] * up)
        for roots, module in self._imports(path):
            for root in roots:
                if self._module(root, module) is not None:
                    if root != here:
                        return root
                    break
        return here

    def _imports(self, path: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield what a Python file imports, with the folders it may be in."""
        code = self.texts[path].lexed.code
        here = directory(path)
        near = tuple(dict.fromkeys((here, directory(here), self.top)))
        for match in _FROM.finditer(code):
            dots, module, names = match[1], match[2].replace(".", "/"), match[3]
            roots = (join(here, *[".."] * (len(dots) - 1)),) if dots else near
            yield roots if module not in sys.stdlib_module_names else (here,), module
            for name in _WORD.findall(names):
                yield roots, f"{module}/{name}"
        for match in _IMPORT.finditer(code):
            for name in filter(None, match[1].split(",")):
                module = "/".join(name.split()[:1]).replace(".", "/")
                yield near if module not in sys.stdlib_module_names else (here,), module

    def _module(self, root: str, module: str) -> str | None:
        """Return the file of a module, if it is one of the student's."""
        places = join(root, f"{module}.py"), join(root, module, "__init__.py")
        return next((place for place in places if place in self.texts), None)

    def _called(self, path: str) -> Iterator[str]:
        included = list(self.included(path))
        yield from included
        if self.texts[path].header:
            return
        # What a header declares is in the file of the same name, if there is one.
        headers = {stem(other) for other in included}
        twins = [other for other in self.linkable(path) if stem(other) in headers]
        yield from twins
        words = self._used(path)
        own = self._defines(path).union(*map(self._defines, twins))
        for other in self.linkable(path):
            fresh = self._defines(other) - own
            if words & fresh:
                own |= fresh
                yield other

    def linkable(self, path: str) -> list[str]:
        """Return the C or C++ files without a `main` that could be linked to one, nearest first."""
        if self._swallowed is None:
            self._swallowed = frozenset(
                found
                for other, text in self.texts.items()
                if text.language in ("c", "cpp")
                for found in self.included(other)
            )
        return self.nearest(
            path,
            (
                other
                for other, text in self.texts.items()
                if text.language in ("c", "cpp")
                and not text.header
                and other not in {path, *self._swallowed}
                and not self.main(other)
            ),
        )

    def _used(self, path: str) -> frozenset[str]:
        if path not in self._words:
            text = self.texts[path]
            pattern = _JAVA_WORD if text.language == "java" else _WORD
            self._words[path] = frozenset(pattern.findall(text.lexed.code))
        return self._words[path]

    def _defines(self, path: str) -> frozenset[str]:
        """Return the names a C file defines and others use."""
        if self._externs is None:
            self._externs = frozenset[str]().union(
                *(declared_elsewhere(text.lexed.code) for text in self.texts.values())
            )
        if path not in self._defined:
            code = self.texts[path].lexed.code
            self._defined[path] = functions(code) | (variables(code) & self._externs)
        return self._defined[path]

    def _named(self, path: str) -> Iterator[str]:
        words = self._used(path)
        taken = {item.name for item in self.java(path).classes}
        others = (o for o, text in self.texts.items() if text.language == "java" and o != path)
        for other in self.nearest(path, others):
            if base(other) in ("module-info.java", "package-info.java"):
                continue
            fresh = {item.name for item in self.java(other).classes} - taken
            if words & fresh:
                taken |= fresh
                yield other
