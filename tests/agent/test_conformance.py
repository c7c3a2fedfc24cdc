"""The conformance suites over every way to run an agent on this machine."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.agent.agents import FACTORIES, may_contain
from tests.agent.conformance_house import HouseConformance
from tests.agent.conformance_programs import ProgramsConformance
from tests.agent.conformance_relay import RelayConformance
from tests.agent.conformance_sockets import SocketsConformance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.agent.client import Client


@pytest.fixture(params=FACTORIES, scope="module")
def shared(request: pytest.FixtureRequest) -> Iterator[Client]:
    """One agent for all tests of a way; a reset makes it as good as new."""
    if request.param == "contained" and not may_contain():
        pytest.skip("this machine lets us make no namespaces")
    with FACTORIES[request.param]() as client:
        if request.param == "isolated" and not client.ready.isolated:
            pytest.skip("this kernel refuses to isolate us")
        yield client


@pytest.fixture
def agent(shared: Client) -> Iterator[Client]:
    """An agent that nothing was done to."""
    shared.reset()
    shared.unpack()
    yield shared
    shared.reset()


class TestSockets(SocketsConformance):
    """On this machine."""


class TestRelay(RelayConformance):
    """On this machine."""


class TestPrograms(ProgramsConformance):
    """On this machine."""


class TestHouse(HouseConformance):
    """On this machine."""


def test_the_ways_differ(agent: Client) -> None:
    assert agent.ready.platform.startswith(sys.platform)
