"""What the end-to-end tests share: making a tree of submissions, and grading it as a TA does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]

ECHO_SERVER = """\
from socket import *

server = socket(AF_INET, SOCK_STREAM)
server.bind(("", 12000))
server.listen(1)
print("The server is ready to receive")
while True:
    connection, address = server.accept()
    try:
        sentence = connection.recv(4096)
        connection.send(sentence.upper())
    except OSError:
        pass
    connection.close()
"""


TINY_SPEC = """\
assignment: tiny
title: Answers once
programs:
  server: {entry: ["*server*"], listens: tcp/12000}
checks:
  - id: listens
    title: Listens
    points: 40
    hint: Listen.
    steps:
      - server starts
  - id: echoes
    title: Replies in upper case
    points: 60
    hint: Upper-case it.
    needs: [listens]
    steps:
      - server starts
      - alice connects
      - alice sends: hello ${word}
      - alice expects: HELLO ${upper:word}
"""


def tiny_course(folder: Path) -> tuple[str, ...]:
    """Make a course whose only assignment has two checks; return the arguments that name it."""
    (folder / "specs").mkdir(parents=True, exist_ok=True)
    (folder / "specs/tiny.yml").write_text(TINY_SPEC)
    (folder / "grade.yml").write_text("title: A tiny course\n")
    return ("-a", "tiny", "--config", str(folder / "grade.yml"))


class Run(NamedTuple):
    """One run of the command."""

    status: int
    stdout: str
    stderr: str
    out: Path

    @property
    def said(self) -> str:
        """All that a person saw."""
        return self.stdout + self.stderr

    def result(self, assignment: str, student: str) -> dict[str, Any]:
        """Return one result file."""
        path = self.out / "results" / assignment / f"{student}.json"
        kept: dict[str, Any] = json.loads(path.read_text())
        return kept

    def only(self) -> dict[str, Any]:
        """Return the only result file there is."""
        (path,) = (self.out / "results").glob("*/*.json")
        kept: dict[str, Any] = json.loads(path.read_text())
        return kept


def submit(tree: Path, student: str, files: dict[str, str | bytes]) -> Path:
    """Write a student's files below a tree."""
    folder = tree / student
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def grade(
    *arguments: str | Path, out: Path, env: dict[str, str] | None = None, seconds: float = 300
) -> Run:
    """Run `grade` as a command."""
    command = [sys.executable, "-m", "grader.cli", *map(str, arguments), "--out", str(out)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="surrogateescape",
        timeout=seconds,
        check=False,
        env={**os.environ, **(env or {})},
    )
    return Run(done.returncode, done.stdout, done.stderr, out)


def outcomes(result: dict[str, Any]) -> dict[str, str]:
    """Return the outcomes of a result by check."""
    return {check["id"]: check["outcome"] for check in result["checks"]}


def reasons(result: dict[str, Any]) -> set[str]:
    """Return the reasons of the checks that failed."""
    return {check["reason"] for check in result["checks"] if check["outcome"] == "fail"}
