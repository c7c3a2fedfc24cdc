"""What every agent does with files, with a reset and with its channel: a suite over `agent`."""

from __future__ import annotations

import os
import time

import pytest

from grader.agent.protocol import (
    Bound,
    Clean,
    Connect,
    Connected,
    Data,
    Datagram,
    Exited,
    Failed,
    Listen,
    Listening,
    Ping,
    Pong,
    Printed,
    Probe,
    Probed,
    Reset,
    Send,
    Snapshot,
    Spawn,
    Type,
    Unpack,
    Unpacked,
)
from tests.agent.client import Client

LIST = """
import hashlib, os
for top, folders, files in sorted(os.walk(".")):
    for name in sorted(folders + files):
        path = os.path.join(top, name)
        found = os.lstat(path)
        if os.path.islink(path): what = os.readlink(path)
        elif os.path.isdir(path): what = "dir"
        else: what = open(path, "rb").read().decode("latin-1")
        print(path, oct(found.st_mode & 0o777), what)
"""
WRECK = """
import os, shutil
os.chmod("kept.txt", 0); os.rename("kept.txt", "moved.txt")
open("sub/same-size.txt", "w").write("TWO")
os.utime("sub/same-size.txt", ns=(0, 0))
os.symlink("/etc", "etc"); os.symlink("/etc/passwd", "sub/passwd")
shutil.rmtree("gone"); os.symlink("/etc", "gone")
os.remove("tool"); os.mkdir("tool"); open("tool/x", "w").write("x")
os.mkfifo("fifo"); os.mkdir("shut"); open("shut/x", "w").write("x"); os.chmod("shut", 0)
at = os.open(".", os.O_RDONLY)
for _ in range(3000):
    os.mkdir("deep", dir_fd=at); new = os.open("deep", os.O_RDONLY, dir_fd=at)
    os.close(at); at = new
os.chmod(os.environ["HOME"], 0o500)
print("wrecked")
"""


def listing(agent: Client) -> str:
    agent.ask(Spawn("list", [agent.interpreter, "-c", LIST]), Exited, actor="list", status=0)
    return agent.text(Printed, "list", stream="out")


class HouseConformance:
    """Files, resets, the channel."""

    def test_files_are_put_in_place(self, agent: Client) -> None:
        files = {"a b.txt": "1", "sub/dir/ü.bin": "\x00\xff", "run": "#!/bin/sh\necho ran"}
        files = {name.encode().decode("latin-1"): text for name, text in files.items()}
        files = {"a b.txt": "1", "sub/dir/x.bin": "\x00\xff", "run": "#!/bin/sh\necho ran"}
        agent.ask(Unpack(files, ["run"]), Unpacked, count=3, error="")
        assert listing(agent).splitlines() == [
            "./a b.txt 0o644 1",
            "./run 0o755 #!/bin/sh",
            "echo ran",
            "./sub 0o755 dir",
            "./sub/dir 0o755 dir",
            "./sub/dir/x.bin 0o644 \x00\xc3\xbf",
        ]
        agent.ask(Spawn("p", ["./run"]), Exited, actor="p", status=0)
        agent.ask(Unpack({"new": "2"}, keep=True), Unpacked, count=1)
        assert "./new 0o644 2\n./run" in listing(agent)
        agent.ask(Unpack({"only": "3"}), Unpacked, count=1)
        assert listing(agent) == "./only 0o644 3\n"

    @pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "", "a//b", "a\0b", "."])
    def test_nothing_is_put_elsewhere(self, agent: Client, path: str) -> None:
        agent.ask(Unpack({path: "x"}), Failed)

    def test_a_planted_link_is_not_followed(self, agent: Client) -> None:
        agent.python("p", "import os; os.symlink('/tmp', 'data'); os.symlink('/tmp/y', 'y')")
        agent.wait(Exited)
        agent.ask(Unpack({"data/x": "1", "y": "2"}, keep=True), Unpacked, count=2)
        assert "./data 0o755 dir" in listing(agent)

    def test_a_reset_restores_the_files(self, agent: Client) -> None:
        files = {"kept.txt": "1", "sub/same-size.txt": "one", "gone/x": "x", "tool": "#!x"}
        agent.ask(Unpack(files, ["tool"]), Unpacked)
        agent.ask(Snapshot(), Unpacked, error="")
        before = listing(agent)
        agent.python("p", WRECK)
        agent.wait_for_text(Printed, "p", "wrecked")
        agent.reset()
        assert listing(agent) == before
        agent.unpack(keep=True, fixture_txt="for one check")
        agent.reset()
        assert listing(agent) == before

    def test_a_reset_ends_everything(self, agent: Client) -> None:
        agent.python("p", "import socket, time; s = socket.create_server(('', 12000))\n"
                          "c = [s.accept() for _ in range(2)]; time.sleep(99)")  # fmt: skip
        agent.wait(Bound)
        agent.send(Connect("alice", "127.0.0.1", 12000), Listen("host", "udp", [12001]))
        agent.wait(Connected)
        agent.wait(Listening)
        agent.reset()
        agent.settle()
        assert not agent.all(Exited)
        agent.ask(Listen("alice", "tcp", [12000]), Listening)
        agent.ask(Listen("host", "udp", [12001]), Listening)

    def test_a_port_can_be_bound_again_at_once(self, agent: Client) -> None:
        if not agent.ready.isolated:
            pytest.skip("TIME_WAIT of the machine's own network is not ours to switch off")
        source = """
import socket
s = socket.socket(); s.bind(("", 80)); s.listen()
c, _ = s.accept(); c.sendall(b"bye"); c.close()
print("closed first"); input()
"""
        for _ in range(5):
            agent.python("p", source)
            agent.wait(Bound, port=80)
            agent.send(Connect("alice", "127.0.0.1", 80))
            agent.wait(Data, actor="alice", data="bye")
            agent.wait_for_text(Printed, "p", "closed first")
            agent.reset()

    def test_events_are_stamped_on_one_clock(self, agent: Client) -> None:
        before = time.monotonic()
        agent.send(Ping(1))
        assert before < agent.wait(Pong, token=1).at < time.monotonic()

    def test_a_pong_comes_after_what_came_before(self, agent: Client) -> None:
        agent.ask(Listen("host", "udp", [12000]), Listening)
        agent.python("p", "import socket; u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
                          "print('x' * 3000, flush=True)\n"
                          "u.sendto(b'printed', ('127.0.0.1', 12000)); input()")  # fmt: skip
        agent.wait(Datagram, data="printed")
        agent.settle()
        assert len(agent.text(Printed, "p")) == 3001
        assert isinstance(agent.events[-1], Pong)

    def test_a_bad_line_is_survived(self, agent: Client) -> None:
        assert agent.process.stdin is not None
        os.write(agent.process.stdin.fileno(), b'not json\n{"t":"Nope"}\n{"t":"Ping"}\n')
        agent.settle()
        assert len(agent.all(Failed)) == 3

    def test_a_reader_that_is_slow(self, agent: Client) -> None:
        """Neither side waits for the other for ever when both have much to say."""
        agent.python("p", "print('x' * 15_000_000); input()", output_limit=1 << 24)
        time.sleep(0.3)
        agent.send(*(Ping(n) for n in range(1000, 21_000)))
        agent.wait(Pong, token=20_999)

    def test_many_commands_in_one_breath(self, agent: Client) -> None:
        agent.ask(Listen("host", "tcp", [0]), Listening)
        port = agent.wait(Listening).ports[0]
        names = [f"c{n}" for n in range(100)]
        agent.send(*(Connect(name, "127.0.0.1", port) for name in names))
        agent.send(*(Send(name, [name]) for name in names))
        for name in names:
            agent.wait(Connected, actor=name)
        agent.settle()
        heard = {event.data for event in agent.all(Data)}
        assert heard == set(names)
        agent.send(Reset())
        agent.wait(Clean)

    def test_a_probe_of_nothing(self, agent: Client) -> None:
        agent.ask(Probe(7), Probed, token=7, stuck=True, threads=[])

    def test_typed_and_not_read_is_not_stuck(self, agent: Client) -> None:
        agent.python("p", "input(); import time; time.sleep(0.3); input(); input()")
        agent.send(Type("p", "one\ntwo\n"))
        seen: list[Probed] = []
        deadline = time.monotonic() + 5
        while not seen or not seen[-1].stuck:
            assert time.monotonic() < deadline
            seen.append(agent.ask(Probe(1), Probed))
        assert seen[-1].at - seen[0].at > 0.2
        assert [thread["target"] for thread in seen[-1].threads] == ["terminal"]
