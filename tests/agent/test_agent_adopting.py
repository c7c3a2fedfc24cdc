"""Addresses and host names an agent takes on: where it may, and what it says where it may not."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.agent.addresses import message
from grader.agent.protocol import Adopt, Adopted, Printed
from tests.agent.agents import child, isolated, may_contain
from tests.agent.client import Client

HOSTS = Path("/etc/hosts")
LOOK = "import socket; print('means', socket.gethostbyname('pc.example'), flush=True)"
TAKE = "import socket; s = socket.socket(); s.bind(('{}', 0)); print('has', s.getsockname()[0])"


def said(agent: Client, source: str, word: str) -> str:
    """Run a program and return what it says after a word; empty if it dies before."""
    agent.python("p", f"try:\n    {source}\nexcept OSError: print('{word} nothing')")
    text = agent.wait_for_text(Printed, "p", word)
    agent.reset()
    return text.partition(word)[2].split()[0]


@pytest.mark.skipif(not may_contain(), reason="no namespaces here")
def test_in_namespaces_of_its_own_it_takes_them_on_and_lets_go() -> None:
    with isolated() as agent:
        if not agent.ready.isolated:
            pytest.skip("this kernel refuses to isolate us")
        agent.reset()
        answer = agent.ask(Adopt(["203.0.113.9"], ["pc.example"]), Adopted)
        assert (answer.addresses, answer.names) == ("", "")
        assert said(agent, TAKE.format("203.0.113.9"), "has") == "203.0.113.9"
        assert said(agent, LOOK, "means") == "127.0.0.1"  # after a reset, too
        agent.forget()
        agent.ask(Adopt([], []), Adopted)
        assert said(agent, TAKE.format("203.0.113.9"), "has") == "nothing"
        assert said(agent, LOOK, "means") == "nothing"


def test_on_somebodys_own_network_nothing_is_touched_and_it_is_said() -> None:
    before = HOSTS.read_bytes()
    with child() as agent:
        answer = agent.ask(Adopt(["203.0.113.9"], ["pc.example"]), Adopted)
        assert "not the grader's own" in answer.addresses
        assert "not the grader's own" in answer.names
        agent.forget()
        nothing = agent.ask(Adopt([], []), Adopted)
        assert (nothing.addresses, nothing.names) == ("", "")
        assert said(agent, TAKE.format("203.0.113.9"), "has") == "nothing"
    assert HOSTS.read_bytes() == before


@given(st.ip_addresses(v=4))
def test_a_request_to_the_kernel_holds_the_address_as_it_is_on_the_wire(address: object) -> None:
    request = message(20, str(address), 1)
    packed = socket.inet_aton(str(address))
    assert int.from_bytes(request[:4], sys.byteorder) == len(request) == 40
    assert request[17] == 32  # one machine, no network
    assert request.endswith(packed)
    assert request.count(packed) >= 2
