"""Programs that fork, flood, fill and refuse to die: named, contained, and alone in their loss.

Each is graded in Docker between two honest neighbours whose full scores it must not touch.
"""

from __future__ import annotations

import textwrap
from typing import Any

import pytest

from tests.end_to_end.grading import ECHO_SERVER, grade, reasons, submit

pytestmark = [pytest.mark.docker, pytest.mark.timeout(400)]

PRELUDE = "import os, signal, socket, sys, time, threading\n"

HOSTILE: dict[str, tuple[str, set[str]]] = {
    # What it does -> its source, and the reasons it may be told.
    "forks_without_end": (
        """
        while True:
            try:
                os.fork()
            except OSError:
                pass
        """,
        {"process_limit"},
    ),
    "eats_memory": (
        """
        hoard = []
        while True:
            hoard.append(bytearray(8 << 20))
        """,
        {"memory_limit"},
    ),
    "fills_the_disk": (
        """
        number = 0
        while True:
            number += 1
            with open(f"log{number}", "wb") as log:
                log.write(b"x" * (8 << 20))
        """,
        {"disk_limit"},
    ),
    "writes_one_huge_file": (
        """
        with open("log", "wb") as log:
            while True:
                log.write(b"x" * (1 << 20))
        """,
        {"disk_limit"},
    ),
    "prints_for_ever": (
        """
        while True:
            print("all work and no play " * 50)
        """,
        {"output_limit"},
    ),
    "ignores_sigterm": (
        """
        for number in range(1, 32):
            try:
                signal.signal(number, signal.SIG_IGN)
            except OSError:
                pass
        while True:
            signal.pause()
        """,
        {"not_listening"},
    ),
    "binds_300_ports": (
        """
        held = []
        for port in range(20000, 20300):
            one = socket.socket()
            one.bind(("", port))
            one.listen()
            held.append(one)
        signal.pause()
        """,
        {"crashed"},
    ),
    "closes_its_stdout": (
        """
        os.close(1)
        os.close(2)
        signal.pause()
        """,
        {"not_listening"},
    ),
    "kills_its_parent": (
        """
        os.kill(-1, signal.SIGKILL)
        os.kill(os.getppid(), signal.SIGKILL)
        """,
        {"crashed", "exited_early"},
    ),
    "hides_in_the_background": (
        """
        if os.fork():
            os._exit(0)
        os.setsid()
        if os.fork():
            os._exit(0)
        signal.pause()
        """,
        {"exited_early"},
    ),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Grade all of them in one class, each with an honest neighbour on either side."""
    tree = tmp_path_factory.mktemp("class")
    submit(tree, "aaa_honest", {"server.py": ECHO_SERVER})
    for student, (source, _) in HOSTILE.items():
        submit(tree, student, {"server.py": PRELUDE + textwrap.dedent(source)})
    submit(tree, "zzz_honest", {"server.py": ECHO_SERVER})
    out = tmp_path_factory.mktemp("out")
    run = grade(tree, "-a", "tcp_echo", "-j", "2", out=out, seconds=390)
    assert run.status == 0, run.said[-3000:]
    return {path.stem: run.result("tcp_echo", path.stem) for path in tree.iterdir()}


@pytest.mark.parametrize("student", HOSTILE)
def test_a_hostile_program_fails_with_a_reason_that_names_it(
    graded: dict[str, dict[str, Any]], student: str
) -> None:
    result = graded[student]
    assert result["status"] == "graded", result["checks"]
    assert result["score"] < 30
    listens = next(check for check in result["checks"] if check["id"] == "server_listens")
    blamed = (
        reasons(result) - {"no_program"} if listens["outcome"] == "pass" else {listens["reason"]}
    )
    assert blamed & HOSTILE[student][1], (listens, blamed)


@pytest.mark.parametrize("student", ["aaa_honest", "zzz_honest"])
def test_its_neighbours_lose_nothing(graded: dict[str, dict[str, Any]], student: str) -> None:
    server = [check for check in graded[student]["checks"] if check["program"] == "server"]
    assert {check["outcome"] for check in server} == {"pass"}
