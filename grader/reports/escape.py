"""Makes text that students wrote harmless in each place it is shown.

Terminal: no control sequences, one line. Markdown: never HTML, a link, an image, a heading, a
table, emphasis, a mention or the end of a code block. CSV: never a formula. Every function takes
any `str`, unpaired surrogates included, and what it returns can be encoded as UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from grader.core.regex import regex
from grader.core.transcript import visible

_GAP = "\u200b"  # invisible; keeps the two halves of a link or a mention apart
_PUNCTUATION = regex(r"([\\`*_{}\[\]~$^])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"}
_AT_LINE_START = regex(r"(\d{0,9})([#+\-=:!.)])")
# What GitHub, GitLab and friends turn into a link or a notification, wherever it stands in text:
# @name, a@b.c, http://, www., #12, !12, $12, %12, GH-12, :smile:
_JOINTS = regex(
    r"(?<=@)(?=\S)"
    r"|(?<=:)(?=//)|(?i:(?<=\bwww)(?=\.)|(?<=\bmailto:)|(?<=\bxmpp:)|(?<=\bGH-)(?=\d))"
    r"|(?<=[#!%$~])(?=\w)|(?<=:)(?=[\w+-]+:)"
)
_FORMULA = tuple("=+-@\t\n＝＋－＠")  # noqa: RUF001 - a spreadsheet takes the wide ones too
_TAB = 4


def terminal(text: str) -> str:
    """Show text on one line of a terminal."""
    return visible(_bytes(text))


def lines(text: str) -> list[str]:
    """Show what a program printed, line by line, without control sequences."""
    return [
        terminal(line.removesuffix("\r").expandtabs(_TAB)) for line in text.rstrip().split("\n")
    ]


def prose(text: str) -> str:
    """Put text into a line of Markdown, to be read as it is."""
    shown = _JOINTS.sub(_GAP, terminal(text.strip()))
    shown = _PUNCTUATION.sub(r"\\\1", shown)
    shown = "".join(_ENTITIES.get(char, char) for char in shown)
    start = _AT_LINE_START.match(shown)
    return f"{start[1]}\\{shown[start.end(1) :]}" if start else shown


def code(text: str) -> str:
    """Put text into a code span of Markdown (not in a table: a `|` would end the cell)."""
    shown = terminal(text) or " "
    ticks = "`" * (_longest_run(shown) + 1)
    spaced = shown[0] == shown[-1] == " " and bool(shown.strip())
    pad = " " if spaced or "`" in shown[0] + shown[-1] else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}"


def block(rows: Iterable[str]) -> str:
    """Put lines into a fenced code block of Markdown that nothing in them can end."""
    shown = [row(text) for text in rows]
    fence = "`" * max(3, *(_longest_run(text) + 1 for text in [*shown, ""]))
    return "\n".join([f"{fence}text", *shown, fence])


def row(text: str) -> str:
    """Keep a row that is fit to be shown; anything else in it is made visible."""
    return text if text.isprintable() else "".join(_printable(char) for char in text)


def link(label: str, target: str) -> str:
    """Return a link of Markdown to a file, by its relative path."""
    path = quote(_bytes(target), safe="/")
    return f"[{prose(label) or '&nbsp;'}](./{path})"


def image(label: str, target: str) -> str:
    """Return an image of Markdown, by its relative path."""
    path = quote(_bytes(target), safe="/")
    return f"![{prose(label)}]({path})"


def cell(text: str) -> str:
    """Return a value for a CSV file that no spreadsheet takes for a formula.

    Line feeds stay (the CSV writer quotes them); other control characters become visible.
    """
    shown = "".join(char if char in "\t\n" else _printable(char) for char in text)
    return f"'{shown}" if shown.lstrip(" ").startswith(_FORMULA) else shown


def _bytes(text: str) -> bytes:
    """Return text as UTF-8; bytes that were none come back as they were."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _printable(char: str) -> str:
    return char if char.isprintable() else terminal(char)


def _longest_run(text: str) -> int:
    """Return the length of the longest run of backticks."""
    return max((len(run) for run in re.findall("`+", text)), default=0)
