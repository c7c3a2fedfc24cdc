"""Prompts: what asks for an address or a port, and what only mentions one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.prompting import asks_for


@pytest.mark.parametrize(
    "text",
    [
        "Port: ",
        "Enter port number: ",
        "Which port should I listen on? ",
        "serverPort> ",
        "Enter the port of the server: ",
        "Server port: ",
        "Please enter a port\n",
        "PORT=",
        "Welcome!\nType the port: ",
        "Enter the host's port: ",
        "Enter PortNo: ",
    ],
)
def test_a_port_is_asked_for(text: str) -> None:
    assert asks_for(text) == "port"


@pytest.mark.parametrize(
    "text",
    [
        "Enter server IP: ",
        "Host: ",
        "Enter hostname: ",
        "IP address? ",
        "Server address: ",
        "Enter server name: ",
        "Enter the server's IP address: ",
        "Server: ",
        "address> ",
        "This is my client\n\nEnter IP of the machine: ",
    ],
)
def test_an_address_is_asked_for(text: str) -> None:
    assert asks_for(text) == "host"


@pytest.mark.parametrize(
    "text",
    ["Enter address and port: ", "Enter host:port ", "host, port: ", "<host> <port>: "],
)
def test_both_are_asked_for_in_one_line(text: str) -> None:
    assert asks_for(text) == "both"


@pytest.mark.parametrize(
    "text",
    [
        "Input lowercase sentence:",
        "Enter message to send or type Exit to disconnect: ",
        "",
        "Enter your user name: ",
        "Name: ",
        "From Server: ",
        "alice> ",
        "Message for the server: ",
        "Listening on port 12000:",
        "Connected to server",
        "Waiting on port 12000",
        "Report: ",
        "Enter your e-mail address: ",
        "Sender address: ",
        "important: ",
        "The server is ready",
        "Enter text for the server: ",
        "Enter server IP: \nInput lowercase sentence: ",
    ],
)
def test_something_else_is_asked_for_or_nothing(text: str) -> None:
    assert asks_for(text) == ""


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert asks_for(text) in {"host", "port", "both", ""}
