"""Which assignment a folder is for is told by names, ports and sockets, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.core.guessing import guess
from grader.core.model import Spec
from grader.loading import load_specs

ROOT = Path(__file__).parents[2]
SPECS = load_specs(ROOT / "specs")


def specs() -> list[Spec]:
    return [SPECS[name] for name in ("chat", "tcp_echo", "udp_echo", "web_server")]


@pytest.mark.parametrize(
    ("files", "assignment"),
    [
        ({"WebServer.java": b"new ServerSocket(6789)"}, "web_server"),
        ({"web-server.py": b"socket(AF_INET, SOCK_STREAM)"}, "web_server"),
        ({"chat_server.py": b"", "chat_client.py": b""}, "chat"),
        ({"UDPServer.py": b"socket(AF_INET, SOCK_DGRAM)", "UDPClient.py": b""}, "udp_echo"),
        ({"server.py": b"s = socket(AF_INET, SOCK_STREAM)\ns.bind(('', 1060))"}, "chat"),
        ({"server.py": b"s = socket(AF_INET, SOCK_DGRAM)\ns.bind(('', 12000))"}, "udp_echo"),
    ],
)
def test_names_ports_and_sockets_tell(files: dict[str, bytes], assignment: str) -> None:
    assert guess("homework", files, specs()) == [assignment]


def test_the_folders_name_tells() -> None:
    assert guess("alice/tcp_echo", {"server.py": b""}, specs()) == ["tcp_echo"]


@pytest.mark.parametrize(
    "files", [{}, {"main.py": b"print()"}, {"server.py": b"socket(AF_INET, SOCK_STREAM)"}]
)
def test_where_nothing_tells_nothing_is_guessed(files: dict[str, bytes]) -> None:
    assert guess("homework/final", files, specs()) == []


def test_what_fits_two_is_left_to_a_person() -> None:
    found = guess("homework", {"echo_server.py": b""}, specs())
    assert set(found) >= {"tcp_echo", "udp_echo"} or found == []
