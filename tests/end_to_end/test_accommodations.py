"""Honest variants, played for real: each scores what a plain program does, with a note.

A tiny course takes points for what is noted, so that each is seen to be priced once. The runner is
the local one where it isolates itself; the sample class shows the same in Docker.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.agent.agents import may_contain
from tests.end_to_end.grading import grade, submit

SPEC = """\
assignment: tiny
title: Answers once, closes
deductions: {port: 1, arguments: 2, prompts: 4, address: 8, name: 16, padding: 32, reset: 64}
programs:
  server: {entry: ["*server*"], listens: tcp/12000}
  client: {entry: ["*client*"], connects: tcp/12000}
checks:
  - id: echoes
    title: Replies in upper case and closes
    points: 500
    hint: Upper-case it.
    steps:
      - server starts
      - alice connects
      - alice sends: hello ${word}
      - alice expects: HELLO ${upper:word}
      - alice sees the end
  - id: again
    title: Does so again
    points: 300
    hint: Loop.
    steps:
      - server starts
      - alice connects
      - alice sends: hello ${word}
      - alice expects: HELLO ${upper:word}
      - alice sees the end
  - id: talks
    title: The client talks
    points: 200
    hint: Connect.
    steps:
      - host listens: tcp/12000
      - client starts
      - client types: ${word}
      - host accepts
      - host expects: ${word}
      - host sends: ${upper:word}
      - client prints: ${upper:word}
      - client closes input
      - client exits
"""

SERVER = """\
import sys
from socket import *
{before}
server = socket(AF_INET, SOCK_STREAM)
server.bind(({host}, {port}))
server.listen(5)
while True:
    connection, address = server.accept()
    data = connection.recv({size})
    connection.sendall({reply})
    connection.close()
"""
CLIENT = """\
import sys
from socket import *
{before}
connection = socket(AF_INET, SOCK_STREAM)
connection.connect(({host}, {port}))
text = input("Input lowercase sentence: ")
connection.sendall(text.encode())
data = connection.recv(2048)
print({shown})
{after}
"""
PLAIN = {"before": "", "host": "''", "port": "12000", "size": "2048", "reply": "data.upper()"}
SPOKEN = {"before": "", "host": "'localhost'", "port": "12000", "after": "", "shown": "data"}


def server(**changes: str) -> str:
    return SERVER.format(**{**PLAIN, **changes})


def client(**changes: str) -> str:
    return CLIENT.format(**{**SPOKEN, **changes})


ARGPARSE = """\
from argparse import ArgumentParser
parser = ArgumentParser()
parser.add_argument("--port", type=int, required=True)
port = parser.parse_args().port"""
LOOPING = """\
while True:
    text = input("Input lowercase sentence: ")
    connection.sendall(text.encode())"""

VARIANTS: dict[str, tuple[dict[str, str], int, str]] = {
    "plain": ({}, 1000, ""),
    "another_port": (
        {"server.py": server(port="5005"), "client.py": client(port="5005")},
        999,
        "listens on port 5005, not 12000",
    ),
    "arguments": (
        {"server.py": server(port="int(sys.argv[1])")},
        998,
        "server is started with arguments: 12000",
    ),
    "required_option": (
        {"server.py": server(before=ARGPARSE, port="port")},
        998,
        "server is started with arguments: --port 12000",
    ),
    "client_arguments": (
        {"client.py": client(host="sys.argv[1]", port="int(sys.argv[2])")},
        998,
        "client is started with arguments: 127.0.0.1 12000",
    ),
    "optional_argument": (
        {"server.py": server(port="int(sys.argv[1]) if len(sys.argv) > 1 else 12000")},
        1000,
        "",
    ),
    "asks_for_the_port": (
        {"server.py": server(port="int(input('Port: '))")},
        996,
        "server asks for the port on the keyboard",
    ),
    "asks_for_both": (
        {"client.py": client(host="input('Server address: ')", port="int(input('Port: '))")},
        996,
        "client asks for the address and the port on the keyboard",
    ),
    "address": (
        {"server.py": server(host="'192.168.7.9'"), "client.py": client(host="'192.168.7.9'")},
        992,
        "listens on 192.168.7.9, an address written in its source",
    ),
    "host_name": (
        {"client.py": client(host="'lab7.uni.example'")},
        984,
        "the host name lab7.uni.example in its source stands for this machine",
    ),
    "nul_padding": (
        {"server.py": server(reply="data.upper().ljust(1024, bytes(1))")},
        968,
        "fills its reply up with NUL bytes",
    ),
    "newline": (
        {"server.py": server(reply="data.upper() + bytes([10])")},
        968,
        "sends a newline after its reply",
    ),
    "reset_after_the_reply": (  # closing with unread bytes makes the kernel send a reset
        {"server.py": server(size="2048, MSG_PEEK")},
        936,
        "resets the connection instead of closing it",
    ),
    "reply_label": ({"client.py": client(shown="'Modified Message: ' + data.decode()")}, 1000, ""),
    "reply_repr": (
        {"client.py": client(shown="(data, 'from', connection.getpeername())")},
        1000,
        "",
    ),
    "ends_in_eof_error": ({"client.py": client(after=LOOPING)}, 1000, ""),
}


def result_of(files: dict[str, str], tmp_path: Path) -> dict[str, Any]:
    """Grade one submission of the tiny course."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/tiny.yml").write_text(SPEC)
    (tmp_path / "grade.yml").write_text("title: A tiny course\n")
    files = {"server.py": server(), "client.py": client(), **files}
    folder = submit(tmp_path / "in", "alice", dict(files))
    course = ("-a", "tiny", "--config", str(tmp_path / "grade.yml"), "--runner", "local")
    run = grade(folder, *course, out=tmp_path / "out")
    assert run.status == 0, run.said
    return run.only()


@pytest.mark.skipif(not may_contain(), reason="no namespaces here")
@pytest.mark.parametrize("name", VARIANTS)
def test_an_honest_variant_scores_what_it_deserves(name: str, tmp_path: Path) -> None:
    files, score, note = VARIANTS[name]
    result = result_of(files, tmp_path)
    failed = {check["id"]: check["message"] for check in result["checks"] if check["reason"]}
    assert failed == {}
    assert result["score"] == score
    assert [each["text"] for each in result["deductions"]] == ([note] if note else [])
    assert sum(each["points"] for each in result["deductions"]) == 1000 - score
    assert not note or note in result["notes"]
    if note:
        page = (tmp_path / "out/tiny/alice/report.md").read_text().replace("\\", "")
        assert f"\N{MINUS SIGN}{1000 - score}: {note}" in page


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    result = result_of({"server.py": f"import nosuchpackage\n{server()}"}, tmp_path)
    checks = {check["id"]: check for check in result["checks"]}
    assert checks["echoes"]["reason"] == "missing_package"
    assert "needs the package nosuchpackage, which is not installed" in checks["echoes"]["message"]
    assert "imports nosuchpackage, which is no part of Python" in result["notes"]
