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


class _Stacks:
    """The stacks of a dump, put together line by line; a thread's task is told before its calls."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._found: list[Stack] = []
        self._task: int | None = None
        self._frames: list[Frame] = []

    def begin(self, task: int) -> None:
        """Go on with another thread."""
        self.end()
        self._task, self._frames, self.calls = task, [], []

    def place(self, file: str, line: str, function: str) -> None:
        """Take the place of the last call."""
        self._frames.append(Frame(file, int(line), function))

    def end(self) -> list[Stack]:
        """Return all; a thread without a call is none."""
        if self._task is not None and self.calls:
            frames, calls = tuple(self._frames[:DEEP]), tuple(self.calls[:DEEP])
            self._found.append(Stack(frames, self._task, calls))
        return self._found


def java_stacks(dump: str) -> list[Stack]:
    """Read the thread dump a JVM prints at SIGQUIT; a thread's `nid` is its task."""
    stacks = _Stacks()
    for line in dump[:LIMIT].splitlines():
        if head := _JAVA_THREAD.match(line):
            stacks.begin(int(head["nid"], 0))
        elif found := _JAVA_FRAME.match(line):
            stacks.calls.append(found["function"])
            if found["file"]:
                stacks.place(found["file"], found["line"], _method(found["function"]))
    return stacks.end()


def eu_stacks(dump: str) -> list[Stack]:
    """Read what `eu-stack -s -p PID` prints: a place follows its frame on a line of its own."""
    stacks = _Stacks()
    for line in dump[:LIMIT].splitlines():
        if head := _C_THREAD.match(line):
            stacks.begin(int(head["tid"]))
        elif found := _C_FRAME.match(line):
            stacks.calls.append(found["function"] or "")
        elif stacks.calls and (place := _C_PLACE.match(line)):
            stacks.place(place["file"], place["line"], _bare(stacks.calls[-1]))
    return stacks.end()


def gdb_stacks(dump: str) -> list[Stack]:
    """Read what gdb's `thread apply all bt` prints."""
    stacks = _Stacks()
    for line in dump[:LIMIT].splitlines():
        if head := _GDB_THREAD.match(line):
            stacks.begin(int(head["lwp"] or 0))
        elif found := _GDB_FRAME.match(line):
            stacks.calls.append(found["function"])
            if found["file"]:
                stacks.place(found["file"], found["line"], _bare(found["function"]))
    return stacks.end()


def compiled_stacks(dump: str) -> list[Stack]:
    """Read what either of them prints."""
    return eu_stacks(dump) or gdb_stacks(dump)


def _bare(function: str) -> str:
    """Return `read_line` of `read_line[abi:cxx11](int)`."""
    return _SIGNATURE.sub("", function).strip() or function


def _method(qualified: str) -> str:
    """Return `Server.main` of `java.base@21/pkg.Server.main`."""
    return ".".join(qualified.rpartition("/")[2].split(".")[-2:])
