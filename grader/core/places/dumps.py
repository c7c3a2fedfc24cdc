"""Reading dumps of running programs: faulthandler's, a JVM's, and those of `eu-stack` or gdb."""

from __future__ import annotations

from grader.core.places.frames import Frame, Stack
from grader.core.regex import regex

LIMIT = 200_000  # characters of a dump that are read: student programs print, too
DEEP = 200  # frames of a stack that are read

_PY_THREAD = regex(r"^(?:Current thread|Thread) 0x[0-9a-f]+\b.*\(most recent call first\):$")
_PY_FRAME = regex(r'^  File "(?P<file>[^"\n]+)", line (?P<line>\d{1,7}) in (?P<function>\S+)$')
_JAVA_THREAD = regex(r'^"[^"\n]*" .*\bnid=(?P<nid>0x[0-9a-f]+|\d+)\b')
_JAVA_FRAME = regex(
    r"^\s+at (?P<function>[\w.$<>/@-]+)\((?:(?P<file>[^()/:\n]+):(?P<line>\d{1,7})|[^()\n]*)\)$"
)
_C_THREAD = regex(r"^TID (?P<tid>\d+):$")
_C_FRAME = regex(r"^#\d+ +0x[0-9a-f]+(?: +(?:- )?(?P<function>\S.*?))?$")
_GDB_THREAD = regex(r"^Thread \d+ \((?:.*\bLWP (?P<lwp>\d+)\b)?")
_GDB_FRAME = regex(
    r"^#\d+ +(?:0x[0-9a-f]+ in )?(?P<function>\S.*?) \(.*\)"
    r"(?: at (?P<file>\S.*?):(?P<line>\d{1,7})| from \S.*)?$"
)
_SIGNATURE = regex(r"\[abi:\w+\]|\([^()]*\)(?: const)?$")
_C_PLACE = regex(r"^ {4}(?P<file>\S.*?):(?P<line>\d{1,7})(?::\d+)?$")


def python_stacks(dump: str) -> list[Stack]:
    """Read what `faulthandler` writes at a fatal signal: all threads, innermost call first."""
    stacks: list[Stack] = []
    frames: list[Frame] | None = None
    for line in dump[:LIMIT].splitlines():
        if _PY_THREAD.match(line):
            _put(stacks, frames)
            frames = []
        elif frames is not None and (found := _PY_FRAME.match(line)):
            frames.append(Frame(found["file"], int(found["line"]), found["function"]))
        elif line:
            _put(stacks, frames)
            frames = None
    _put(stacks, frames)
    return stacks


def _put(stacks: list[Stack], frames: list[Frame] | None) -> None:
    if frames:
        shown = tuple(frames[:DEEP])
        stacks.append(Stack(shown, 0, tuple(frame.function for frame in shown)))


def java_stacks(dump: str) -> list[Stack]:
    """Read the thread dump a JVM prints at SIGQUIT; a thread's `nid` is its task."""
    stacks: list[Stack] = []
    task: int | None = None
    frames: list[Frame] = []
    calls: list[str] = []

    def put() -> None:
        if task is not None and calls:
            stacks.append(Stack(tuple(frames[:DEEP]), task, tuple(calls[:DEEP])))

    for line in dump[:LIMIT].splitlines():
        if head := _JAVA_THREAD.match(line):
            put()
            task, frames, calls = int(head["nid"], 0), [], []
        elif found := _JAVA_FRAME.match(line):
            calls.append(found["function"])
            if found["file"]:
                frames.append(Frame(found["file"], int(found["line"]), _method(found["function"])))
    put()
    return stacks


def eu_stacks(dump: str) -> list[Stack]:
    """Read what `eu-stack -s -p PID` prints: a place follows its frame on a line of its own."""
    stacks: list[Stack] = []
    task: int | None = None
    frames: list[Frame] = []
    calls: list[str] = []

    def put() -> None:
        if task is not None and calls:
            stacks.append(Stack(tuple(frames[:DEEP]), task, tuple(calls[:DEEP])))

    for line in dump[:LIMIT].splitlines():
        if head := _C_THREAD.match(line):
            put()
            task, frames, calls = int(head["tid"]), [], []
        elif found := _C_FRAME.match(line):
            calls.append(found["function"] or "")
        elif calls and (place := _C_PLACE.match(line)):
            frames.append(Frame(place["file"], int(place["line"]), _bare(calls[-1])))
    put()
    return stacks


def gdb_stacks(dump: str) -> list[Stack]:
    """Read what gdb's `thread apply all bt` prints."""
    stacks: list[Stack] = []
    task: int | None = None
    frames: list[Frame] = []
    calls: list[str] = []

    def put() -> None:
        if task is not None and calls:
            stacks.append(Stack(tuple(frames[:DEEP]), task, tuple(calls[:DEEP])))

    for line in dump[:LIMIT].splitlines():
        if head := _GDB_THREAD.match(line):
            put()
            task, frames, calls = int(head["lwp"] or 0), [], []
        elif found := _GDB_FRAME.match(line):
            calls.append(found["function"])
            if found["file"]:
                frames.append(Frame(found["file"], int(found["line"]), _bare(found["function"])))
    put()
    return stacks


def compiled_stacks(dump: str) -> list[Stack]:
    """Read what either of them prints."""
    return eu_stacks(dump) or gdb_stacks(dump)


def _bare(function: str) -> str:
    """Return `read_line` of `read_line[abi:cxx11](int)`."""
    return _SIGNATURE.sub("", function).strip() or function


def _method(qualified: str) -> str:
    """Return `Server.main` of `java.base@21/pkg.Server.main`."""
    return ".".join(qualified.rpartition("/")[2].split(".")[-2:])
