"""A port that somebody holds is noticed, and whose it is; one that only rests is freed."""

from __future__ import annotations

import os
import socket
import sys
import time

import pytest

from grader.core.model import Endpoint
from grader.testbed.busy import AT_ONCE, holder, is_busy, taken


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_a_held_port_is_busy_and_its_holder_named(transport: str) -> None:
    kind = socket.SOCK_STREAM if transport == "tcp" else socket.SOCK_DGRAM
    with socket.socket(socket.AF_INET, kind) as held:
        held.bind(("127.0.0.1", 0))
        if transport == "tcp":
            held.listen()
        where = Endpoint("tcp" if transport == "tcp" else "udp", held.getsockname()[1])
        assert is_busy(where)
        assert f"process {os.getpid()}" in holder(where)
    assert not is_busy(where)
    assert holder(where) == ""


def test_a_port_that_a_program_holds_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        said = taken([Endpoint("tcp", port)], print)
    assert said.startswith(f"TCP port {port} is in use by ")


@pytest.mark.skipif(sys.platform != "linux", reason="needs the kernel's table of connections")
def test_a_port_that_rests_after_use_is_had_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        where = Endpoint("tcp", server.getsockname()[1])
        with socket.create_connection(("127.0.0.1", where.port)) as client:
            accepted, _ = server.accept()
            accepted.close()  # first: so it is the server's port that rests
            assert client.recv(1) == b""
    assert is_busy(where)
    begun = time.monotonic()
    assert taken([where], print) == ""
    assert time.monotonic() - begun < AT_ONCE
