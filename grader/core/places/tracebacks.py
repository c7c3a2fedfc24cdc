"""Reading the tracebacks that dying programs leave on stderr, of Python and Java."""

from __future__ import annotations

from grader.core.places.frames import Frame, Stack
from grader.core.regex import regex

LIMIT = 200_000
_BEGIN = "Traceback (most recent call last):"
_PY_FRAME = regex(r'^ +File "(?P<file>[^"\n]+)", line (?P<line>\d{1,7}), in (?P<function>.+)$')
_JAVA_HEAD = regex(r'^(?:Exception in thread "|(?:[\w$]+\.)+[\w$]*(?:Exception|Error)\b)')
_JAVA_FRAME = regex(r"^\s+at (?P<function>[\w.$<>/@-]+)\((?P<file>[^()/:\n]+):(?P<line>\d{1,7})\)$")


def last_traceback(errors: str) -> Stack | None:
    """Return the stack of the last uncaught exception that was printed, innermost call first;
    of a chain, the exception that was raised first is the cause, and is not looked at.
    """
    text = errors[-LIMIT:]
    return _python(text) or _java(text)


def _python(text: str) -> Stack | None:
    start = text.rfind(_BEGIN)
    if start < 0:
        return None
    frames: list[Frame] = []
    for line in text[start:].splitlines()[1:]:
        if found := _PY_FRAME.match(line):
            frames.append(Frame(found["file"], int(found["line"]), found["function"]))
        elif line and not line[0].isspace():
            break
    return Stack(tuple(reversed(frames))) if frames else None


def _java(text: str) -> Stack | None:
    rows = text.splitlines()
    heads = [index for index, row in enumerate(rows) if _JAVA_HEAD.match(row)]
    if not heads:
        return None
    frames: list[Frame] = []
    for row in rows[heads[-1] + 1 :]:
        if found := _JAVA_FRAME.match(row):
            name = found["function"].rpartition("/")[2]
            frames.append(Frame(found["file"], int(found["line"]), ".".join(name.split(".")[-2:])))
        elif not row.startswith(("\tat ", "Caused by", "\t...")):
            break
    return Stack(tuple(frames)) if frames else None
