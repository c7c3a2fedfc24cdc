"""The values everything is about: a course, its specs, a submission, a job, a result.

All are frozen, made by `loading`, and hold no file handles and no clocks. `Result` is the only
truth that is stored; its JSON shape is the contract `grader/result/v1`.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from grader.core.deviations import Deduction

Visibility = Literal["public", "hidden", "after_due"]


class Frozen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the values that come from files."""


class Endpoint(msgspec.Struct, frozen=True):
    """A transport and a port: `tcp/1060`."""

    transport: Literal["tcp", "udp"]
    port: int

    def __str__(self) -> str:
        return f"{self.transport}/{self.port}"


class Limits(Frozen, frozen=True):
    """What a student's program may use. Sizes in MiB, times in seconds."""

    memory: int = 256
    cpus: float = 1.0
    processes: int = 64
    open_files: int = 256
    file_size: int = 16
    disk: int = 64
    output: int = 1
    build_seconds: float = 120.0
    check_seconds: float = 60.0
    submission_files: int = 500
    submission_size: int = 20


class Program(Frozen, frozen=True):
    """A program the student hands in.

    `entry` are file-name patterns (case-insensitive, without regard to the ending) that tell
    its main file; exactly one of `listens` (a server) and `connects` (a client) is set. With
    `loopback` the assignment itself has the server listen on this machine's own address only.
    """

    name: str
    entry: tuple[str, ...]
    listens: Endpoint | None = None
    connects: Endpoint | None = None
    loopback: bool = False
    args: tuple[str, ...] = ()


class Step(msgspec.Struct, frozen=True):
    """One stage direction: who does what. `action` is an instance of a verb's class."""

    actor: str
    verb: str
    action: Any
    line: int = 0
    shown: str = ""  # as the spec writes it


class Case(Frozen, frozen=True):
    """One of several runs of a check, for partial credit: its own values for the names used."""

    title: str = ""
    let: dict[str, Any] = {}


class Check(Frozen, frozen=True):
    """Something the grader looks at, worth points."""

    id: str
    title: str
    points: float = 0
    program: str = ""
    steps: tuple[Step, ...] = ()
    python: str = ""  # instead of steps: `file.py:function`
    play: Any = None  # that function
    builds: str = ""  # instead of steps: this program is there and compiles
    needs: tuple[str, ...] = ()
    hint: str = ""
    visibility: Visibility = "public"
    let: dict[str, Any] = {}
    cases: tuple[Case, ...] = ()
    groups: dict[str, int] = {}
    extra_credit: bool = False
    retries: int = 0  # attempts beyond the first, where the protocol itself may lose data
    within: float = 10.0  # seconds a step may wait: a backstop, not a measure
    hide_expected: bool = False
    files: tuple[str, ...] = ()  # fixtures put beside the program


SOURCE = "source"  # the actor that is the student's files


def only_source(check: Check) -> bool:
    """Tell whether a check reads the student's files and runs nothing."""
    return bool(check.steps) and all(step.actor == SOURCE for step in check.steps)


class Row(Frozen, frozen=True):
    """A row of the rubric: points that people give."""

    id: str
    title: str
    points: float
    criteria: str = ""  # what to look at, for who grades and who is graded
    extra_credit: bool = False


class Spec(Frozen, frozen=True):
    """One assignment's expected behaviour."""

    assignment: str
    title: str
    programs: tuple[Program, ...]
    checks: tuple[Check, ...]
    deductions: dict[str, float] = {}  # points taken for a deviation, by its code
    hidden_points: float = 0  # of checks that are not in this file, only told of
    rubric: tuple[Row, ...] = ()
    include: tuple[str, ...] = ()  # files whose checks and rows are among them
    fixtures: dict[str, bytes] = {}
    digest: str = ""  # of everything the spec is made of
    source: str = ""  # its file, for messages

    @property
    def max_score(self) -> float:
        """The points to be had, by hand too, extra credit not counted."""
        checks = sum(check.points for check in self.checks if not check.extra_credit)
        return checks + sum(row.points for row in self.rubric if not row.extra_credit)

    @property
    def ends(self) -> tuple[Endpoint, ...]:
        """Where its programs listen, or are listened to."""
        found = (end for item in self.programs for end in (item.listens, item.connects) if end)
        return tuple(dict.fromkeys(found))

    def program(self, name: str) -> Program:
        """The program of that name; raises `KeyError`."""
        return {item.name: item for item in self.programs}[name]


class Override(Frozen, frozen=True):
    """What grade.yml settles for one submission: entry files by program."""

    entry: dict[str, str] = {}


class Packages(Frozen, frozen=True):
    """What may be imported beside what comes with a language, as its installer takes it."""

    python: tuple[str, ...] = ()


class Course(Frozen, frozen=True):
    """grade.yml: where things are and what programs may use."""

    title: str = "course"
    submissions: str = "submissions"
    specs: str = "specs"
    rubric: str = ""  # where points given by hand are; without, beside the submissions
    limits: Limits = Limits()
    packages: Packages = Packages()
    overrides: dict[str, Override] = {}  # by "assignment/student"


class Submission(msgspec.Struct, frozen=True):
    """A student's files, read into memory. `problem` says why they cannot be graded at all."""

    assignment: str
    student: str
    files: dict[str, bytes]
    executable: frozenset[str] = frozenset()
    digest: str = ""
    problem: str = ""
    notes: tuple[str, ...] = ()


class Job(msgspec.Struct, frozen=True):
    """All that grading one submission needs."""

    spec: Spec
    submission: Submission
    limits: Limits = Limits()
    entry: dict[str, str] = {}
    key: str = ""  # digest of spec, submission, images and grader: equal key, equal result
    seed: str = ""  # of all that is left to chance; drawn anew when not given


class Exchange(msgspec.Struct, frozen=True):
    """One line of a transcript: when (seconds from the check's start), who, what, bytes."""

    at: float
    actor: str
    what: str
    data: str = ""  # latin-1: one character is one byte


class Place(msgspec.Struct, frozen=True):
    """A line of the student's source: its file below the submission, line and function; `text`
    is what stands there.
    """

    file: str
    line: int
    function: str = ""
    text: str = ""


class Cause(msgspec.Struct, frozen=True):
    """A likely cause: the symptom's code, the lecture's term for it, and what to do."""

    code: str
    term: str
    words: str


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one check."""

    id: str
    program: str
    title: str
    outcome: Literal["pass", "fail", "skip", "error"]
    points: float
    max_points: float
    reason: str | None = None
    message: str = ""
    hint: str = ""
    transcript: tuple[Exchange, ...] = ()
    expected: str | None = None  # latin-1, see Exchange.data
    received: str | None = None
    differs_at: int | None = None  # the first byte they differ in, if compared byte for byte
    stuck: str = ""
    place: Place | None = None  # where the program stands, or died
    cause: Cause | None = None  # recognised from what was seen
    see: str = ""  # a shell command that shows the same
    output: str = ""  # the last lines the program printed, and its traceback
    notes: tuple[str, ...] = ()
    visibility: Visibility = "public"
    extra_credit: bool = False
    seconds: float = 0.0
    seed: str = ""  # what chance was drawn from, if it was played: the same one repeats it
    screenshot: str = ""  # of the page a browser showed: its path below the output folder


class RowResult(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one row of the rubric; without points it is still open."""

    id: str
    title: str
    points: float | None = None
    max_points: float
    comment: str = ""
    grader: str = ""  # who gave the points, if they said so
    source: str = ""  # the file they came from
    criteria: str = ""
    extra_credit: bool = False


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one submission; stored as JSON, `schema` first.

    `score` is what there is so far: what the checks gave (`automatic`, deductions taken off) and
    what people gave. `open_points` of `max_score` are still to be given by people.
    """

    schema: Literal["grader/result/v1"] = "grader/result/v1"
    assignment: str
    student: str
    status: Literal["graded", "withheld"]
    score: float | None
    max_score: float
    seconds: float
    checks: tuple[CheckResult, ...]
    deductions: tuple[Deduction, ...] = ()
    notes: tuple[str, ...] = ()
    build: str = ""  # what the compiler said
    key: str = ""
    title: str = ""
    rubric: tuple[RowResult, ...] = ()
    automatic: float | None = None
    open_points: float = 0
