"""Points in tables and pages, as spreadsheets and people write them; each mistake has a place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.core.model import Row
from grader.core.rubric import Mark
from grader.loading.errors import LoadError
from grader.loading.ledger import Given, Roll
from grader.loading.marks import MarkFile, read_marks
from grader.reports.escape import cell

ROWS = (
    Row(id="modular", title="Well modularised", points=10),
    Row(id="cited", title="References cited", points=5),
    Row(id="bonus", title="Bonus", points=2, extra_credit=True),
)
STUDENTS = frozenset({"alice", "bob", "Zoë", "=evil()", "0042", "dan, jr."})
ROLL = Roll({"chat": ROWS, "echo": ()}, {"chat": STUDENTS}, cell)
TWO = Roll({"chat": ROWS, "echo": ROWS[:1]}, {"chat": STUDENTS}, cell)
HEAD = "student,assignment,row,points,comment\n"
Read = Callable[..., Given]
Wrong = Callable[..., list[str]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read files by name and content."""

    def reading(roll: Roll = ROLL, **files: str | bytes) -> Given:
        marks = []
        for name, content in files.items():
            path = tmp_path / name.replace("__", "/").replace("_csv", ".csv").replace(
                "_yml", ".yml"
            )
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            marks.append(MarkFile(path, path.name, "", path.stem))
        return read_marks(marks, roll)

    return reading


@pytest.fixture
def wrong(read: Read) -> Wrong:
    """Read files that must be refused, and return what is said."""

    def refused(**files: str | bytes) -> list[str]:
        with pytest.raises(LoadError) as caught:
            read(**files)
        return [str(error) for error in caught.value.errors]

    return refused


def table(found: Given) -> dict[str, dict[str, tuple[float | None, str]]]:
    """Return points and comments by student and row."""
    return {
        student: {row: (mark.points, mark.comment) for row, mark in marks.items()}
        for (_, student), marks in found.marks.items()
    }


def test_a_long_table(read: Read) -> None:
    found = read(
        a_csv="student,assignment,row,points,comment,grader,max_points\n"
        'alice,chat,modular,7.5,"fine, ""really""\nfine",mk,10\n'
        "alice,chat,cited,,,,5\n"
        "bob,,cited,,see me,,5\n"
        ",,,,,,\n"
    )
    assert found.marks[("chat", "alice")] == {
        "modular": Mark(7.5, 'fine, "really"\nfine', "mk", "a.csv")
    }
    assert found.marks[("chat", "bob")] == {"cited": Mark(None, "see me", "", "a.csv")}
    assert found.sources == {"a.csv"}


def test_a_wide_table(read: Read) -> None:
    found = read(
        a_csv="Student;Name;Modular;modular comment;References cited;References cited_comment\n"
        "alice;Alice A.;7,5;ok;5;\n"
        "bob;Bob B.;;;0;none\n"
    )
    assert table(found) == {
        "alice": {"modular": (7.5, "ok"), "cited": (5, "")},
        "bob": {"cited": (0, "none")},
    }
    assert found.notes == ('a.csv: passed over the columns "Name"',)


def test_a_page_for_a_student(read: Read) -> None:
    found = read(
        bob_yml="grader: mk\nrubric:\n  modular: 7,5\n  cited: {points: 1, comment: hm}\n"
        "  bonus:\n",
        x_yml="student: alice\nassignment: chat\nrubric: {modular: {comment: see me}}\n",
        empty_yml="",
    )
    assert found.marks[("chat", "bob")] == {
        "modular": Mark(7.5, "", "mk", "bob.yml"),
        "cited": Mark(1, "hm", "mk", "bob.yml"),
    }
    assert table(found)["alice"] == {"modular": (None, "see me")}


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffstudent,row,points\r\nZoë,modular,7.5\r\n".encode(),
        "student;row;points\nZoë;modular;7,5\n".encode(),
        "sep=;\nstudent;row;points\nZoë;modular;7,5\n".encode(),
        "student\trow\tpoints\rZoë\tmodular\t7,5\r".encode("utf-16"),
        'student,row,points\nZoë,modular,"7,5"\n'.encode("cp1252"),
        "student,row,points\nZoe\u0308,modular,7.5\n".encode(),
        "\n  \nstudent , row,points \n Zoë ,modular, 7.5 \n\n".encode(),
    ],
)
def test_spreadsheets_of_any_kind(read: Read, data: bytes) -> None:
    assert table(read(a_csv=data)) == {"Zoë": {"modular": (7.5, "")}}


@pytest.mark.parametrize(
    ("written", "student"),
    [
        ("'=evil()", "=evil()"),
        ("=evil()", "=evil()"),
        ("42", "0042"),
        ("00042", "0042"),
        ('"dan, jr."', "dan, jr."),
    ],
)
def test_a_student_is_known_as_a_spreadsheet_calls_them(
    read: Read, written: str, student: str
) -> None:
    assert list(table(read(a_csv=f"student,row,points\n{written},modular,1\n"))) == [student]


def test_of_an_assignment_that_is_not_looked_at_any_student_may_be_named(read: Read) -> None:
    found = read(TWO, a_csv=HEAD + "nobody,echo,modular,3,\n")
    assert list(found.marks) == [("echo", "nobody")]


def test_extra_credit_may_be_more(read: Read) -> None:
    assert table(read(a_csv=HEAD + "bob,chat,bonus,9,\n"))["bob"] == {"bonus": (9, "")}


@pytest.mark.parametrize(
    ("line", "place", "message"),
    [
        ("alise,chat,modular,1,", "2:1", 'is called "alise"; did you mean "alice"?'),
        (",chat,modular,1,", "2:1", "no student is named here"),
        ("alice,chta,modular,1,", "2:7", 'is called "chta"; did you mean "chat"?'),
        ("alice,chat,modlar,1,", "2:12", 'called "modlar"; did you mean "modular"?'),
        ("alice,chat,,1,", "2:12", 'called ""; rows are modular, cited or bonus'),
        ("alice,chat,cited,seven,", "2:18", '"seven" is no number of points'),
        ("alice,chat,cited,7/10,", "2:18", '"7/10" is no number of points'),
        ("alice,chat,cited,5.01,", "2:18", '5.01 points for "cited", which has 5 at most'),
        ("alice,chat,cited,-1,", "2:18", '-1 points for "cited" are below 0'),
        ("alice,chat,cited,4,5,", "2:22", "more cells than there are columns"),
        ('"dan, jr.",chat,cited,x,', "2:23", '"x" is no number of points'),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(
    wrong: Wrong, line: str, place: str, message: str
) -> None:
    (said,) = wrong(a_csv=f"{HEAD}{line}\n")
    assert said.startswith(f"a.csv:{place}: ")
    assert message in said
    assert line in said


def test_all_mistakes_of_all_files_are_told_at_once(wrong: Wrong) -> None:
    said = wrong(
        a_csv=HEAD + "alise,chat,modular,1,\nalice,chat,cited,9,\n",
        b_csv="student,row,ponits\n",
        alice_yml="rubric: {modular: 11}\n",
    )
    assert [line.split(": ")[0] for line in said] == [
        "a.csv:2:1", "a.csv:3:18", "alice.yml:1:19", "b.csv:1:13",
    ]  # fmt: skip


def test_twice_is_a_mistake_in_one_file_and_in_two(wrong: Wrong) -> None:
    (said,) = wrong(a_csv=HEAD + "bob,chat,cited,1,\nalice,chat,cited,1,\nbob,chat,cited,1,\n")
    assert 'a.csv:4:10: "cited" is given to "bob" twice; the first is at a.csv:2:10' in said
    (said,) = wrong(a_csv=HEAD + "bob,chat,cited,1,\n", bob_yml="rubric:\n  cited: 1\n")
    assert 'bob.yml:2:3: "cited" is given to "bob" twice; the first is at a.csv:2:10' in said


def test_lines_and_columns_are_right_behind_cells_of_several_lines(wrong: Wrong) -> None:
    (said,) = wrong(a_csv=HEAD + 'bob,chat,modular,1,"a\nb ""c""\nd"\nbob,chat,cited,x,\n')
    assert said.startswith("a.csv:5:16: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("student,row,ponits\n", '1:13: there is no column "points"; call "ponits" so'),
        ("name,row,points\n", '1:1: there is no column "student"; columns are student,'),
        ("student,total\n", "1:1: no column is a row of a rubric"),
        ("student,modlar,cited\n", '1:9: no row of a rubric is called "modlar"'),
        ("student,row,row,points\n", '1:13: the column "row" is there twice'),
        ('student,row,points\nbob,"modular,1\n', "2:1: a quote is not closed"),
        (b"PK\x03\x04\0\0", "this is no text; save the table as CSV (UTF-8)"),
    ],
)
def test_a_table_that_is_none(wrong: Wrong, content: str | bytes, message: str) -> None:
    (said,) = wrong(a_csv=content)
    assert message in said


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("rubrik: {}\n", 'a.yml:1:1: unknown key "rubrik" in a file with points; did you mean'),
        ("rubric: [modular]\n", "a.yml:1:9: rubric names rows"),
        ("rubric: {modular: [1]}\n", 'a.yml:1:19: "modular" has points'),
        ("rubric: {modular: {ponts: 1}}\n", 'unknown key "ponts" in "modular"; did you mean'),
        ("- 1\n", "a file with points has keys"),
        ("rubric: {modular: 1}\n", 'a.yml:1:10: no student of chat is called "a"'),
        ("student: bbo\nrubric: {cited: 1}\n", 'a.yml:1:10: no student of chat is called "bbo"'),
    ],
)
def test_a_page_that_is_none(wrong: Wrong, content: str, message: str) -> None:
    said = wrong(a_yml=content)
    assert any(message in line for line in said)


def test_without_a_column_the_assignment_is_asked_for_when_there_are_two(read: Read) -> None:
    with pytest.raises(LoadError, match="does not say which assignment") as caught:
        read(TWO, a_csv="student,row,points\nalice,modular,1\n")
    assert "rubrics have chat or echo" in caught.value.suggestion


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=120) | st.text("student,row;points\n\"' \t7é", max_size=120))
def test_anything_is_read_or_refused_in_words(read: Read, content: str | bytes) -> None:
    said = ""
    try:
        read(a_csv=content)
    except LoadError as error:
        said = str(error)
    assert not said or said.startswith("a.csv")
