"""Whose a port is, when two processes have its socket."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator

import pytest

from grader.agent.custody import Custody
from grader.agent.loop import Loop
from grader.agent.ports import Ports
from grader.agent.protocol import Bound, Event
from grader.agent.tables import Tables

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


class OneProgram(Custody):
    """A program that is just being started: all that we have open, it has, too."""

    def __init__(self, pid: int) -> None:
        self._pid = pid

    def pids(self) -> list[int]:
        return [self._pid]

    def actor_of(self, pid: int) -> str:
        return "client" if pid == self._pid else ""


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


@pytest.fixture
def heir(server: socket.socket) -> Iterator[int]:
    pid = os.fork()
    if pid == 0:
        signal.pause()
        os._exit(0)
    yield pid
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


@pytest.mark.parametrize("ours", [True, False])
def test_a_socket_of_ours_is_not_a_programs(
    server: socket.socket, heir: int, *, ours: bool
) -> None:
    port = server.getsockname()[1]
    if not ours:
        server.close()
    events: list[Event] = []
    tables, loop = Tables(), Loop(print)
    Ports(loop, events.append, OneProgram(heir), tables, lambda: True).look()
    tables.close()
    found = [event.port for event in events if isinstance(event, Bound)]
    assert (port in found) is not ours
