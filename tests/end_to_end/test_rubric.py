"""From the command line: grade, give points by hand, and see them without grading again."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.grading import (
    ECHO_SERVER,
    TINY_SPEC,
    Run,
    grade,
    outcomes,
    submit,
    tiny_course,
)

QUALITY = """\
checks:
  - id: own_paths
    title: No directory of one machine
    points: 2
    hint: Use paths relative to the program.
    steps: [source names no absolute paths]
  - id: has_readme
    title: A README
    steps: [source has: readme]
rubric:
  - {id: modular, title: Well modularised, points: 10}
  - {id: cited, title: References cited, points: 8}
"""
BROKEN = "int main( { // never compiles\n"


class Course:
    """A course of one assignment with a rubric, graded on this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.tree, self.out = folder, folder / "submissions/tiny", folder / "out"
        self.config = tiny_course(folder)[-1]
        (folder / "specs/shared").mkdir()
        (folder / "specs/shared/quality.yml").write_text(QUALITY)
        self.spec("include: shared/quality.yml\n" + TINY_SPEC.replace("points: 60", "points: 40"))
        submit(self.tree, "alice", {"server.py": "# A server.\n" + ECHO_SERVER, "README": "hi"})
        submit(self.tree, "=bob()", {"server.c": BROKEN + 'char *root = "/home/bob/www";\n'})

    def spec(self, text: str) -> None:
        (self.folder / "specs/tiny.yml").write_text(text)

    def grade(self, *more: str | Path) -> Run:
        tree = self.folder / "submissions"
        return grade(tree, "--config", self.config, "--runner", "local", *more, out=self.out)

    def rubric(self, *arguments: str | Path) -> Run:
        return grade("rubric", *arguments, "--config", self.config, out=self.out)

    def table(self, name: str = "grades.csv") -> dict[str, dict[str, str]]:
        rows = csv.DictReader((self.out / name).read_text().splitlines())
        return {row["student"]: row for row in rows}

    def result(self, student: str) -> dict[str, Any]:
        return Run(0, "", "", self.out).result("tiny", student)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(tmp_path / "course")


def fill_in(path: Path, points: dict[tuple[str, str], str]) -> None:
    """Fill in a table as a spreadsheet of a country with decimal commas would save it."""
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    lines = [";".join(rows[0])]
    for row in rows:
        row["points"] = points.get((row["student"], row["row"]), "")
        row["comment"] = "seen" if row["points"] else ""
        lines.append(";".join(row.values()))
    path.write_text("\r\n".join(lines) + "\r\n", "cp1252")


def test_points_given_by_hand_reach_results_and_reports_without_grading_again(
    course: Course,
) -> None:
    first = course.grade()
    assert first.status == 0, first.said
    alice, bob = course.result("alice"), course.result("=bob()")
    assert (alice["score"], alice["max_score"], alice["open_points"]) == (82, 100, 18)
    assert alice["status"] == "graded"
    # What only reads files is looked at even if the program does not compile.
    assert outcomes(bob) == {
        "server_builds": "fail", "listens": "skip", "echoes": "skip", "own_paths": "fail",
        "has_readme": "pass",
    }  # fmt: skip
    finding = bob["checks"][3]
    assert finding["reason"] == "source_finding"
    assert "server.c:2: char *root" in finding["message"]
    # Worth no points: advice.
    assert any("no file was handed in whose name is readme" in note for note in bob["notes"])

    made = course.rubric("template")
    assert made.status == 0, made.said
    sheet = course.folder / "submissions/rubric.csv"
    assert "'=bob()" in sheet.read_text("utf-8-sig")
    fill_in(sheet, {("alice", "modular"): "7,5", ("'=bob()", "cited"): "8"})
    before = sheet.read_bytes()

    again = course.grade()
    assert again.status == 0, again.said
    assert again.stderr.count("(kept)") == 2
    table = course.table()
    assert (table["alice"]["score"], table["alice"]["open"]) == ("89.5", "8")
    assert (table["'=bob()"]["automatic"], table["'=bob()"]["by_hand"]) == ("0", "8")
    merged = course.result("alice")
    assert merged["rubric"][0]["points"] == 7.5
    assert merged["rubric"][0]["source"] == "submissions/rubric.csv"
    assert (merged["key"], merged["checks"]) == (alice["key"], alice["checks"])
    page = (course.out / "tiny/alice/report.md").read_text()
    assert "89\\.5 of 100 (8 by hand still open)" in page
    assert "- Well modularised: seen" in page

    # Nobody writes over what people wrote, and a new table holds only what is open.
    assert course.rubric("template").status == 2
    rest = course.rubric("template", "-o", course.folder / "rest.csv")
    assert rest.status == 0
    assert (course.folder / "rest.csv").read_text("utf-8-sig").count("tiny") == 2
    assert sheet.read_bytes() == before


def test_points_are_applied_without_submissions_and_taken_back(course: Course) -> None:
    course.grade()
    sheet = course.folder / "submissions/rubric.csv"
    sheet.write_text("student,modular,cited\nalice,10,8\n'=bob(),1,\n")
    for path in sorted(course.tree.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    said = course.rubric("apply")
    assert said.status == 0, said.said
    assert "3 rows of 2 students changed." in said.stdout
    assert "Still open: 1 student." in said.stdout
    assert course.table()["alice"]["score"] == "100"
    assert course.table()["'=bob()"]["open"] == "8"
    assert "0 rows of 0 students changed." in course.rubric("apply").stdout
    sheet.write_text("student,modular,cited\nalice,,8\n")
    assert "2 rows of 2 students changed." in course.rubric("apply").stdout
    assert course.table()["alice"]["score"] == "90"
    sheet.unlink()  # what was given stays
    assert "No file with points was found." in course.rubric("apply").stderr
    assert course.table()["alice"]["score"] == "90"


def test_a_new_hand_in_keeps_the_points_people_gave(course: Course) -> None:
    course.grade()
    marks = course.folder / "marks.csv"
    marks.write_text("student,row,points\nalice,cited,8\n")
    assert course.rubric("apply", "--rubric", marks).status == 0
    submit(course.tree, "alice", {"server.py": "print('ended')\n"})
    run = course.grade()
    assert "alice" in run.stderr
    assert course.result("alice")["automatic"] == 2
    assert course.result("alice")["score"] == 10


def test_a_mistake_is_told_before_anything_is_graded(course: Course) -> None:
    marks = course.folder / "marks.csv"
    marks.write_text("student,row,points\nalise,cited,8\nalice,cited,9\n")
    run = course.grade("--rubric", marks)
    assert run.status == 2
    assert 'marks.csv:2:1: no student of tiny is called "alise"; did you mean "alice"?' in run.said
    assert "marks.csv:3:13: 9 points for" in run.said
    assert not (course.out / "results").exists()
    assert course.grade("--rubric", course.folder / "nowhere").status == 2


def test_where_points_are_is_set_in_the_course(course: Course) -> None:
    (course.folder / "grade.yml").write_text("rubric: marks\n")
    assert course.grade().status == 0  # nobody has given any yet
    (course.folder / "marks/tiny").mkdir(parents=True)
    (course.folder / "marks/tiny/alice.yml").write_text("grader: mk\nrubric: {modular: 9}\n")
    (course.folder / "submissions/rubric.csv").write_text("student,modular\nalice,1\n")
    assert course.grade().status == 0
    assert course.result("alice")["rubric"][0]["points"] == 9
    (course.folder / "marks/tinny").mkdir()
    run = course.grade()
    assert run.status == 2
    assert 'did you mean "tiny"?' in run.said


def test_a_student_cannot_hand_in_points(course: Course) -> None:
    for name in ("rubric.csv", "alice/rubric.csv", "tiny/rubric.csv"):
        submit(course.tree, "alice", {name: "student,modular,cited\nalice,10,8\n"})
    course.grade()
    course.grade(course.tree / "alice", "-a", "tiny")
    assert course.result("alice")["open_points"] == 18
    course.rubric("apply")
    assert course.result("alice")["open_points"] == 18


def test_a_single_submission_gets_the_points_of_its_class(course: Course) -> None:
    (course.tree / "rubric.csv").write_text("student,modular\nalice,4\n'=bob(),2\n")
    (course.tree / "alice.yml").write_text("rubric: {cited: 3}\n")
    run = grade(
        course.tree / "alice", "-a", "tiny", "--config", course.config, "--runner", "local",
        out=course.out,
    )  # fmt: skip
    assert run.status == 0, run.said
    assert [row["points"] for row in course.result("alice")["rubric"]] == [4, 3]


def test_a_student_sees_that_people_give_the_rest(course: Course) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "grader.cli", "check", course.tree / "alice", "-a", "tiny",
         "--config", course.config],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "82 of 100 (18 by hand still open)" in run.stdout
