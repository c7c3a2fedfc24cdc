"""Starting, typing to and stopping programs, and how the port a server uses is found."""

from __future__ import annotations

from typing import Any

import pytest

from grader.agent import protocol as p
from grader.core.stage import Launch
from tests.core.script_world import PORT, World, blocked

UP = "server starts"
CONNECT = "alice connects"
MODEL = "chat/python/chat_server.py"
PARTNER = f"partner runs: {{reference: {MODEL}, listens: tcp/1060}}"
READING = blocked("read", "terminal", "server")


def starting(*more: str, transport: str = "tcp", loopback: bool = False, **kinds: Any) -> World:
    """A server that has just been told to start."""
    return World(UP, *more, transport=transport, by_hand="server", loopback=loopback, **kinds)


# ----------------------------------------------------------------- where a server listens


def test_a_server_is_ready_when_the_socket_table_says_so() -> None:
    world = starting()
    world.starts("server")
    world.prints("server", b"The server is ready to receive\n")
    assert world.outcome == "waits"
    world.binds("server")
    assert world.outcome == "passes"
    assert world.notes == []


def test_a_port_of_the_other_transport_is_no_port_of_the_assignment() -> None:
    world = starting()
    world.starts("server")
    world.binds("server", transport="udp")
    world.settles(blocked("recv", "udp:1060"))
    assert world.outcome == "not_listening"
    assert "opens no TCP port" in world.verdict.message
    assert "it opened UDP port 1060 instead" in world.verdict.message


def test_another_port_is_followed_once_the_program_has_settled() -> None:
    world = starting(CONNECT)
    world.starts("server", 5005)
    assert world.outcome == "waits"
    world.settles(blocked("accept", "listener:5005"))
    assert world.outcome == "passes"
    assert world.given(p.Connect) == [p.Connect("alice", "127.0.0.1", 5005)]
    assert world.notes == ["listens on port 5005, not 1060"]
    assert set(world.stage.deviations) == {"port"}


def test_the_port_of_the_assignment_is_preferred_when_both_come() -> None:
    world = starting(CONNECT)
    world.starts("server", 5005, PORT)
    assert world.given(p.Connect) == [p.Connect("alice", "127.0.0.1", PORT)]
    assert world.notes == []
    assert world.stage.deviations == {}


def test_also_when_it_comes_much_later() -> None:
    world = starting()
    world.starts("server", 5005)
    world.time_passes(1.5)
    world.binds("server")
    assert world.outcome == "passes"
    assert world.notes == []


def test_a_server_that_never_sleeps_for_good_is_followed_after_two_quiet_seconds() -> None:
    world = starting()
    world.starts("server", 5005)
    world.time_passes(2.1, blocked("poll", forever=False))
    assert world.outcome == "passes"
    assert set(world.stage.deviations) == {"port"}


def test_what_a_program_was_found_to_want_is_given_and_said() -> None:
    remarks = (("arguments", "server is started with …"), ("prompts", "server asks …"))
    want = Launch(("./server",), args=("-p", "1060"), answers=("127.0.0.1",), remarks=remarks)
    world = starting(wanting={"server": want})
    (spawned,) = world.given(p.Spawn)
    assert spawned.argv == ["./server", "-p", "1060"]
    assert world.given(p.Type) == [p.Type("server", "127.0.0.1\n")]
    assert world.notes == ["server is started with …", "server asks …"]
    assert set(world.stage.deviations) == {"arguments", "prompts"}


def test_arguments_of_the_spec_come_in_the_place_of_those_found() -> None:
    want = Launch(("./server",), args=("-p", "1060"))
    world = World("server starts: one two", wanting={"server": want})
    (spawned,) = world.given(p.Spawn)
    assert spawned.argv == ["./server", "one", "two"]


def test_an_address_that_we_gave_it_is_not_held_against_a_server() -> None:
    for want in (
        Launch(("./s",), args=("127.0.0.1", "1060")),
        Launch(("./s",), answers=("127.0.0.1",)),
    ):
        world = starting(wanting={"server": want})
        world.starts("server")
        world.binds("server", host="127.0.0.1")
        assert world.outcome == "passes"
        assert "loopback" not in world.stage.deviations


def test_an_address_of_its_own_is_noted() -> None:
    world = starting()
    world.stage.addresses = frozenset({"192.168.1.5"})
    world.starts("server")
    world.binds("server", host="192.168.1.5")
    assert world.outcome == "passes"
    assert world.stage.deviations == {
        "address": "listens on 192.168.1.5, an address written in its source"
    }


@pytest.mark.parametrize(
    ("error", "files", "reason"),
    [
        ("ModuleNotFoundError: No module named 'numpy'", {}, "missing_package"),
        ("ModuleNotFoundError: No module named 'numpy.linalg'", {}, "missing_package"),
        ("ModuleNotFoundError: No module named 'helper'", {"lib/helper.py": b""}, "crashed"),
        ("ModuleNotFoundError: No module named 'lib'", {"lib/helper.py": b""}, "crashed"),
        ("ImportError: cannot import name 'x' from 'socket'", {}, "crashed"),
    ],
)
def test_a_missing_package_is_named(error: str, files: dict[str, bytes], reason: str) -> None:
    world = starting()
    world.stage.files = files
    world.starts("server")
    world.crashes("server", error)
    world.settles()
    assert world.outcome == reason
    assert ("the package numpy" in world.verdict.message) == (reason == "missing_package")


def test_the_port_is_known_to_texts() -> None:
    world = starting("curl runs: [curl, 'http://127.0.0.1:${port}/']")
    world.starts("server", 8080)
    world.settles()
    assert world.given(p.Spawn)[1].argv == ["curl", "http://127.0.0.1:8080/"]


@pytest.mark.parametrize(
    ("host", "to"), [("127.0.0.1", "127.0.0.1"), ("127.0.1.1", "127.0.1.1"), ("::1", "::1")]
)
def test_a_server_for_this_machine_only_is_reached_and_told_so(host: str, to: str) -> None:
    world = starting(CONNECT)
    world.starts("server", PORT, host=host)
    assert world.given(p.Connect) == [p.Connect("alice", to, PORT)]
    assert world.notes == [f"listens on {host} only: unreachable from another machine"]


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_server_for_everybody(host: str) -> None:
    world = starting(CONNECT)
    world.starts("server", PORT, host=host)
    assert world.given(p.Connect) == [p.Connect("alice", "127.0.0.1", PORT)]
    assert world.notes == []


def test_a_server_for_this_machine_only_where_the_assignment_wants_just_that() -> None:
    world = starting(CONNECT, loopback=True)
    world.starts("server", PORT, host="127.0.0.1")
    assert world.outcome == "passes"
    assert world.notes == []


def test_even_there_another_address_of_this_machine_is_noted() -> None:
    world = starting(CONNECT, loopback=True)
    world.starts("server", PORT, host="127.0.0.9")
    assert world.outcome == "passes"
    assert world.notes == ["listens on 127.0.0.9 only: unreachable at 127.0.0.1"]


def test_one_socket_for_everybody_is_enough() -> None:
    world = starting()
    world.starts("server")
    world.binds("server", 5005, host="127.0.0.1")
    world.binds("server", 5005)
    world.settles()
    assert world.notes == ["listens on port 5005, not 1060"]


# ----------------------------------------------------------------- servers that do not get there


def test_a_server_that_listens_nowhere_is_told_where_it_stands() -> None:
    world = starting()
    world.starts("server")
    world.prints("server", b"Port? ")
    world.settles(READING)
    assert world.outcome == "not_listening"
    assert "reading the keyboard" in world.verdict.message


def test_a_server_that_crashes_before_it_listens() -> None:
    world = starting()
    world.starts("server")
    world.crashes("server", "OSError: [Errno 98] Address already in use")
    world.settles()
    assert world.outcome == "crashed"
    assert "Address already in use" in world.verdict.message


def test_a_server_that_ends_before_it_listens_and_what_it_said_last() -> None:
    world = starting()
    world.starts("server")
    world.prints("server", b"accept: Invalid argument\n", "err")
    world.exits("server", 1)
    world.settles()
    assert world.outcome == "exited_early"
    assert "exited with status 1 (accept: Invalid argument)" in world.verdict.message


def test_a_server_that_is_slow_to_start_has_all_its_time() -> None:
    world = starting()
    world.starts("server")
    world.time_passes(9)
    world.binds("server")
    assert world.outcome == "passes"


# ---------------------------------------------------------------------------- clients, arguments


def test_a_client_is_ready_as_soon_as_it_runs_even_if_it_is_gone_before_we_look() -> None:
    world = World("client starts", "client prints: bye", by_hand="client")
    world.starts("client")
    world.prints("client", b"bye\n")
    world.exits("client")
    assert world.outcome == "passes"


def test_arguments_are_filled() -> None:
    world = World("client starts: [127.0.0.1, 1060, 'hello ${word}']")
    (spawn,) = world.given(p.Spawn)
    assert spawn.argv == ["./client", "127.0.0.1", "1060", f"hello {world.word().decode()}"]


def test_arguments_need_not_be_text() -> None:
    world = World('client starts: [{hex: "ff 41"}]')
    assert world.given(p.Spawn)[0].argv == ["./client", "\udcffA"]


# --------------------------------------------------------------------------------- the keyboard


def test_what_is_typed_ends_with_enter_unless_told_otherwise() -> None:
    world = World(
        "client starts",
        "client types: hi ${word}",
        "client types: {text: y, enter: false}",
        "client closes input",
    )
    word = world.word().decode()
    keys = [p.Type("client", f"hi {word}\n"), p.Type("client", "y"), p.Type("client", "", end=True)]
    assert world.given(p.Type) == keys


def test_typing_to_a_program_that_has_ended_is_no_fault_by_itself() -> None:
    world = World("client starts", "client prints: bye", "client types: hello", "client exits")
    world.prints("client", b"bye")
    world.exits("client")
    assert world.outcome == "passes"


# ------------------------------------------------------------------------------- stopping it


def test_a_program_is_stopped_and_its_end_is_waited_for() -> None:
    world = World(UP, "server stops", "server starts", by_hand="Stop")
    assert world.given(p.Stop) == [p.Stop("server", 15)]
    assert len(world.given(p.Spawn)) == 1
    world.exits("server", signal=15)
    assert len(world.given(p.Spawn)) == 2
    assert world.outcome == "passes"


def test_a_program_that_is_blocked_hears_the_signal_all_the_same() -> None:
    world = World(UP, "server stops", by_hand="Stop")
    world.time_passes(2, blocked("accept"))
    assert world.outcome == "waits"
    assert world.probes == []
    world.exits("server", 143)
    assert world.outcome == "passes"


def test_a_program_that_does_not_heed_the_signal() -> None:
    world = World(UP, "server stops", by_hand="Stop")
    world.time_passes(11)
    assert world.outcome == "still_running"
    assert "SIGTERM" in world.verdict.message


def test_a_program_that_is_gone_already_needs_no_signal() -> None:
    world = World(UP, "server exits", "server stops")
    world.exits("server")
    assert world.given(p.Stop) == []
    assert world.outcome == "passes"


def test_our_signal_is_no_crash() -> None:
    world = World(UP, "server stops", "server exits")
    assert world.outcome == "passes"


# ------------------------------------------------------------------------------ programs of ours


def test_a_reference_server_is_ready_when_it_listens() -> None:
    world = World(PARTNER, "client starts")
    assert len(world.given(p.Spawn)) == 1
    world.binds("partner")
    assert world.outcome == "passes"
    assert world.given(p.Spawn)[0].argv == [
        "python3",
        "{reference}/chat/python/chat_server.py",
        "1060",
    ]


def test_a_client_that_was_met_at_another_port_is_served_there() -> None:
    world = World("host listens: tcp/1060", "client starts", "host accepts", hints=(5005,))
    world.comes(port=5005)
    assert world.stage.client_port == 5005
    later = World(
        PARTNER,
        "client starts",
        client_port=5005,
    )
    later.binds("partner", 5005)
    assert later.outcome == "passes"
    assert later.given(p.Spawn)[0].argv[-1] == "5005"


def test_a_command_of_ours_is_under_way_when_it_has_started() -> None:
    world = World(UP, "curl runs: [curl, -s, URL]")
    assert world.given(p.Spawn)[1] == p.Spawn("curl", ["curl", "-s", "URL"], terminal=False)
    assert world.outcome == "passes"


def test_a_tool_that_is_not_installed_costs_nobody_anything() -> None:
    world = World(UP, "curl runs: [curl]", by_hand="curl")
    world.happens(p.CouldNot("curl", "spawn", "ENOENT"))
    assert world.outcome == "no_tool"
    assert "curl is not installed here" in world.verdict.message


def test_what_of_ours_does_not_run_is_our_fault() -> None:
    world = World(UP, "curl runs: [curl]", by_hand="curl")
    world.happens(p.CouldNot("curl", "spawn", "EACCES"))
    assert world.outcome == "our_side_failed"
    world = World(PARTNER, "client starts")
    world.crashes("partner", "OSError: busy")
    assert world.outcome == "our_side_failed"
    assert "OSError: busy" in world.verdict.message
    world = World(PARTNER, "client starts")
    world.settles(ours=[blocked("sleep", actor="partner")])
    assert world.outcome == "our_side_failed"


def test_beside_both_the_student_s_server_is_the_one_that_is_served() -> None:
    world = World(
        PARTNER.replace("1060", "2000"),
        "server starts",
        CONNECT,
        by_hand="partner",
    )
    world.starts("partner", 2000)
    assert world.given(p.Connect) == [p.Connect("alice", "127.0.0.1", PORT)]
