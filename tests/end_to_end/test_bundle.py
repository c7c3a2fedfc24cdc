"""`grade bundle`: a student installs what it holds and checks; nothing hidden goes along."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

SPEC = """\
assignment: shout
programs:
  server: {entry: ["*server*"], listens: tcp/12000}
  client: {entry: ["*client*"], connects: tcp/12000}
checks:
  - id: shouts
    title: Replies in upper case
    points: 50
    steps:
      - server starts
      - alice connects
      - alice sends: ${word}
      - alice expects: ${upper:word}
  - id: sekrit
    title: A word that nobody may know
    points: 30
    visibility: hidden
    steps:
      - server starts
      - alice connects
      - alice sends: kwyjibo
      - alice expects: KWYJIBO
  - id: client_reference
    title: The client is served by ours
    points: 20
    steps:
      - partner runs:
          reference: tcp_echo/python/tcp_echo_server.py
          listens: tcp/12000
      - client starts
      - client types: hi ${word}
      - client prints: HI ${upper:word}
      - client exits
"""
SERVER = """\
from socket import *

listening = socket(AF_INET, SOCK_STREAM)
listening.bind(("", 12000))
listening.listen()
while True:
    connection, address = listening.accept()
    connection.sendall(connection.recv(1024).upper())
    connection.close()
"""
CLIENT = """\
from socket import *

client = create_connection(("localhost", 12000))
client.send(input("Input lowercase sentence: ").encode())
print("From Server:", client.recv(1024).decode())
"""


class Student(NamedTuple):
    """What a student has: an unpacked bundle, and the grader installed from it."""

    folder: Path
    said: str  # to who made the bundle

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "PYTHONPATH": str(self.folder / "installed")}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=env,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


def grader(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader.cli", *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, check=True
    )


@pytest.fixture
def student(tmp_path: Path) -> Student:
    """Make a bundle of a course with a hidden check, and install what it says."""
    course = tmp_path / "course"
    (course / "specs").mkdir(parents=True)
    (course / "specs/shout.yml").write_text(SPEC)
    (course / "grade.yml").write_text("title: A course\n")
    made = grader(course, "bundle", "-o", str(tmp_path / "bundle.zip"))
    student = Student(tmp_path / "student", made.stdout + made.stderr)
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        archive.extractall(student.folder)
    pip = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", "installed")
    done = student.run(*pip, "-r", "requirements.txt")
    assert done.returncode == 0, done.stderr
    homework = student.folder / "homework"
    homework.mkdir()
    (homework / "server.py").write_text(SERVER)
    (homework / "client.py").write_text(CLIENT)
    return student


def test_a_student_installs_the_bundle_and_checks(student: Student) -> None:
    where = student.run("-c", "import grader; print(grader.__file__)").stdout
    assert Path(where.strip()).is_relative_to(student.folder)
    done = student.run("-m", "grader.cli", "check", "homework", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout)
    outcomes = {check["id"]: check["outcome"] for check in result["checks"]}
    assert outcomes.pop("shouts") == "pass"
    assert outcomes.pop("client_reference") == "pass"
    assert "sekrit" not in outcomes
    checked = student.run("-m", "pip", "list", "--path", "installed", "--format", "freeze")
    assert checked.stdout.startswith("netgrader==")


def test_only_what_a_public_check_runs_goes_along(student: Student) -> None:
    whole = {path.name: path for path in student.folder.iterdir()}
    wheel = next(path for name, path in whole.items() if name.endswith(".whl"))
    with zipfile.ZipFile(io.BytesIO(wheel.read_bytes())) as archive:
        names = archive.namelist()
        assert not any(b"kwyjibo" in archive.read(name) for name in names)
    carried = [name for name in names if "reference_impl" in name]
    assert carried == ["grader/_data/reference_impl/tcp_echo/python/tcp_echo_server.py"]
    assert not [name for name in names if "_data/specs" in name]
    assert "tcp_echo/python/tcp_echo_server.py" in student.said
    for path in student.folder.rglob("*.yml"):
        assert "kwyjibo" not in path.read_text()


def test_the_page_says_what_to_type(student: Student) -> None:
    page = (student.folder / "README.md").read_text()
    assert "pip install -r requirements.txt" in page
