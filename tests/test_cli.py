"""The command line: what people type, what they read, and the exit codes."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import cli
from tests.end_to_end.grading import ECHO_SERVER, ROOT, submit, tiny_course

COMMANDS = ["run", "check", "doctor", "schema", "validate"]


def test_help_teaches_and_fits_the_screen() -> None:
    said = CliRunner().invoke(cli, ["--help"])
    assert said.exit_code == 0
    assert "grade submissions/ -j 4" in said.output
    assert all(command in said.output for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_in_80_columns(command: str) -> None:
    said = CliRunner().invoke(cli, [command, "--help"])
    assert said.exit_code == 0
    assert max(map(len, said.output.splitlines())) <= 80


@pytest.mark.parametrize("arguments", [["--nonsense"], ["run", "-j", "0"], ["check", "--what"]])
def test_bad_usage_is_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(cli, arguments).exit_code == 2


def test_a_check_without_an_assignment_says_how_to_name_it(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("print()")
    said = CliRunner().invoke(cli, ["check", str(tmp_path)])
    assert said.exit_code == 2
    assert "-a" in said.output


def test_the_schema_is_json() -> None:
    said = CliRunner().invoke(cli, ["schema"])
    assert json.loads(said.output)["$schema"].startswith("https://json-schema.org/")


def test_the_specs_that_come_with_the_grader_are_valid() -> None:
    config = str(ROOT / "grade.yml")
    said = CliRunner().invoke(cli, ["validate", "--load-only", "--config", config])
    assert said.exit_code == 0, said.output
    specs = sorted(path.stem for path in (ROOT / "specs").glob("*.yml"))
    for assignment in specs:
        line = next(line for line in said.output.splitlines() if line.startswith(f"{assignment} "))
        _, checks, points, *_ = line.split()
        assert int(checks) >= 10
        assert points == "100"


def test_on_a_terminal_there_is_a_bar_with_count_rate_and_time_left(tmp_path: Path) -> None:
    for student in ("alice", "[bold]bob"):
        submit(tmp_path / "class", student, {"server.py": ECHO_SERVER})
    command = [sys.executable, "-m", "grader.cli", str(tmp_path / "class")]
    command += [*tiny_course(tmp_path), "--runner", "local", "--out", str(tmp_path / "out")]
    near, far = pty.openpty()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=far) as running:
        os.close(far)
        shown = b""
        with contextlib.suppress(OSError):  # the terminal's end
            while part := os.read(near, 4096):
                shown += part
        os.close(near)
        running.communicate(timeout=60)
    assert running.returncode == 0, shown
    screen = shown.decode()
    assert "2/2" in screen
    assert "/s" in screen
    assert "0:00:00" in screen
    assert "[bold]bob" in screen  # a name is shown, not obeyed


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader.cli", "check", str(folder), "-a", "tcp_echo"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_self_check_of_a_right_program_is_0(tmp_path: Path) -> None:
    client = (ROOT / "reference_impl/tcp_echo/python/tcp_echo_client.py").read_text()
    folder = submit(tmp_path, "me", {"server.py": ECHO_SERVER, "client.py": client})
    done = check(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Replies with the message in upper case" in done.stdout


def test_a_self_check_of_a_wrong_program_is_1_and_says_why(tmp_path: Path) -> None:
    folder = submit(tmp_path, "me", {"server.py": ECHO_SERVER.replace(".upper()", "")})
    done = check(folder)
    assert done.returncode == 1
    assert "upper" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_mistake_of_ours_is_a_sentence_and_3(tmp_path: Path) -> None:
    script = (
        "import grader.run.console as c\n"
        "def broken(*a, **k): raise RuntimeError('a bug')\n"
        "c.grade_tree = broken\n"
        "import sys; sys.argv = ['grade', 'x']\n"
        "from grader.cli import main; main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 3
    assert "a bug" in done.stderr
    assert "Traceback" not in done.stderr


def test_grading_twice_keeps_what_is_unchanged(tmp_path: Path) -> None:
    tree = tmp_path / "class"
    submit(tree, "alice", {"server.py": ECHO_SERVER})
    submit(tree, "bob", {"server.py": ECHO_SERVER})
    command = [sys.executable, "-m", "grader.cli", str(tree), "-a", "tcp_echo"]
    command += ["--runner", "local", "--out", str(tmp_path / "out")]

    def run(*more: str) -> str:
        done = subprocess.run(
            [*command, *more], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    assert "(kept)" not in run()
    assert run().count("(kept)") == 2
    (tree / "bob/server.py").write_text(ECHO_SERVER + "# changed\n")
    assert run().count("(kept)") == 1
    assert "(kept)" not in run("--force")
    done = subprocess.run([*command, "--min-score", "99"], cwd=ROOT, check=False, timeout=60)
    assert done.returncode == 1
