"""Bad input of every kind: a clear message, the right exit code, and nothing lost."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.end_to_end.grading import (
    ECHO_SERVER,
    ROOT,
    grade,
    outcomes,
    reasons,
    submit,
    tiny_course,
)

LOCAL = ("-a", "tcp_echo", "--runner", "local")


@pytest.fixture
def tiny(tmp_path: Path) -> tuple[str, ...]:
    """The arguments for an assignment of two checks."""
    return tiny_course(tmp_path / "course")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return tmp_path / "class"


# ------------------------------------------------------------------------------- the path


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    run = grade(tmp_path / "nowhere", *LOCAL, out=tmp_path / "out")
    assert run.status == 2
    assert "nowhere" in run.said
    assert "Traceback" not in run.said


def test_an_empty_folder(tree: Path, tmp_path: Path) -> None:
    tree.mkdir()
    run = grade(tree, *LOCAL, out=tmp_path / "out")
    assert run.status == 2
    assert "Traceback" not in run.said


def test_an_assignment_that_is_not_there(tree: Path, tmp_path: Path) -> None:
    submit(tree, "alice", {"server.py": ECHO_SERVER})
    run = grade(tree, "-a", "tcp_ecko", "--runner", "local", out=tmp_path / "out")
    assert run.status == 2
    assert "tcp_echo" in run.said  # the nearest right word


# ------------------------------------------------------------------------------- the files


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        pytest.param({"README.txt": "hello"}, "no_program", id="no program"),
        pytest.param({"report.docx": b"PK\x03\x04\x00" * 9}, "no_program", id="only a docx"),
        pytest.param({"server.py": os.urandom(4096)}, "unreadable_submission", id="binary"),
        pytest.param(
            {f"f{n}.txt": "" for n in range(10_000)}, "unreadable_submission", id="10,000"
        ),
    ],
)
def test_files_that_are_no_submission(
    tree: Path, tmp_path: Path, files: dict[str, str | bytes], reason: str
) -> None:
    submit(tree, "alice", files)
    submit(tree, "bob", {"server.py": ECHO_SERVER})
    run = grade(tree, *LOCAL, out=tmp_path / "out")
    assert run.status == 0, run.said
    assert reason in reasons(run.result("tcp_echo", "alice"))
    assert run.result("tcp_echo", "alice")["score"] == 0
    assert run.result("tcp_echo", "bob")["score"] > 50  # nobody stops the others


def test_a_symlink_to_the_outside_is_not_followed(tree: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the answer")
    folder = submit(tree, "alice", {"server.py": ECHO_SERVER})
    (folder / "notes.txt").symlink_to(secret)
    (folder / "all").symlink_to("/")
    run = grade(tree, *LOCAL, out=tmp_path / "out")
    assert run.status == 0, run.said
    result = run.result("tcp_echo", "alice")
    assert outcomes(result)["echoes"] == "pass"
    assert any("notes.txt" in note for note in result["notes"])
    assert "the answer" not in "".join(path.read_text() for path in run.out.rglob("*.json"))


@pytest.mark.parametrize(
    "student", ["n" * 200, "🦊 fox", "two\nlines", "-rf", "=1+1", "\x1b[31mred"]
)
def test_a_student_name_of_any_kind(
    tree: Path, tmp_path: Path, tiny: tuple[str, ...], student: str
) -> None:
    submit(tree, student, {"server.py": ECHO_SERVER})
    run = grade(tree, *tiny, "--runner", "local", out=tmp_path / "out")
    assert run.status == 0, run.said
    assert run.only()["student"] == student
    assert "\x1b" not in run.said
    table = (run.out / "grades.csv").read_text()
    assert "\n=1+1" not in table
    assert "\x1b" not in table


@pytest.mark.parametrize(
    "name", ["-server.py", "my server (1).py", "ser\nver server.py", "$(id)server.py"]
)
def test_a_file_name_of_any_kind(
    tree: Path, tmp_path: Path, tiny: tuple[str, ...], name: str
) -> None:
    submit(tree, "alice", {name: ECHO_SERVER})
    run = grade(tree, *tiny, "--runner", "local", out=tmp_path / "out")
    assert run.status == 0, run.said
    assert outcomes(run.only())["echoes"] == "pass"


# ------------------------------------------------------------------------------- the spec


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("points: 4", "pionts: 4"), "points"),
        (("needs: [server_listens]", "needs: [echoes]"), "echoes"),
        (("alice connects", "alice conects"), "connects"),
    ],
)
def test_a_broken_spec_is_told_with_its_line(
    tree: Path, tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    submit(tree, "alice", {"server.py": ECHO_SERVER})
    (tmp_path / "specs").mkdir()
    text = (ROOT / "specs/tcp_echo.yml").read_text().replace(*change, 1)
    (tmp_path / "specs/tcp_echo.yml").write_text(text)
    (tmp_path / "grade.yml").write_text("title: A course\n")
    config = ("--config", tmp_path / "grade.yml")
    run = grade(tree, *LOCAL, *config, out=tmp_path / "out")
    assert run.status == 2
    assert "tcp_echo.yml:" in run.said
    assert said in run.said
    assert "Traceback" not in run.said


# ------------------------------------------------------------------------------ the engine


def test_no_docker_engine(tree: Path, tmp_path: Path) -> None:
    submit(tree, "alice", {"server.py": ECHO_SERVER})
    nowhere = {"DOCKER_HOST": f"unix://{tmp_path}/no.sock"}
    run = grade(tree, "-a", "tcp_echo", out=tmp_path / "out", env=nowhere)
    assert run.status == 3
    assert "Docker" in run.said
    assert "Traceback" not in run.said


class Engine:
    """The real engine behind a socket of our own, which can be taken away at any moment."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen(64)
        self._open: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect("/var/run/docker.sock")
            self._open += [near, far]
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._copy, args=(source, target), daemon=True).start()

    @staticmethod
    def _copy(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(1 << 16):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def stop(self) -> None:
        self.path.unlink()
        self._listener.close()
        for one in self._open:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


@pytest.mark.docker
@pytest.mark.timeout(300)
def test_docker_stopped_midway_withholds_what_it_could_not_grade(
    tree: Path, tmp_path: Path, tiny: tuple[str, ...]
) -> None:
    for number in range(12):
        submit(tree, f"student{number:02}", {"server.py": ECHO_SERVER})
    engine = Engine(tmp_path / "docker.sock")
    out = tmp_path / "out"

    def pull_the_plug() -> None:
        while len(list(out.glob("results/*/*.json"))) < 2:
            time.sleep(0.05)
        engine.stop()

    threading.Thread(target=pull_the_plug, daemon=True).start()
    where = {"DOCKER_HOST": f"unix://{engine.path}"}
    run = grade(tree, *tiny, "-j", "2", out=out, env=where)
    assert run.status == 3, run.said
    assert "Traceback" not in run.said
    results = [run.result("tiny", f"student{number:02}") for number in range(12)]
    graded = [item for item in results if item["status"] == "graded"]
    assert graded
    assert len(graded) < 12
    assert len({item["score"] for item in graded}) == 1  # nobody lost a point
    assert all(item["score"] is None for item in results if item["status"] == "withheld")
    # The engine is back: the same command goes on and finishes.
    again = grade(tree, *tiny, "-j", "2", out=out)
    assert again.status == 0
    assert "(kept)" in again.said


# ---------------------------------------------------------------------------- interruption


# A shell starts background jobs with Ctrl-C ignored, and CI may be one.
HEEDS_CTRL_C = (
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "runpy.run_module('grader.cli', run_name='__main__')"
)


@pytest.mark.timeout(200)
@pytest.mark.parametrize("runner", [pytest.param("docker", marks=pytest.mark.docker), "local"])
def test_ctrl_c_keeps_what_is_done_and_the_next_run_goes_on(
    tree: Path, tmp_path: Path, tiny: tuple[str, ...], runner: str
) -> None:
    for number in range(8):
        submit(tree, f"student{number}", {"server.py": ECHO_SERVER})
    out = tmp_path / "out"
    command = [sys.executable, "-c", HEEDS_CTRL_C, str(tree), *tiny]
    command += ["--runner", runner, "-j", "2", "--out", str(out)]
    running = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    while len(list(out.glob("results/*/*.json"))) < 2:
        assert running.poll() is None
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    said, _ = running.communicate(timeout=60)
    assert running.returncode == 130, said
    assert "kept" in said
    assert "Traceback" not in said
    done = len(list(out.glob("results/*/*.json")))
    assert 2 <= done < 8
    again = grade(tree, *tiny, "--runner", runner, out=out)
    assert again.status == 0
    assert again.said.count("(kept)") == done
    assert (out / "grades.csv").read_text().count("\n") == 9


@pytest.mark.docker
@pytest.mark.timeout(200)
def test_kill_9_leaves_nothing_that_the_next_run_does_not_remove(
    tree: Path, tmp_path: Path, tiny: tuple[str, ...]
) -> None:
    for number in range(6):
        submit(tree, f"student{number}", {"server.py": ECHO_SERVER})
    out = tmp_path / "out"
    command = [sys.executable, "-m", "grader.cli", str(tree), *tiny, "--out", str(out)]
    running = subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    while not list(out.glob("results/*/*.json")):
        assert running.poll() is None
        time.sleep(0.02)
    running.kill()
    running.wait()
    mine = f"label=grader={running.pid}"
    assert containers(mine), "the test must find something to be cleaned up"
    assert grade(tree, *tiny, out=out).status == 0
    assert containers(mine) == []


def containers(having: str) -> list[str]:
    docker = shutil.which("docker") or "docker"
    listed = subprocess.run(
        [docker, "ps", "-aq", "--filter", having], capture_output=True, text=True, check=True
    )
    return listed.stdout.split()
