"""What people gave, as it is read from their files: who, which row, how much; and what is wrong.

A `Roll` says who and what there is; a `Ledger` takes one entry at a time, from whatever kind of
file, and notes each mistake where it stands.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping

import msgspec

from grader.core.model import Row, RowResult
from grader.core.rubric import Mark, fits, read_points
from grader.loading.errors import LoadError, Problems, nearest, one_of

Wrong = Callable[[str, str, str], LoadError]  # about which part, what is wrong, what to do


class Roll(msgspec.Struct, frozen=True):
    """The rows of each assignment's rubric, and its students as far as they are known: of an
    assignment without an entry in `students` nobody looked. `shown` is how a name is written into
    a table.
    """

    rows: Mapping[str, tuple[Row | RowResult, ...]]
    students: Mapping[str, frozenset[str]]
    shown: Callable[[str], str] = str


class Entry(msgspec.Struct, frozen=True):
    """What a file says about one row of one student, as it is written there."""

    assignment: str
    student: str
    row: str
    points: str
    comment: str = ""
    grader: str = ""


class Given(msgspec.Struct, frozen=True):
    """All that was read: marks by (assignment, student) and row, and the files they come from."""

    marks: Mapping[tuple[str, str], Mapping[str, Mark]] = {}
    sources: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


class Ledger:
    """Takes entries and collects what is wrong with them."""

    def __init__(self, roll: Roll) -> None:
        self.roll = roll
        self.problems = Problems()
        self.marks: dict[tuple[str, str], dict[str, Mark]] = {}
        self.notes: list[str] = []
        self._places: dict[tuple[str, str, str], str] = {}
        self._called = {name: _ways(names, roll.shown) for name, names in roll.students.items()}

    def take(self, entry: Entry, source: str, wrong: Wrong) -> None:
        """Take an entry; one without points and comment says nothing and is passed over."""
        try:
            assignment = self.assignment(entry.assignment, wrong)
            row = self.row(assignment, entry.row, wrong)
            student = self.student(assignment, entry.student, wrong)
            points = _points(row, entry.points, wrong)
        except LoadError as error:
            self.problems.add(error)
            return
        if points is None and not entry.comment:
            return
        place = wrong("row", "", "").place
        key = (assignment, student, row.id)
        if key in self._places:
            message = f'"{row.id}" is given to "{student}" twice'
            hint = f"the first is at {self._places[key]}"
            self.problems.add(wrong("row", message, hint))
            return
        self._places[key] = place
        marks = self.marks.setdefault((assignment, student), {})
        marks[row.id] = Mark(points, entry.comment, entry.grader, source)

    def assignment(self, name: str, wrong: Wrong) -> str:
        """Return the assignment meant; without a name the only one that has a rubric."""
        known = [assignment for assignment, rows in self.roll.rows.items() if rows]
        if not name and len(known) == 1:
            return known[0]
        if not name:
            hint = f"add a column `assignment`; rubrics have {one_of(known) or 'none'}"
            raise wrong("assignment", "it does not say which assignment this is for", hint)
        if name not in known:
            message = f'no assignment with a rubric is called "{name}"'
            hint = nearest(name, known) or f"rubrics have {one_of(known) or 'none'}"
            raise wrong("assignment", message, hint)
        return name

    def row(self, assignment: str, name: str, wrong: Wrong) -> Row | RowResult:
        """Return the row meant, by its id or its title."""
        rows = self.roll.rows[assignment]
        for row in rows:
            if name.casefold() in (row.id.casefold(), row.title.casefold()):
                return row
        ids = [row.id for row in rows]
        hint = nearest(name, ids) or f"rows are {one_of(ids)}"
        raise wrong("row", f'no row of the rubric of {assignment} is called "{name}"', hint)

    def student(self, assignment: str, name: str, wrong: Wrong) -> str:
        """Return the student meant, by the name as a spreadsheet may have changed it."""
        if not name:
            raise wrong("student", "no student is named here", "")
        called = self._called.get(assignment)
        if called is None:
            return name
        for key in _keys(name):
            if len(found := called.get(key, [])) == 1:
                return found[0]
        known = self.roll.students[assignment]
        hint = nearest(name, known) or "students are called as their folders are"
        raise wrong("student", f'no student of {assignment} is called "{name}"', hint)


def _points(row: Row | RowResult, written: str, wrong: Wrong) -> float | None:
    if not written:
        return None
    points = read_points(written)
    if points is None:
        hint = "write 7 or 7.5, and nothing while it is open"
        raise wrong("points", f'"{written}" is no number of points', hint)
    if points < 0:
        raise wrong("points", f'{written} points for "{row.id}" are below 0', "")
    if not fits(row, points):
        most = row.max_points if isinstance(row, RowResult) else row.points
        message = f'{written} points for "{row.id}", which has {most:g} at most'
        raise wrong("points", message, "")
    return points


def _keys(name: str) -> list[str]:
    """Return how a name may be looked up, the most exact first."""
    plain = unicodedata.normalize("NFC", name).strip()
    return [name, plain, f"0{plain.lstrip('0')}"] if plain.isdigit() else [name, plain]


def _ways(names: Iterable[str], shown: Callable[[str], str]) -> dict[str, list[str]]:
    """Return the students by what a spreadsheet may call them: escaped, in another Unicode form,
    without the zeros in front of a number.
    """
    ways: dict[str, list[str]] = {}
    for name in sorted(names):
        plain = unicodedata.normalize("NFC", name).strip()
        called = {name, plain, shown(name).strip(), shown(plain)}
        if plain.isdigit():
            called.add(f"0{plain.lstrip('0')}")
        for way in called:
            ways.setdefault(way, []).append(name)
    return ways
