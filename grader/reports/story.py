"""The story of a check that did not pass, told in parts that every format can show.

What should have happened and what did; the likely cause; where the program stands; what it
printed last; what was said and done; how to see it yourself; what to do. Rows of a block are fit
for a terminal, texts are as they came: the format escapes them.
"""

from __future__ import annotations

import msgspec

from grader.core.command import needs_files, needs_listener
from grader.core.matching import differs_at
from grader.core.model import CheckResult, Place
from grader.core.regex import regex
from grader.core.transcript import as_bytes, compare, tell, visible
from grader.reports.escape import lines
from grader.reports.view import advice, meaning

MAX_ROWS = 8
UNKNOWN = (
    "not known here; compile it with -g, start it in gdb (gdb ./program, then run), repeat what is"
    " shown below, and type bt once it has stopped"
)
_LINE = regex(rb"[^\n]*\n|[^\n]+")


class Text(msgspec.Struct, frozen=True):
    """A labelled sentence."""

    label: str
    text: str


class Block(msgspec.Struct, frozen=True):
    """Labelled rows, to be shown as they are: cut at the margin, or `folded` there, or `whole`."""

    label: str
    rows: tuple[str, ...]
    whole: bool = False
    folded: bool = False


Part = Text | Block


def story(check: CheckResult, *, width: int = 78, transcript: int = 0) -> list[Part]:
    """Tell a check, with at most `transcript` lines of its transcript."""
    parts: list[Part] = [Text("", sentence(check))]
    if rows := comparison(check, width):
        parts.append(Block("", tuple(rows)))
    if check.cause:
        parts.append(Text("Likely cause", f"{check.cause.words} ({check.cause.term})"))
    if check.stuck and check.stuck not in check.message:
        parts.append(Text("Where it stands", check.stuck))
    if check.place:
        parts.append(Text("In your source", place(check.place)))
    elif check.reason == "crashed" and "killed by SIG" in check.message:
        parts.append(Text("In your source", UNKNOWN))
    if check.output.strip():
        said = tuple(lines(check.output)[-40:])
        parts.append(Block(_output_label(check), said, folded=True))
    if transcript and check.transcript:
        told = tell(check.transcript, transcript, width)
        parts.append(Block("What happened", tuple(told)))
    if check.see:
        parts.append(Block(_see_label(check.see), (check.see,), whole=True))
    if check.hint:
        parts.append(Text("Hint", check.hint))
    if general := advice(check):
        parts.append(Text("In general", general))
    return parts


def place(where: Place) -> str:
    """Write a line of the student's source: `server.py, line 12, in serve(): data = …`."""
    inside = f", in {where.function}()" if where.function not in {"", "module"} else ""
    return f"{where.file}, line {where.line}{inside}" + (f": {where.text}" if where.text else "")


def sentence(check: CheckResult) -> str:
    """Return what happened, in one sentence, whatever is known."""
    return check.message or meaning(check) or "no reason was given"


def comparison(check: CheckResult, width: int) -> list[str]:
    """Put expected and received side by side, with a caret where they were compared byte by byte:
    only then it tells the truth.
    """
    if check.expected is None and check.received is None:
        return []
    if check.expected is not None and check.received is not None:
        expected, received = as_bytes(check.expected), as_bytes(check.received)
        if check.differs_at == differs_at(expected, received):  # not beyond what was kept
            return compare(expected, received, width)
    return _labelled("expected", check.expected, width) + _labelled(
        "received", check.received, width
    )


def _labelled(label: str, text: str | None, width: int) -> list[str]:
    """Show a text with its label, a row for each of its lines, the last of them cut."""
    if text is None:
        return []
    pieces = _LINE.findall(as_bytes(text))
    if len(pieces) > MAX_ROWS:
        pieces[MAX_ROWS - 1 :] = [b"".join(pieces[MAX_ROWS - 1 :])]
    rows = [visible(piece, width - 10) for piece in pieces] or ["(nothing)"]
    return [f"{label if index == 0 else '':<10}{row}" for index, row in enumerate(rows)]


def _see_label(command: str) -> str:
    if needs_listener(command):
        return "See it yourself: start this, then your program elsewhere, and type the same"
    if needs_files(command):
        return "See it yourself, in your program's folder, with it running"
    return "See it yourself, with your program running"


def _output_label(check: CheckResult) -> str:
    labels = {"build_failed": "What the compiler said", "source_finding": "In your files"}
    return labels.get(check.reason or "", "What it printed last")
