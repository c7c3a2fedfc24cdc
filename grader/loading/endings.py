"""Which files are archives, by their names. (What reads them takes 7 ms to import.)"""

from __future__ import annotations

ENDINGS = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
FOREIGN = (".rar", ".7z", ".gz", ".bz2", ".xz")  # those we cannot read


def ending_of(name: str) -> str:
    """Return an archive's ending, one we cannot read included; empty for other files."""
    name = name.lower()
    return next((item for item in (*ENDINGS, *FOREIGN) if name.endswith(item)), "")


def stem_of(name: str) -> str:
    """Return an archive's name without its ending."""
    ending = ending_of(name)
    return name[: -len(ending)] if ending else name
