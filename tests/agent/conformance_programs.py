"""What every agent does with programs, whatever it runs in: a suite over an `agent` fixture."""

from __future__ import annotations

import signal
import time

import pytest

from grader.agent.protocol import (
    Bound,
    CouldNot,
    CountZombies,
    Exited,
    Failed,
    LimitHit,
    Printed,
    Probe,
    Probed,
    Spawn,
    Started,
    Stop,
    Type,
    Unbound,
    Zombies,
)
from grader.agent.tables import HAS_TABLES
from tests.agent.client import Client

HOPPERS = """
import os, time
end = time.monotonic() + 20
for _ in range(8):
    if os.fork() == 0:
        while time.monotonic() < end:
            if os.fork():
                os._exit(0)
        os._exit(0)
print("hopping", flush=True)
time.sleep(20)
"""

BREEDER = """
import os, sys
for line in sys.stdin:
    what = line.strip()
    if what == "fork" and os.fork() == 0:
        os._exit(0)
    if what == "reap":
        os.wait()
    if what == "twice":
        if os.fork() == 0:
            if os.fork() == 0:
                os._exit(0)
            os._exit(0)
        os.wait()
"""
# A process whose first thread has ended is shown as a zombie while the others go on.
HEADLESS = """
import ctypes, os, threading, time
if os.fork() == 0:
    threading.Thread(target=time.sleep, args=(20,)).start()
    ctypes.CDLL(None).pthread_exit(None)
print("there", flush=True)
time.sleep(20)
"""


def out(agent: Client, actor: str = "p") -> str:
    return agent.text(Printed, actor, stream="out")


class ProgramsConformance:
    """Starting, typing, printing, ending; hostile programs too."""

    def test_a_program_from_start_to_end(self, agent: Client) -> None:
        agent.python("p", "import sys; print('out'); sys.stderr.write('err'); sys.exit(3)")
        agent.wait(Exited, actor="p", status=3, signal=None)
        assert out(agent) == "out\n"
        assert agent.text(Printed, "p", stream="err") == "err"
        assert isinstance(agent.events[0], Started)
        assert isinstance(agent.events[-1], Exited)

    def test_all_that_was_printed_comes_before_the_end(self, agent: Client) -> None:
        agent.python("p", "print('x' * 300000 + 'END', flush=True)\nimport os; os._exit(0)")
        agent.wait(Exited, actor="p")
        assert len(out(agent)) == 300004

    def test_it_believes_it_sits_in_a_terminal(self, agent: Client) -> None:
        agent.python(
            "p",
            "import os, sys\n"
            "print(*(os.isatty(n) for n in range(3)), *os.get_terminal_size())\n"
            "print(input() + '!')\n"
            "print(repr(sys.stdin.read()))",
        )
        agent.send(Type("p", "hel"), Type("p", "lo\nrest", end=True))
        agent.wait(Exited, actor="p", status=0)
        assert out(agent) == "True True False 80 24\nhello!\n'rest'\n"

    def test_without_a_terminal_there_is_nothing_to_read(self, agent: Client) -> None:
        agent.python(
            "p", "import os, sys; print(os.isatty(1), repr(sys.stdin.read()))", terminal=False
        )
        agent.wait(Exited, actor="p", status=0)
        assert out(agent) == "False ''\n"
        agent.ask(Type("p", "x"), Failed)

    def test_every_byte_can_be_typed(self, agent: Client) -> None:
        agent.python("p", "import sys; print(sys.stdin.buffer.read(260))")
        everything = "".join(map(chr, range(256)))
        agent.send(Type("p", everything + "\r\n"), Type("p", "", end=True))
        agent.wait(Exited, actor="p", status=0)
        assert out(agent).strip() == repr((everything + "\r\n").encode("latin-1"))

    def test_a_line_longer_than_a_terminal_takes(self, agent: Client) -> None:
        agent.python("p", "print(len(input()), len(input()))")
        agent.send(Type("p", "x" * 10000 + "\n" + "y" * 4096 + "\n"))
        agent.wait(Exited, actor="p", status=0)
        assert out(agent) == "10000 4096\n"

    def test_typing_to_who_does_not_read(self, agent: Client) -> None:
        agent.python("p", "import sys, time; time.sleep(1.5); print(len(sys.stdin.read()))")
        began = time.monotonic()
        agent.send(Type("p", "line\n" * 40000, end=True))
        agent.settle()
        assert time.monotonic() - began < 1.2
        agent.wait(Exited, actor="p", status=0)
        assert out(agent) == "200000\n"

    @pytest.mark.parametrize(
        ("argv", "error"), [(["no such program"], "ENOENT"), (["./p.py"], "EACCES")]
    )
    def test_what_cannot_be_started(self, agent: Client, argv: list[str], error: str) -> None:
        agent.unpack(p_py="")
        told = agent.ask(Spawn("p", argv), CouldNot)
        assert (told.actor, told.what, told.error) == ("p", "spawn", error)
        agent.settle()
        assert not agent.all(Exited)

    def test_its_surroundings_are_clean(self, agent: Client) -> None:
        agent.python(
            "p",
            "import os, signal, resource\n"
            "print(sorted(os.environ))\n"
            "print(os.listdir('/proc/self/fd'), os.umask(0), os.getcwd() == os.environ['HOME'])\n"
            "print(signal.pthread_sigmask(signal.SIG_BLOCK, []), os.getsid(0) == os.getpid())\n"
            "print(resource.getrlimit(resource.RLIMIT_NOFILE))\n"
            "print(open('/proc/self/status').read().partition('SigIgn:')[2].split()[0])",
            env={"EXTRA": "1"},
        )
        agent.wait(Exited, actor="p", status=0)
        names, fds, mask, limit, ignored = out(agent).splitlines()
        assert set(eval(names)) <= {  # noqa: S307 - our own program printed it
            "ASAN_OPTIONS", "EXTRA", "GRADER_ACTOR", "HOME", "LANG", "LC_ALL", "LOGNAME",
            "LSAN_OPTIONS", "PATH",
            "PYTHONDONTWRITEBYTECODE", "PYTHONFAULTHANDLER", "TERM", "USER",
        }  # fmt: skip
        assert fds == "['0', '1', '2', '3'] 18 True"
        assert mask == "set() True"
        assert limit == "(256, 256)"
        # Python itself ignores SIGPIPE and SIGXFSZ; 32 and 33 are the C library's, out of reach.
        harmless = sum(1 << (number - 1) for number in (13, 25, 32, 33))
        assert int(ignored, 16) & ~harmless == 0

    def test_it_may_write_to_its_own_devices(self, agent: Client) -> None:
        agent.python("p", "[open(f'/dev/std{n}', 'w').write(n) for n in ('out', 'err')]")
        agent.wait(Exited, actor="p", status=0)
        assert out(agent) + agent.text(Printed, "p", stream="err") == "outerr"

    def test_signals_reach_the_whole_group(self, agent: Client) -> None:
        agent.python("p", "import subprocess\nsubprocess.run(['sleep', '60'])\nprint('no')")
        agent.settle()
        agent.send(Stop("p", signal.SIGTERM))
        agent.wait(Exited, actor="p", status=None, signal=signal.SIGTERM)
        agent.ask(Stop("nobody", signal.SIGTERM), Failed)

    def test_one_program_at_a_time_for_each_actor(self, agent: Client) -> None:
        agent.python("p", "input(); print('first')")
        agent.ask(Spawn("p", ["true"]), Failed)
        agent.send(Type("p", "\n"))
        agent.wait(Exited, actor="p")
        agent.python("p", "print('second')")
        agent.wait(Exited, actor="p")
        assert out(agent) == "second\n"

    def test_one_that_ignores_sigterm(self, agent: Client) -> None:
        agent.python("p", "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf')\n"
                          "while True: time.sleep(1)")  # fmt: skip
        agent.wait_for_text(Printed, "p", "deaf")
        agent.send(Stop("p", signal.SIGTERM))
        agent.settle()
        assert not agent.all(Exited)
        agent.reset()

    def test_one_that_prints_for_ever(self, agent: Client) -> None:
        agent.python("p", "while True: print('y' * 1000)", output_limit=100_000)
        agent.wait(Exited, actor="p", signal=signal.SIGKILL)
        assert [event.what for event in agent.all(LimitHit)] == ["output"]
        assert len(out(agent)) == 100_000
        assert isinstance(agent.events[-2], LimitHit)

    def test_a_flood_delays_nobody(self, agent: Client) -> None:
        agent.python("p", "while True: print('y' * 1000)", output_limit=20_000_000)
        began = time.monotonic()
        agent.python("q", "print('here')")
        agent.wait_for_text(Printed, "q", "here")
        assert time.monotonic() - began < 3
        agent.reset()

    def test_one_that_closes_its_stdout(self, agent: Client) -> None:
        agent.python("p", "import os, time; [os.close(n) for n in range(3)]; time.sleep(0.2)")
        agent.wait(Exited, actor="p", status=0)

    def test_a_child_that_holds_the_terminal(self, agent: Client) -> None:
        agent.python(
            "p",
            "import os, time\nprint('parent', flush=True)\n"
            "if os.fork() == 0:\n    time.sleep(0.3); print('child'); time.sleep(60)",
        )
        ended = agent.wait(Exited, actor="p", status=0)
        agent.wait_for_text(Printed, "p", "child")
        assert ended.at < agent.all(Printed)[-1].at
        agent.reset()

    def test_a_daemon_is_still_its_actors(self, agent: Client) -> None:
        agent.python(
            "p",
            "import os, socket, time\n"
            "if os.fork(): os._exit(0)\n"
            "os.setsid()\n"
            "if os.fork(): os._exit(0)\n"
            "s = socket.create_server(('', 12000)); time.sleep(60)",
        )
        agent.wait(Exited, actor="p")
        agent.wait(Bound, actor="p", port=12000)
        agent.reset()
        agent.ask(Probe(1), Probed, stuck=True, threads=[])

    def test_processes_that_hop(self, agent: Client) -> None:
        agent.python("p", HOPPERS)
        agent.wait_for_text(Printed, "p", "hopping")
        agent.reset()
        agent.ask(Probe(1), Probed, stuck=True, threads=[])

    def test_one_that_kills_its_parent(self, agent: Client) -> None:
        if not agent.ready.isolated:
            pytest.skip("nothing protects an agent that shares user and processes with programs")
        agent.python("p", "import os, signal\n"
                          "for pid in (os.getppid(), 1, -1):\n"
                          "    try: os.kill(pid, signal.SIGKILL)\n"
                          "    except OSError as exc: print(type(exc).__name__)")  # fmt: skip
        agent.wait(Exited, actor="p")
        agent.settle()

    def test_ports_are_seen(self, agent: Client) -> None:
        agent.python(
            "p",
            "import socket, time\n"
            "a = socket.create_server(('127.0.0.1', 12001))\n"
            "b = socket.create_server(('::', 12002), family=socket.AF_INET6, dualstack_ipv6=True)\n"
            "c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); c.bind(('', 12003))\n"
            "input(); a.close(); input()",
        )
        agent.wait(Bound, actor="p", transport="tcp", host="127.0.0.1", port=12001)
        agent.wait(Bound, actor="p", transport="tcp", host="::", port=12002)
        agent.wait(Bound, actor="p", transport="udp", host="0.0.0.0", port=12003)
        agent.send(Type("p", "\n"))
        agent.wait(Unbound, actor="p", transport="tcp", host="127.0.0.1", port=12001)
        assert not agent.all(Exited)

    def test_a_bind_is_seen_at_once(self, agent: Client) -> None:
        agent.python("p", "import socket, time\ns = socket.create_server(('', 12000))\n"
                          "print(time.monotonic()); time.sleep(9)")  # fmt: skip
        bound = agent.wait(Bound, port=12000)
        agent.wait(Printed, actor="p")
        assert bound.at - float(out(agent)) < 0.5

    def test_three_hundred_ports(self, agent: Client) -> None:
        agent.python(
            "p",
            "import socket, time\nkept = []\n"
            "try:\n"
            "    for port in range(12000, 12300): kept.append(socket.create_server(('', port)))\n"
            "except OSError as exc: print(exc)\n"
            "time.sleep(9)",
        )
        agent.wait(LimitHit, actor="p", what="files")
        agent.settle()
        assert 200 < len(agent.all(Bound)) < 256

    def test_a_file_too_large(self, agent: Client) -> None:
        source = "f = open('big', 'wb')\nwhile True: f.write(b'x' * 65536)"
        agent.python("p", source)
        agent.wait(Exited, actor="p", status=1)
        agent.wait(LimitHit, actor="p", what="file_size")

    @pytest.mark.skipif(not HAS_TABLES, reason="zombies are counted in /proc")
    def test_children_nobody_waited_for_are_counted(self, agent: Client) -> None:
        agent.python("p", BREEDER)
        agent.ask(CountZombies("p"), Zombies, actor="p", count=0)
        agent.send(Type("p", "fork\nfork\nfork\n"))
        agent.wait(Zombies, actor="p", count=3)
        agent.send(Type("p", "reap\nreap\n"))
        agent.wait(Zombies, actor="p", count=1)
        agent.forget()
        agent.send(Type("p", "twice\ntwice\nreap\n"))  # orphans are ours to collect
        agent.wait(Zombies, actor="p", count=0)
        assert max(event.count for event in agent.all(Zombies)) <= 2  # just before the wait()

    @pytest.mark.skipif(not HAS_TABLES, reason="zombies are counted in /proc")
    def test_their_number_is_told_before_a_standstill(self, agent: Client) -> None:
        agent.python("p", BREEDER)
        agent.ask(CountZombies("p"), Zombies, actor="p", count=0)
        for token in range(5):
            agent.forget()
            agent.send(Type("p", "fork\n"), Probe(token))
            while not agent.wait(Probed, token=token).stuck:
                agent.events = agent.all(Zombies)
                agent.send(Probe(token))
            kinds = [type(event) for event in agent.events]
            assert kinds.index(Zombies) < kinds.index(Probed)

    @pytest.mark.skipif(not HAS_TABLES, reason="zombies are counted in /proc")
    def test_a_process_without_its_first_thread_is_no_zombie(self, agent: Client) -> None:
        agent.python("p", HEADLESS)
        agent.wait_for_text(Printed, "p", "there")
        agent.ask(CountZombies("p"), Zombies, actor="p")
        time.sleep(0.3)
        agent.settle()
        assert {event.count for event in agent.all(Zombies)} == {0}

    def test_a_flood_of_short_lines_comes_in_long_pieces(self, agent: Client) -> None:
        agent.python("p", "while True: print('Client>', flush=True)", output_limit=1 << 19)
        agent.wait(LimitHit, actor="p", what="output", patience=60)
        agent.wait(Exited, actor="p")
        assert len(out(agent)) == 1 << 19
        assert len(agent.all(Printed, actor="p")) < (1 << 19) / 8 / 4  # lines of 8 bytes

    def test_one_that_has_flooded_us_is_still_heard_and_typed_to(self, agent: Client) -> None:
        agent.python("p", "print('x' * 99999)\nwhile True: print(input() + '!')")
        for number in range(20):
            agent.send(Type("p", f"line {number}\n"))
            agent.wait_for_text(Printed, "p", f"line {number}!")
        agent.settle()
        assert out(agent).count("!") == 20
