"""A network that misbehaves, with real programs at both ends, in Docker and on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.grading import Run, grade, outcomes, submit

SPEC = """\
assignment: wires
title: Upper-case echo over a network that misbehaves
programs:
  server: {entry: ["*server*"], listens: udp/12000}
  client: {entry: ["*client*"], connects: udp/12000}
checks:
  - id: answers_each
    title: Answers each datagram, however it comes
    points: 20
    steps:
      - server starts
      - wire relays: {to_server: {doubles: [1], swaps: [2], delays: [4]}, to_client: {delays: [1]}}
      - alice opens: {through: wire}
      - alice sends: {messages: ["a ${word1}", "b ${word2}", "c ${word3}", "d ${word4}"]}
      - alice expects:
          each_of: ["A ${upper:word1}", "A ${upper:word1}", "B ${upper:word2}", "C ${upper:word3}",
                    "D ${upper:word4}"]
      - alice hears nothing
  - id: answers_the_next
    title: Answers the next datagram after a lost one
    points: 20
    hint: A datagram that never came gets no answer; wait for the next.
    groups: {crowd: 3}
    steps:
      - server starts
      - wire relays: {to_server: {loses: [1]}, to_client: {loses: [1]}}
      - crowd opens: {through: wire}
      - crowd sends: {messages: ["lost {n} ${word1}", "gone {n} ${word2}", "here {n} ${word3}"]}
      - crowd backwards expects: "HERE {n} ${upper:word3}"
  - id: by_chance
    title: Answers whatever chance lets through
    points: 10
    steps:
      - server starts
      - wire relays: {to_server: {doubles: 0.5}, to_client: {doubles: 0.5}}
      - alice opens: {through: wire}
      - alice sends: {messages: ["x ${word1}", "x ${word2}", "x ${word3}", "x ${word4}"]}
      - alice expects: {matches: "X [A-Z]+"}
      - alice expects: {matches: "X [A-Z]+"}
      - alice expects: {matches: "X [A-Z]+"}
      - alice expects: {matches: "X [A-Z]+"}
  - id: model_client
    title: Serves our client through the network
    points: 10
    steps:
      - server starts
      - wire relays: {to_client: {delays: [1], delay: 400ms}}
      - peer runs:
          reference: udp_echo/python/udp_echo_client.py
          args: [127.0.0.1, "${port}"]
          through: wire
      - peer types: peer ${word}
      - peer prints: PEER ${upper:word}
  - id: client_waits
    title: The client waits for a reply that is late
    points: 20
    steps:
      - wire relays:
          to_server: {delays: [1], delay: 300ms}
          to_client: {delays: [1], delay: 500ms}
      - host listens: {at: udp/12000, through: wire}
      - client starts
      - client types: hi ${word1}
      - host expects: hi ${word1}
      - host sends: REPLY ${word2}
      - client prints: REPLY ${word2}
      - client exits
  - id: model_server
    title: The client is served by our server through the network
    points: 20
    steps:
      - wire relays: {to_server: {doubles: [1]}, to_client: {delays: [1, 2], delay: 300ms}}
      - partner runs:
          reference: udp_echo/python/udp_echo_server.py
          listens: udp/12000
          through: wire
      - client starts
      - client types: hi ${word1}
      - client prints: HI ${upper:word1}
      - client exits
"""

SERVER = """\
from socket import *

server = socket(AF_INET, SOCK_DGRAM)
server.bind(("", 12000))
while True:
    message, address = server.recvfrom(2048)
    server.sendto(message.upper(), address)
"""
CLIENT = """\
from socket import *

client = socket(AF_INET, SOCK_DGRAM)
client.sendto(input("Input lowercase sentence: ").encode(), ("127.0.0.1", 12000))
print(client.recvfrom(2048)[0].decode())
"""
ONCE = SERVER.replace("    server.sendto", "    if message in globals(): continue\n"
                      "    globals()[message] = True\n    server.sendto")  # fmt: skip
ELSEWHERE = SERVER.replace("    server.sendto", "    socket(AF_INET, SOCK_DGRAM).sendto")
OTHER_PORT = CLIENT.replace("12000", "13579")
IMPATIENT = CLIENT.replace("print(", "client.settimeout(0.2)\nprint(")

runner = pytest.mark.parametrize(
    "runner", [pytest.param("docker", marks=pytest.mark.docker), "local"]
)


def graded(folder: Path, runner: str, *options: str, **files: str) -> Run:
    """Grade one student's programs."""
    (folder / "specs").mkdir(parents=True, exist_ok=True)
    (folder / "specs/wires.yml").write_text(SPEC)
    (folder / "grade.yml").write_text("title: A course\n")
    files = {f"{name}.py": content for name, content in files.items()}
    submit(folder / "class", "alice", dict(files))
    config = ("-a", "wires", "--config", str(folder / "grade.yml"), "--runner", runner)
    return grade(folder / "class", *config, "--force", *options, out=folder / "out")


def of(run: Run, name: str) -> dict[str, Any]:
    """Return one check's result."""
    checks: dict[str, dict[str, Any]] = {check["id"]: check for check in run.only()["checks"]}
    return checks[name]


@runner
def test_right_programs_pass_whatever_the_network_does(tmp_path: Path, runner: str) -> None:
    run = graded(tmp_path, runner, server=SERVER, client=CLIENT)
    assert set(outcomes(run.only()).values()) == {"pass"}, run.only()
    assert run.only()["notes"] == []


@runner
def test_what_the_network_did_is_part_of_the_story(tmp_path: Path, runner: str) -> None:
    run = graded(tmp_path, runner, server=ONCE, client=IMPATIENT)
    assert outcomes(run.only()) == {
        "server_builds": "pass",
        "client_builds": "pass",
        "answers_each": "fail",
        "answers_the_next": "pass",
        "by_chance": "pass",
        "model_client": "pass",
        "client_waits": "fail",
        "model_server": "fail",
    }
    each = of(run, "answers_each")
    assert each["reason"] == "no_reply"
    assert "only 4 of 5 datagrams" in each["message"]
    # Whether the server's first reply is faster than our second datagram is chance.
    told = [line["what"] for line in each["transcript"] if line["actor"] == "wire"]
    struck = [line for line in told if line.endswith("to the server")]
    assert [line for line in struck if not line.startswith("let go")][:3] == [
        "doubled datagram 1 to the server",
        "held back datagram 2 to the server",
        "delayed datagram 4 to the server",
    ]
    assert "delayed datagram 1 to the client" in told
    assert of(run, "client_waits")["reason"] == "crashed"
    page = (run.out / "wires/alice/report.md").read_text()
    assert "doubled datagram 1 to the server" in page
    assert f"--seed {each['seed']}" in page


@runner
def test_wrong_ports_are_found_behind_a_wire_too(tmp_path: Path, runner: str) -> None:
    run = graded(tmp_path, runner, server=ELSEWHERE, client=OTHER_PORT)
    assert of(run, "answers_each")["reason"] == "wrong_source"
    assert of(run, "answers_the_next")["reason"] == "wrong_source"
    assert of(run, "client_waits")["outcome"] == "pass"
    assert of(run, "model_server")["outcome"] == "pass"
    assert run.only()["notes"] == ["sends to port 13579, not 12000"]


def test_a_seed_repeats_all_that_was_left_to_chance(tmp_path: Path) -> None:
    broken = {"server": SERVER.replace("message.upper()", "message"), "client": CLIENT}

    def story(*options: str) -> Any:
        run = graded(tmp_path, "local", *options, **broken)
        check = of(run, "by_chance")
        said = [(x["actor"], x["what"], x["data"]) for x in check["transcript"]]
        # What the server sends may come between any two of ours.
        struck = [line for line in said if line[0] == "wire" and line[1].endswith("to the server")]
        sent = [line for line in said if line[1] == "sent"]
        return check["seed"], sent, struck, check["message"], check["expected"]

    first = story()
    assert first[0]
    assert len(first[1]) == 4
    assert len(first[2]) > 0
    assert story("--seed", first[0]) == first
    assert story("--seed", "another")[1] != first[1]
    assert story()[0] != first[0]
