"""Reads which names a C or C++ file defines for others, and which it says exist elsewhere."""

from __future__ import annotations

import re

from grader.core.regex import regex

_DIRECTIVE = regex(r"(?m)^[ \t]*#(?:\\\n|[^\n])*")
_TRANSPARENT = regex(r'\b(?:namespace\b[^;{}()]*|extern\s*"[^"]*"\s*)\{')
_CALLABLE = regex(r"(?:\b([A-Za-z_]\w*)\s*::\s*~?\s*)?\b([A-Za-z_]\w*)\s*\(")
_OLD_STYLE = regex(r"\)\s*[A-Za-z_][^()=]*$")
_VARIABLE = regex(r"\b([A-Za-z_]\w*)\s*(?=[\[=,]|$)")
_NOT_SHARED = regex(r"^\s*(?:typedef|using|template|friend|extern)\b|\bstatic\b")
_EXTERN = regex(r"\bextern\b([^;{}()]*);")
_NO_NAMES = frozenset(("if", "while", "for", "switch", "return", "sizeof", "main"))

_BODY = "\x01"  # stands for a pair of braces and what was in them


def functions(code: str) -> frozenset[str]:
    """Return the functions (for methods also their class) that are defined at the top level."""
    found: set[str] = set()
    for chunk in _chunks(code):
        text, body, _ = chunk.partition(_BODY)
        defines = (body and "(" in text and "=" not in text.partition("(")[0]) or (
            not body and _OLD_STYLE.search(text)
        )
        if defines and not _NOT_SHARED.search(text):
            match = _CALLABLE.search(text)
            if match:
                found.update(name for name in match.groups() if name)
    return frozenset(found - _NO_NAMES)


def variables(code: str) -> frozenset[str]:
    """Return the variables that are defined at the top level."""
    found: set[str] = set()
    for chunk in _chunks(code):
        text = chunk.partition(_BODY)[0]
        if "(" not in text.partition("=")[0] and not _NOT_SHARED.search(text):
            found.update(_VARIABLE.findall(text.rstrip()))
    return frozenset(found)


def declared_elsewhere(code: str) -> frozenset[str]:
    """Return the variables that are declared `extern`."""
    return frozenset(
        name for match in _EXTERN.finditer(code) for name in _VARIABLE.findall(match[1].rstrip())
    )


def _chunks(code: str) -> list[str]:
    """Split the top level into declarations; a body ends one, too, unless a `;` follows it."""
    code = _TRANSPARENT.sub(" ", _DIRECTIVE.sub("", code))
    kept: list[str] = []
    depth = 0
    for piece in re.split(r"([{}])", code):
        if piece == "{":
            depth += 1
            kept.append(_BODY if depth == 1 else "")
        elif piece == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            kept.append(piece)
    return re.split(rf";|(?<={_BODY})(?!\s*[;,=])", "".join(kept))
