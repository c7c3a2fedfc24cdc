"""Which frame of which thread a student should look at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from grader.agent.protocol import Blocked
from grader.core.model import Place
from grader.core.places.frames import Frame, Stack
from grader.core.regex import regex

# What names of functions, and lines of source, say of the call a thread is blocked in.
_WORDS = {
    "accept": ("accept", "get_request", "serve_forever"),
    "recv": ("recv", "read", "receive", "makefile", "for ", "nextline", "scanf", "fgets"),
    "read": ("read", "input", "stdin", "next", "scan", "gets", "getline", "getchar", "cin", "for "),
    "send": ("send", "write", "print", "flush"),
    "write": ("write", "send", "print", "flush"),
    "connect": ("connect", "socket("),
    "lock": ("acquire", "join", "lock", "get(", "wait", "put(", "mutex"),
    "wait": ("wait", "join", "run(", "system"),
    "sleep": ("sleep",),
    "poll": ("select", "poll", "epoll", "run", "serve_forever"),
}
_COMPLAINT = regex(r"(?P<file>[^:\n]{1,300}):(?P<line>\d{1,7})(?::\d+)?: ")
TAKES_LOCK = regex(r"\bwith\b.*lock|\.acquire\(|\.lock\(|mutex_lock|synchronized", re.IGNORECASE)


def choose(
    stacks: Sequence[Stack], thread: Blocked | None, files: Mapping[str, bytes]
) -> Place | None:
    """Return the innermost place in a file of the student's: of the thread that is known to be
    blocked, told by its number or by what it is seen to do; else of the first that has one.
    """
    placed = [(stack, own) for stack in stacks if (own := _innermost(stack, files))]
    if not placed:
        return None
    if thread is not None:
        for stack, own in placed:
            if stack.task and stack.task == thread.task:
                return own
        words = _WORDS.get(thread.call, ())
        for stack, own in placed:
            near = " ".join((own.text, *stack.calls[:8])).lower()
            if any(word in near for word in words):
                return own
    return placed[0][1]


def taking_lock(stacks: Sequence[Stack], files: Mapping[str, bytes]) -> Place | None:
    """Return the place where a line of the student's own takes a lock and waits for it; a thread
    of a pool that waits for work stands in no such line.
    """
    places = (_innermost(stack, files) for stack in stacks)
    return next((place for place in places if place and TAKES_LOCK.search(place.text)), None)


def complained_of(message: str, files: Mapping[str, bytes]) -> Place | None:
    """Return the place that begins a compiler's message: `server.c:12:5: error: …`."""
    found = _COMPLAINT.match(message)
    path = own_file(Frame(found["file"], int(found["line"])), files) if found else ""
    if not found or not path:
        return None
    line = int(found["line"])
    return Place(file=path, line=line, text=_source(files[path], line))


def _innermost(stack: Stack, files: Mapping[str, bytes]) -> Place | None:
    for frame in stack.frames:
        path = own_file(frame, files)
        if path:
            return Place(
                file=path,
                line=frame.line,
                function=frame.function.strip("<>"),
                text=_source(files[path], frame.line),
            )
    return None


def own_file(frame: Frame, files: Mapping[str, bytes]) -> str:
    """Return the student's file a frame is in: the longest path the dump's ends with, or for a
    bare name, as a JVM gives it, the only file that is called so. Empty when there is none.
    """
    name = frame.file.replace("\\", "/")
    fitting = [path for path in files if name == path or name.endswith(f"/{path}")]
    if fitting:
        return max(fitting, key=len)
    if "/" in name:
        return ""
    called = [path for path in files if path.rpartition("/")[2] == name]
    return called[0] if len(called) == 1 else ""


def _source(content: bytes, line: int) -> str:
    rows = content.decode("utf-8", "replace").splitlines()
    return rows[line - 1].strip()[:200] if 0 < line <= len(rows) else ""
