"""A student's self-check: which checks it makes, what it says, and watching the files."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from grader.loading import LoadError, load_specs
from grader.run import selfcheck
from grader.run.selfcheck import Wish, only_checks, snapshot
from grader.testbed.local import WITNESSES, LocalBench
from tests.end_to_end.grading import ECHO_SERVER, ROOT

SPEC = load_specs(ROOT / "specs")["tcp_echo"]


# As in a terminal: a shell in the background has Ctrl-C ignored.
LISTENING = (
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "runpy.run_module('grader.cli', run_name='__main__', alter_sys=True)"
)


def nobody(names: Sequence[str]) -> str:
    raise AssertionError(f"nobody should be asked: {names}")


@pytest.fixture
def homework(tmp_path: Path) -> Path:
    folder = tmp_path / "homework"
    folder.mkdir()
    (folder / "tcp_echo_server.py").write_text(ECHO_SERVER)
    return folder


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    class Shared(LocalBench):
        """As where the kernel refuses a network namespace."""

        isolate = False

    monkeypatch.setattr("grader.testbed.local.LocalBench", Shared)


def test_only_the_checks_that_are_named_are_made_and_they_need_no_other() -> None:
    shown = only_checks(SPEC, ["closes"])
    assert [(check.id, check.needs) for check in shown.checks] == [("closes", ())]
    assert only_checks(SPEC, []) is SPEC


def test_a_misspelt_check_names_the_nearest() -> None:
    with pytest.raises(LoadError, match="closes"):
        only_checks(SPEC, ["close"])


def test_the_assignment_is_told_by_names(
    homework: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = selfcheck.self_check(Wish(homework, only=("echoes",)), nobody)
    said = capsys.readouterr()
    assert result.assignment == "tcp_echo"
    assert [check.outcome for check in result.checks] == ["pass"]
    assert "Assignment: tcp_echo" in said.err


def test_where_nothing_tells_a_person_is_asked(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("print()")
    asked: list[Sequence[str]] = []

    def ask(names: Sequence[str]) -> str:
        asked.append(names)
        return "chat"

    checking = selfcheck.SelfCheck(Wish(tmp_path), ask)
    checking.close()
    assert checking.spec.assignment == "chat"
    assert set(asked[0]) >= {"chat", "tcp_echo"}


def test_of_an_empty_folder_nothing_is_asked(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="the folder is empty"):
        selfcheck.SelfCheck(Wish(tmp_path), nobody)


def test_json_is_all_that_is_printed(homework: Path) -> None:
    command = [sys.executable, "-m", "grader.cli", "check", str(homework), "--json"]
    done = subprocess.run(
        [*command, "--only", "echoes"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    result = json.loads(done.stdout)
    assert (result["schema"], result["score"]) == ("grader/result/v1", 14)


def test_hidden_points_are_told(homework: Path, tmp_path: Path) -> None:
    specs = tmp_path / "specs"
    specs.mkdir()
    source = (ROOT / "specs/tcp_echo.yml").read_text()
    hidden = source.replace("- id: echoes\n", "- id: echoes\n    visibility: hidden\n")
    (specs / "tcp_echo.yml").write_text(hidden)
    (tmp_path / "grade.yml").write_text("title: A course\n")
    command = [sys.executable, "-m", "grader.cli", "check", str(homework)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Public checks only: 86 of 100 points are visible here." in done.stdout
    assert "Replies with the message in upper case" not in done.stdout


def test_a_busy_port_is_named_with_who_holds_it(homework: Path, shared: None) -> None:
    with socket.create_server(("127.0.0.1", 12000)):
        checking = selfcheck.SelfCheck(Wish(homework), nobody)
        with pytest.raises(LoadError, match=rf"TCP port 12000 is in use by .*{os.getpid()}"):
            checking.run()
        checking.close()


TEXTBOOK_SERVER = """
from socket import *
server = socket(AF_INET, SOCK_STREAM)
server.bind(("", 12000))  # and no SO_REUSEADDR
server.listen(1)
while True:
    connection, _ = server.accept()
    connection.send(connection.recv(1024).upper())
    connection.close()
"""


def test_on_a_shared_network_a_textbook_server_can_be_started_again_and_again(
    homework: Path, shared: None
) -> None:
    (homework / "tcp_echo_server.py").write_text(TEXTBOOK_SERVER)
    checking = selfcheck.SelfCheck(Wish(homework), nobody)
    ids = ["echoes", "closes", "next_clients", "waiting_clients", "long_message"]
    try:
        results = [checking.run(ids) for _ in range(2)]
    finally:
        checking.close()
    assert [check.message for result in results for check in result.checks] == [""] * 10


def test_a_check_alone_says_that_its_program_is_missing_or_does_not_compile(
    homework: Path,
) -> None:
    checking = selfcheck.SelfCheck(Wish(homework, only=("echoes",)), nobody)
    (homework / "tcp_echo_server.py").write_text("def broken(:\n")
    broken = checking.run().checks[0]
    (homework / "tcp_echo_server.py").rename(homework / "away.txt")
    missing = checking.run().checks[0]
    checking.close()
    assert (broken.reason, missing.reason) == ("build_failed", "no_program")
    assert broken.place is not None
    assert broken.place.line == 1


def test_in_a_network_of_its_own_a_busy_port_does_not_matter(homework: Path) -> None:
    with socket.create_server(("127.0.0.1", 12000)):
        checking = selfcheck.SelfCheck(Wish(homework), nobody)
        try:
            result = checking.run(["echoes"])
        finally:
            checking.close()
    assert [check.outcome for check in result.checks] == ["pass"]


def test_a_snapshot_sees_what_is_saved_and_no_caches(homework: Path) -> None:
    before = snapshot(homework)
    (homework / "__pycache__").mkdir()
    (homework / "__pycache__/x.pyc").write_bytes(b"x")
    assert snapshot(homework) == before
    (homework / "tcp_echo_server.py").write_text("# other\n")
    assert snapshot(homework) != before


@pytest.fixture
def watching(homework: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """`grade check --watch`, its screen going to a file."""
    screen = tmp_path / "screen"
    command = [sys.executable, "-c", LISTENING, "check", str(homework), "--watch", "--only"]
    with screen.open("w") as out:
        process = subprocess.Popen(
            [*command, "echoes"],
            cwd=ROOT,
            stdout=out,
            stderr=out,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        yield process, screen
        process.kill()
        process.wait()


def wait_until(screen: Path, text: str, count: int = 1) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if (said := screen.read_text()).count(text) >= count:
            return said
        time.sleep(0.05)
    raise AssertionError(screen.read_text())


def test_watching_checks_again_at_every_save_and_ends_with_ctrl_c(
    watching: tuple[subprocess.Popen[str], Path], homework: Path
) -> None:
    process, screen = watching
    assert "1 check passed" in wait_until(screen, "Watching")
    server = homework / "tcp_echo_server.py"
    server.write_text(ECHO_SERVER.replace(".upper()", ".lower()"))
    assert "1 failed" in wait_until(screen, "Watching", 2)
    server.write_text(ECHO_SERVER)
    said = wait_until(screen, "Watching", 3)
    assert said.count("1 check passed") == 2
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0


CRASHING = """\
#include <ctype.h>
#include <netinet/in.h>
#include <unistd.h>
static char *target;
int main(void) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(12000)};
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    bind(sock, (struct sockaddr *)&at, sizeof at);
    listen(sock, 5);
    int one = accept(sock, 0, 0);
    char got[100];
    long size = recv(one, got, sizeof got, 0);
    for (long i = 0; i < size; i++)
        target[i] = (char)toupper(got[i]); /* here */
    send(one, target, (size_t)size, 0);
}
"""


@pytest.mark.skipif(
    not (shutil.which("gcc") and any(map(shutil.which, WITNESSES))),
    reason="needs gcc, and eu-stack or gdb",
)
def test_a_crash_in_c_is_told_by_its_line(homework: Path) -> None:
    (homework / "tcp_echo_server.py").unlink()
    (homework / "server.c").write_text(CRASHING)
    checking = selfcheck.SelfCheck(Wish(homework, "tcp_echo", only=("echoes",)), nobody)
    (check,) = checking.run().checks
    checking.close()
    assert check.place is not None, check.message
    assert (check.place.file, check.place.function) == ("server.c", "main")
    assert "here" in check.place.text
