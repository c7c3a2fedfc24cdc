"""Ports by `lsof`, as on macOS; it works the same way wherever there is one."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, cast

import pytest

from grader.agent.loop import Loop
from grader.agent.lsof import LsofPorts
from grader.agent.protocol import Bound, Event, Unbound

if TYPE_CHECKING:
    from grader.agent.custody import Custody

pytestmark = pytest.mark.skipif(not shutil.which("lsof"), reason="needs lsof")
PROGRAM = """
import socket
a = socket.create_server(("127.0.0.1", 0)); b = socket.socket(type=socket.SOCK_DGRAM)
b.bind(("", 0)); print(a.getsockname()[1], b.getsockname()[1], flush=True)
input(); a.close(); input()
"""


class Groups:
    """All of a custody that is asked for."""

    def __init__(self, pid: int) -> None:
        self._pid = pid

    def groups(self) -> dict[int, str]:
        return {self._pid: "server"}


def until(loop: Loop, events: list[Event], count: int) -> list[Event]:
    loop.later(15, lambda: setattr(loop, "running", False))
    while loop.running and len(events) < count:
        loop._round()
    return events


def test_ports_come_and_go() -> None:
    events: list[Event] = []
    loop = Loop(lambda exc: events.append(Bound("failed", "", str(exc), 0)))
    argv = [sys.executable, "-S", "-c", PROGRAM]
    with subprocess.Popen(
        argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        tcp, udp = map(int, program.stdout.readline().split())
        custody = cast("Custody", Groups(program.pid))
        ports = LsofPorts(loop, events.append, custody, lambda: True)
        ports.hurry()
        ports.look()
        assert until(loop, events, 2) == [
            Bound("server", "tcp", "127.0.0.1", tcp),
            Bound("server", "udp", "0.0.0.0", udp),
        ]
        program.stdin.write("\n")
        program.stdin.flush()
        assert until(loop, events, 3)[2:] == [Unbound("server", "tcp", "127.0.0.1", tcp)]
        ports.clear()
        program.send_signal(signal.SIGKILL)
    loop.close()
