"""Names that come from folders and archives, made fit for results and for the sandbox.

A name may hold anything a file system allows: line breaks, emoji, a leading dash, bytes that are
no UTF-8. `readable` makes it text; `safe_name` makes it a file name that is harmless everywhere,
the same each time, and different for different names.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata

from grader.core.regex import regex

MAX_NAME = 100  # bytes of a result's file name, its ending not counted
_BAD = frozenset('/\\:*?"<>|%$`')
_SUFFIX = regex(r"-[0-9a-f]{12}")
_DEVICES = regex(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)

# What editors, operating systems and build tools leave behind; no hand-in misses it.
JUNK_FOLDERS = frozenset({"__MACOSX", "__pycache__", "node_modules", "venv", "site-packages"})
JUNK_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", "expected.yml", ".gitignore"})
COMPILED = frozenset(
    {".class", ".o", ".obj", ".exe", ".pyc", ".pyo", ".so", ".a", ".dll", ".dylib", ".pdb"}
)
MAGIC = (b"\x7fELF", b"MZ\x90", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
SOURCES = frozenset({".py", ".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".hh", ".java"})
MAKEFILES = frozenset({"makefile", "gnumakefile"})


def readable(name: str) -> str:
    """Return a file name as text that can be stored: bytes that are no UTF-8 become `%FF`."""
    try:
        return os.fsencode(name).decode()
    except UnicodeDecodeError:
        pass
    return "".join(
        f"%{ord(char) & 0xFF:02X}" if "\udc80" <= char <= "\udcff" else char for char in name
    )


def quoted(name: str) -> str:
    """Return a name for a message: on one line, and not endless."""
    shown = "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in name
    )
    return f'"{shown if len(shown) <= 80 else shown[:77] + "..."}"'


def safe_name(student: str) -> str:
    """Return a file name for a student's results; a plain name stays as it is."""
    name = unicodedata.normalize("NFC", student)
    name = "".join("_" if char in _BAD or not char.isprintable() else char for char in name)
    name = re.sub(r"^[-.~\s]+|[.\s]+$", "_", name) or "_"
    fine = name == student and not _SUFFIX.search(name[-13:]) and not _DEVICES.fullmatch(name)
    if fine and len(name.encode()) <= MAX_NAME:
        return name
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    short = name.encode()[: MAX_NAME - 13].decode("utf-8", "ignore")
    return f"{short}-{digest}"


def is_source(name: str) -> bool:
    """Tell whether a file's name is that of source code or a Makefile."""
    base = name.rsplit("/", 1)[-1].lower()
    return os.path.splitext(base)[1] in SOURCES or base in MAKEFILES  # noqa: PTH122 - text, no path


def is_compiled(name: str, head: bytes = b"") -> bool:
    """Tell whether a file is a compiler's output: by its ending, or its first bytes if it has
    none. (A `server.py` that is a binary is kept: the student should hear of it.)
    """
    ending = os.path.splitext(name.lower())[1]  # noqa: PTH122 - text, no path
    return ending in COMPILED or (ending in {"", ".out"} and head.startswith(MAGIC))


def is_junk(name: str, *, folder: bool) -> bool:
    """Tell whether a file or folder is never part of a hand-in."""
    if folder:
        return name in JUNK_FOLDERS or name.startswith(".")
    return name in JUNK_FILES or name.startswith("._")
