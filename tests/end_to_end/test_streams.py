"""TCP that misbehaves, as a real server sees it: its kernel counts the segments that came."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.grading import grade, outcomes, submit

SPEC = """\
assignment: streams
title: Says what came
programs:
  server: {entry: ["*server*"], listens: tcp/12000}
checks:
  - id: pieces
    title: Three pieces are three segments
    points: 10
    steps:
      - server starts
      - alice connects
      - alice sends: {text: "one ${word}", pieces: [1, 2], pause: 20ms}
      - alice half-closes
      - server prints: "'one ${word}' in 3 segments, then the end"
      - alice expects: BYE one ${word}
      - alice sees the end
  - id: each_byte
    title: Byte by byte
    points: 10
    steps:
      - server starts
      - alice connects
      - alice sends: {text: "${word}", each_byte: true, pause: 0.005}
      - alice half-closes
      - server prints: "'${word}' in ${len:word} segments, then the end"
  - id: random_pieces
    title: In pieces by chance
    points: 10
    steps:
      - server starts
      - alice connects
      - alice sends: {text: "any ${word}", pieces: random, pause: 20ms}
      - alice half-closes
      - server prints: {matches: "'any ${word}' in [2-5] segments, then the end"}
  - id: one_segment
    title: Many messages are one segment
    points: 10
    steps:
      - server starts
      - alice connects
      - alice sends: {messages: ["${word1};", "${word2};", "${word3};"]}
      - alice half-closes
      - server prints: "'${word1};${word2};${word3};' in 1 segments, then the end"
  - id: half_close
    title: A half-closed connection still takes the reply
    points: 10
    steps:
      - server starts
      - alice connects
      - alice sends: ${word}
      - alice stays connected
      - alice half-closes
      - alice expects: BYE ${word}
  - id: reset_midway
    title: A reset in mid-message
    points: 10
    steps:
      - server starts
      - alice connects
      - alice sends: {text: "hello ${word}", only: 5}
      - alice resets
      - server prints: "'hello' in 1 segments, then a reset"
      - bob connects
      - bob sends: {text: "hello ${word}", only: random}
      - bob half-closes
      - bob expects: {matches: "BYE h.*"}
      - server prints: {matches: "'h.*' in 1 segments, then the end"}
  - id: never_reads
    title: A reader that never reads blocks nobody else
    points: 10
    steps:
      - server starts
      - alice connects
      - alice stops reading
      - alice sends: flood ${word}
      - bob connects
      - bob sends: ${word2}
      - bob half-closes
      - bob expects: BYE ${word2}
      - alice stays connected
"""

SERVER = """\
import socket, struct, threading

def serve(conn):
    came, how = b"", "the end"
    try:
        while data := conn.recv(4096):
            came += data
            if came.startswith(b"flood"):
                conn.sendall(b"x" * 30_000_000)
    except ConnectionResetError:
        how = "a reset"
    info = conn.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 192)
    segments = struct.unpack_from("I", info, 152)[0]  # tcpi_data_segs_in
    print(f"{came.decode()!r} in {segments} segments, then {how}")
    if how == "the end":
        conn.sendall(b"BYE " + came)
    conn.close()

listener = socket.create_server(("", 12000), backlog=5)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],)).start()
"""
ONE_RECV = SERVER.replace("while data :=", "if data :=")
ONE_BY_ONE = SERVER.replace("threading.Thread(target=serve, args=(listener.accept()[0],)).start()",
                            "serve(listener.accept()[0])")  # fmt: skip


def graded(folder: Path, runner: str, server: str) -> dict[str, dict[str, Any]]:
    """Grade one server; returns its checks by name."""
    (folder / "specs").mkdir(parents=True, exist_ok=True)
    (folder / "specs/streams.yml").write_text(SPEC)
    (folder / "grade.yml").write_text("title: A course\n")
    submit(folder / "class", "alice", {"server.py": server})
    config = ("-a", "streams", "--config", folder / "grade.yml", "--runner", runner)
    result = grade(folder / "class", *config, out=folder / "out").only()
    return {check["id"]: check for check in result["checks"]}


@pytest.mark.parametrize("runner", [pytest.param("docker", marks=pytest.mark.docker), "local"])
def test_what_a_spec_says_is_what_a_server_sees(tmp_path: Path, runner: str) -> None:
    checks = graded(tmp_path, runner, SERVER)
    assert outcomes({"checks": checks.values()}) == dict.fromkeys(checks, "pass"), checks


def test_a_server_that_reads_once_fails_where_there_are_pieces(tmp_path: Path) -> None:
    checks = graded(tmp_path, "local", ONE_RECV)
    failed = {name for name, check in checks.items() if check["outcome"] == "fail"}
    assert failed == {"pieces", "each_byte", "random_pieces", "half_close", "reset_midway"}


def test_a_server_that_serves_one_by_one_is_blocked_by_who_never_reads(tmp_path: Path) -> None:
    checks = graded(tmp_path, "local", ONE_BY_ONE)
    assert [name for name, check in checks.items() if check["outcome"] == "fail"] == ["never_reads"]
    assert "what it sends is not read" in checks["never_reads"]["stuck"]
