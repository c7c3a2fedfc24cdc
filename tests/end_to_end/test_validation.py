"""`grade validate`: it passes for every spec of the course, and fails for one that is weak."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.end_to_end.grading import ROOT

SPECS = sorted(path.stem for path in (ROOT / "specs").glob("*.yml"))

SERVER = """\
from socket import AF_INET, SOCK_STREAM, socket

listening = socket(AF_INET, SOCK_STREAM)
listening.bind(("", 12000))
listening.listen()
while True:
    connection, address = listening.accept()
    message = connection.recv(1024)
    connection.sendall(message.upper())
    connection.close()
"""
SPEC = """\
assignment: shout
programs:
  server: {entry: ["*server*"], listens: tcp/12000}
checks:
  - id: shouts
    title: Replies in upper case
    points: 50
    steps:
      - server starts
      - alice connects
      - alice sends: Hello, dear ${word}
      - alice expects: {exact: "HELLO, DEAR ${upper:word}"}
"""
ENDS = """\
  - id: ends
    title: Closes the connection
    points: 20
    needs: [shouts]
    steps:
      - server starts
      - alice connects
      - alice sends: ${word}
      - alice expects: ${upper:word}
      - alice sees the end
"""
NEXT = """\
  - id: next_one
    title: Serves the next client
    points: 30
    needs: [shouts]
    steps:
      - server starts
      - alice connects
      - alice sends: ${word}
      - alice expects: ${upper:word}
      - bob connects
      - bob sends: ${word2}
      - bob expects: ${upper:word2}
"""
SAMPLE = "score: 100\nfails: {}\n"
BROKEN = "score: 0\nfails: {server_builds: build_failed}\nskips: [shouts, ends, next_one]\n"


class Proof(NamedTuple):
    """What the command said of a single spec."""

    status: int
    spec: dict[str, Any]
    stderr: str

    def found(self, code: str) -> list[str]:
        return [item["what"] for item in self.spec["findings"] if item["code"] == code]


class Course:
    """A course of one assignment, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "grade.yml").write_text("title: A tiny course\n")
        self.write("specs/shout.yml", SPEC + ENDS + NEXT)
        self.write("reference_impl/shout/python/server.py", SERVER)
        self.write("submissions/shout/ann/server.py", SERVER.replace("1024", "4096"))
        self.write("submissions/shout/ann/expected.yml", SAMPLE)
        self.write("submissions/shout/bob/server.py", SERVER.replace("while True:", "while True"))
        self.write("submissions/shout/bob/expected.yml", BROKEN)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def validate(self, *arguments: str, quick: bool = True) -> Proof:
        config, out = self.folder / "grade.yml", self.folder / "out"
        given = [
            *(["--quick"] if quick else []),
            "--json",
            "--runner",
            "local",
            "--config",
            config,
            "--out",
            out,
        ]
        done = run(*map(str, given), *arguments)
        said = json.loads(done.stdout)["specs"] if done.stdout else [{}]
        return Proof(done.returncode, said[0], done.stderr)


def run(*arguments: str, seconds: float = 110) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader.cli", "validate", *arguments]
    env = {**os.environ, "GRADER_DEBUG": "1"}
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False, env=env
    )


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(tmp_path)


# ------------------------------------------------------------------------ the course's own


@pytest.mark.docker
@pytest.mark.timeout(3000)
def test_every_spec_of_the_course_is_sound(sample_class: Path, tmp_path: Path) -> None:
    """No mutant survives unexplained, and something fails every check."""
    given = ["--quick", "--threshold", "100", "-j", "4", "--json", "--results", str(sample_class)]
    done = run(*given, "--out", str(tmp_path), seconds=1400)
    proofs = {spec["assignment"]: spec for spec in json.loads(done.stdout)["specs"]}
    found = {name: spec["findings"] for name, spec in proofs.items() if spec["findings"]}
    assert not found, json.dumps(found, indent=1)[:8000]
    assert done.returncode == 0
    assert sorted(proofs) == SPECS
    for name, spec in proofs.items():
        fates = [trial["fate"] for trial in spec["trials"] if trial["kind"] == "mutant"]
        assert fates.count("killed") >= 12, name
        assert spec["share"] == 100
        assert all(line["samples"] or line["mutants"] for line in spec["checks"]), name
        assert spec["references"], name
    kept = list((tmp_path / "validation/results").glob("*/sample-*.json"))
    assert not kept, "the samples were graded once more"


# -------------------------------------------------------------------------- a tiny course


def test_a_good_spec_passes_and_is_proven_again_in_no_time(course: Course) -> None:
    proof = course.validate("--threshold", "100")
    assert proof.status == 0, proof.spec["findings"]
    assert proof.spec["share"] == 100
    samples = {trial["name"] for trial in proof.spec["trials"] if trial["kind"] == "sample"}
    assert samples == {"ann", "bob"}
    kept = {path: path.stat().st_mtime_ns for path in course.folder.rglob("out/**/*.json")}
    assert len(kept) >= 20
    again = course.validate("--threshold", "100")
    assert again.spec == proof.spec
    assert {path: path.stat().st_mtime_ns for path in course.folder.rglob("out/**/*.json")} == kept


def test_a_spec_with_a_check_removed_lets_its_mistake_survive(course: Course) -> None:
    course.write("specs/shout.yml", SPEC.replace("points: 50", "points: 80") + ENDS)
    proof = course.validate()
    assert proof.status == 2
    survivors = [item for item in proof.spec["findings"] if item["code"] == "survivor"]
    assert "server.py: run_once: while True:" in {item["name"] for item in survivors}
    assert all("@@" in item["diff"] for item in survivors)
    assert proof.found("threshold")


def test_a_check_that_nothing_fails_is_an_error(course: Course) -> None:
    idle = "  - id: idle\n    title: Is there\n    steps:\n      - server starts\n"
    course.write("specs/shout.yml", SPEC + ENDS + NEXT + idle)
    course.write("submissions/shout/bob/expected.yml", BROKEN.replace("ends,", "ends, idle,"))
    mutants = ["--only", "nothing is called this"]
    assert course.validate(*mutants).status == 0  # mutants by name are no proof, only a look
    proof = course.validate()
    assert proof.status == 2
    assert proof.found("toothless") == ["nothing fails idle: no sample and no mutant"]


def test_a_model_solution_that_does_not_score_full_is_an_error(course: Course) -> None:
    course.write("reference_impl/shout/python/server.py", SERVER.replace(".upper()", ""))
    proof = course.validate("--no-mutants", "--no-samples")
    assert proof.status == 2
    assert "does not pass shouts (wrong_reply" in proof.found("reference")[0]


def test_a_model_solution_that_is_right_now_and_then_is_an_error(course: Course) -> None:
    moody = "import random, sys\nif random.random() < 0.5: sys.exit('not today')\n"
    course.write("reference_impl/shout/python/server.py", moody + SERVER)
    proof = course.validate("--no-mutants", "--no-samples", "--repeat", "6")
    assert proof.status == 2
    assert proof.found("reference") or proof.found("unsteady")


def test_an_assignment_without_a_model_solution_is_an_error(course: Course) -> None:
    (course.folder / "reference_impl/shout/python/server.py").unlink()
    proof = course.validate("--no-samples")
    assert proof.status == 2
    assert proof.found("no_reference")


def test_points_that_do_not_add_up_are_an_error(course: Course) -> None:
    course.write("specs/shout.yml", SPEC + ENDS)
    proof = course.validate("--load-only")
    assert (proof.status, proof.found("points")) == (2, ["the points add up to 70, not to 100"])


def test_a_sample_that_comes_out_otherwise_is_an_error(course: Course) -> None:
    course.write("submissions/shout/ann/expected.yml", "score: 50\nfails: {shouts: no_reply}\n")
    proof = course.validate("--no-mutants")
    assert proof.status == 2
    assert proof.found("sample") == [
        "score: expected 50, got 100",
        "fails: expected shouts: no_reply, got none",
    ]
    assert {item["place"] for item in proof.spec["findings"]} == {"submissions/shout/ann"}


STALE = """\
equivalents:
- reason: wrong
  mutants: ['server.py: run_once: while True:', gone]
outside:
- {reason: none, functions: [server.py port_from]}
"""


def test_a_list_of_equivalents_that_is_stale_is_an_error(course: Course) -> None:
    course.write("specs/equivalents/shout.yml", STALE)
    proof = course.validate(quick=False)
    assert proof.status == 2
    assert proof.found("stale") == [
        "server.py: run_once: while True: is no equivalent: next_one tells it",
        "no mutant is called gone",
        "no function is called server.py port_from",
    ]
    assert proof.spec["whole"]


def test_a_quick_proof_believes_the_list(course: Course) -> None:
    course.write("specs/equivalents/shout.yml", STALE)
    proof = course.validate()
    assert proof.found("stale") == [
        "no mutant is called gone",
        "no function is called server.py port_from",
    ]
    fates = {trial["name"]: trial["fate"] for trial in proof.spec["trials"]}
    assert fates["server.py: run_once: while True:"] == "equivalent"


def test_names_that_fit_nothing_are_found_without_running_anything(course: Course) -> None:
    course.write("specs/equivalents/shout.yml", STALE)
    proof = course.validate("--load-only")
    assert (proof.status, proof.spec["trials"]) == (2, [])
    assert proof.found("stale") == [
        "no mutant is called gone",
        "no function is called server.py port_from",
    ]
    assert not (course.folder / "out").exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("specs/shout.yml", "assignment: shout\nchecks: 5\n"),
        ("specs/equivalents/shout.yml", "equivalents: 5\n"),
        ("submissions/shout/ann/expected.yml", "points: 5\n"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_line(
    course: Course, name: str, text: str
) -> None:
    course.write(name, text)
    proof = course.validate()
    assert proof.status == 2
    assert f"{name}:" in proof.stderr
    assert "Traceback" not in proof.stderr


def test_the_page_is_the_same_each_time(course: Course) -> None:
    page = course.folder / "page.md"
    assert course.validate("--page", str(page)).status == 0
    first = page.read_text()
    page.unlink()
    assert course.validate("--page", str(page)).status == 0
    assert page.read_text() == first
