"""A port that somebody holds is noticed, and whose it is."""

from __future__ import annotations

import os
import socket

import pytest

from grader.core.model import Endpoint
from grader.testbed.busy import holder, is_busy


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
