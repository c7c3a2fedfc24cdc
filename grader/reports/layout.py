"""Small things every report is made of: numbers, plurals, bars, columns. Pure text in and out.

Columns are counted as a terminal does: two for a wide character, none for an accent.
"""

from __future__ import annotations

from grader.core.scoring import tidy
from grader.core.transcript import columns

MARKS = {"pass": "✓", "fail": "✗", "skip": "–", "error": "!"}  # noqa: RUF001 - a dash on purpose


def number(value: float) -> str:
    """Return a number as people write it: 85, 62.5, 3.33."""
    return str(tidy(value))


def plural(count: float, one: str, many: str = "") -> str:
    """Return a count and its noun: `1 check`, `2 checks`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def percent(part: float, whole: float) -> str:
    """Return a share: `63 %`; a dash when there is no whole."""
    return f"{100 * part / whole:.0f} %" if whole else "–"  # noqa: RUF001 - a dash on purpose


def sentence_case(text: str) -> str:
    """Begin with a capital letter, unless with a name (`server.c:12:`), and end without a stop."""
    first = text.partition(" ")[0].rstrip(",:;.)")
    plain = first.replace("'", "").replace("-", "").isalpha()
    return ((text[:1].upper() + text[1:]) if plain else text).rstrip(".")


def bar(part: float, whole: float, width: int = 20) -> str:
    """Return a bar of a fixed width; full only when all is there, empty only when nothing is."""
    share = min(1.0, max(0.0, part / whole)) if whole else 0.0
    full = round(share * width)
    if 0 < share < 1:
        full = min(width - 1, max(1, full))
    return "█" * full + "░" * (width - full)


def shorten(text: str, width: int) -> str:
    """Cut a text that is too wide, with an ellipsis at the end."""
    if columns(text) <= width:
        return text
    return text[: fitting(text, width - 1)].rstrip() + "…"


def fold(text: str, width: int) -> list[str]:
    """Break a line where it must be, nothing lost: its columns mean something."""
    folded, indent = [], ""
    while columns(indent + text) > width:
        size = max(1, fitting(text, width - len(indent)))
        folded.append(indent + text[:size])
        text, indent = text[size:], "  "
    return [*folded, indent + text] if text or not folded else folded


def fitting(text: str, width: int) -> int:
    """Return how many characters of a text fit into a width."""
    for index, char in enumerate(text):
        width -= columns(char)
        if width < 0:
            return index
    return len(text)


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Cut or fill a text to exactly a width."""
    shown = shorten(text, width)
    fill = " " * (width - columns(shown))
    return fill + shown if right else shown + fill


def wrap(text: str, width: int, indent: str = "", first: str | None = None) -> list[str]:
    """Break a text into lines at its spaces; a word that is too long is broken where it must be.

    `first` begins the first line, `indent` the others.
    """
    lines: list[str] = []
    line, empty = indent if first is None else first, True
    for word in text.split():
        rest = word
        while rest:
            room = width - columns(line) - (not empty)
            if fitting(rest, room) == len(rest):
                line, empty, rest = line + ("" if empty else " ") + rest, False, ""
            elif not empty:
                lines.append(line)
                line, empty = indent, True
            else:
                size = max(1, fitting(rest, room))
                lines.append(line + rest[:size])
                line, rest = indent, rest[size:]
    return lines if empty and lines else [*lines, line]
