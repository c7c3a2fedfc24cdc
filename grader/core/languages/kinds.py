"""Tells what each file is: source in a language we grade, or something else, and says it in words.

`read_source` judges by ending and content; what pretends to be source and cannot be read as such
(a renamed document, a binary, UTF-16) comes back as `Unreadable` with words for the student.
"""

from __future__ import annotations

import msgspec

from grader.core.languages.lexing import Lexed, lex
from grader.core.languages.names import base, ending
from grader.core.languages.plan import Language
from grader.core.regex import regex

READ_LIMIT = 1 << 18  # what is looked at of one file

ENDINGS: dict[str, Language] = {
    "py": "python",
    "pyw": "python",
    "py3": "python",
    "c": "c",
    "cpp": "cpp",
    "cc": "cpp",
    "cxx": "cpp",
    "c++": "cpp",
    "cp": "cpp",
    "java": "java",
}
HEADERS = frozenset(("h", "hh", "hpp", "hxx", "h++", "inl"))

OTHERS = {
    "docx": "a Word document",
    "doc": "a Word document",
    "odt": "a text document",
    "rtf": "a text document",
    "pages": "a text document",
    "pdf": "a PDF",
    "txt": "a text file",
    "md": "a text file",
    "zip": "an archive",
    "rar": "an archive",
    "7z": "an archive",
    "tar": "an archive",
    "gz": "an archive",
    "tgz": "an archive",
    "ipynb": "a Jupyter notebook",
    "class": "compiled Java",
    "jar": "compiled Java",
    "pyc": "compiled Python",
    "exe": "a Windows program",
    "o": "compiled code",
    "out": "a compiled program",
    "png": "a picture",
    "jpg": "a picture",
    "jpeg": "a picture",
    "gif": "a picture",
    "html": "a web page",
    "htm": "a web page",
}
FOREIGN = {
    "js": "JavaScript",
    "mjs": "JavaScript",
    "ts": "TypeScript",
    "go": "Go",
    "rs": "Rust",
    "cs": "C#",
    "kt": "Kotlin",
    "kts": "Kotlin",
    "rb": "Ruby",
    "pl": "Perl",
    "php": "PHP",
    "swift": "Swift",
    "scala": "Scala",
    "vb": "Visual Basic",
    "m": "Objective-C or MATLAB",
    "lua": "Lua",
    "hs": "Haskell",
    "dart": "Dart",
    "sh": "a shell script",
    "r": "R",
    "jl": "Julia",
    "pas": "Pascal",
    "d": "D",
    "zig": "Zig",
}

_MAGIC = (
    (b"\x7fELF", "a compiled program"),
    (b"MZ\x90", "a Windows program"),
    (b"\xca\xfe\xba\xbe", "compiled Java"),
    (b"\xcf\xfa\xed\xfe", "a compiled program"),
    (b"PK\x03\x04", "a Word document or a zip archive"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"\x1f\x8b", "an archive"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"bplist00", "a Mac shortcut"),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_WEB_PAGE = regex(rb"(?i)\s*(?:<!doctype html|<html)")
_NOTEBOOK = regex(rb'(?s)\s*\{.*"nbformat"|\s*\{\s*"cells"\s*:')
_SHEBANG = regex(rb"#![^\n]*\bpython")
_CPP_INSIDE = regex(
    r"(?m)^[ \t]*#[ \t]*include[ \t]*<(?:iostream|string|vector|thread|map|algorithm|sstream"
    r"|fstream|mutex|memory|cstring|cstdlib|cstdio|iomanip)>"
    r"|^[ \t]*using[ \t]+namespace[ \t]+\w+[ \t]*;"
)


class Text(msgspec.Struct, frozen=True):
    """A source file that can be read."""

    path: str
    language: Language
    lexed: Lexed
    header: bool = False
    utf8: bool = True
    marked: bool = False  # begins with a byte order mark


class Unreadable(msgspec.Struct, frozen=True):
    """A file that has a source's name and cannot be one."""

    path: str
    why: str  # continues "server.py "
    advice: str = ""


def language_of(path: str, data: bytes = b"") -> Language | None:
    """Return the language a file's name stands for; without an ending its first line tells."""
    end = ending(path)
    if end == "C" and base(path) != base(path).upper():
        return "cpp"  # by convention; SERVER.C was merely shouted
    if not end:
        return "python" if _SHEBANG.match(data[:80]) else None
    return ENDINGS.get(end.lower())


def what_is(path: str, data: bytes = b"") -> str:
    """Name a file that is no source of ours: `a Word document`, `Go`; "" when we cannot say."""
    end = ending(path).lower()
    if end in OTHERS or end in FOREIGN:
        return OTHERS.get(end) or FOREIGN[end]
    return next((what for magic, what in _MAGIC if data.startswith(magic)), "")


def claims_source(path: str, data: bytes) -> bool:
    """Tell whether a file's name says that it is source, or a notebook, which holds some."""
    end = ending(path).lower()
    return language_of(path, data) is not None or end in HEADERS or end == "ipynb"


def read_source(path: str, data: bytes) -> Text | Unreadable | None:
    """Read a source or header; None when the file does not even claim to be one."""
    if not claims_source(path, data):
        return None
    if ending(path).lower() == "ipynb":
        return Unreadable(path, "is a Jupyter notebook", "Export it as a .py file")
    language = language_of(path, data)
    header = ending(path).lower() in HEADERS
    problem = _problem(path, data)
    if problem is not None:
        return problem
    data = data[:READ_LIMIT]
    marked = data.startswith(b"\xef\xbb\xbf")
    try:
        text, utf8 = data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        text, utf8 = data.decode("latin-1"), False
    if language == "c" and _CPP_INSIDE.search(text):
        language = "cpp"
    return Text(path, language or "c", lex(text, language or "c"), header, utf8, marked)


def _problem(path: str, data: bytes) -> Unreadable | None:
    if not data.strip():
        return Unreadable(path, "is empty", "Save it in your editor and hand it in again")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return Unreadable(
                path, f"is {what}, whatever its name says", "Hand in the source as plain text"
            )
    if data.startswith(_UTF16) or data[:4000].count(b"\0") * 3 > len(data[:4000]):
        return Unreadable(path, "is saved as UTF-16", "Save it as UTF-8 in your editor")
    if b"\0" in data:
        return Unreadable(path, "is no text: it has NUL bytes in it", "Hand in the source file")
    if _NOTEBOOK.match(data[:READ_LIMIT]):
        return Unreadable(
            path, "is a Jupyter notebook under another name", "Export it as a .py file"
        )
    if _WEB_PAGE.match(data[:400]):
        return Unreadable(path, "is a web page", "Download the file itself, not the page about it")
    return None
