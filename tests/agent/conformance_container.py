"""What an agent in a container does beside the rest: limits that only a container has.

A suite over an `agent` fixture; `disk` is the size of its work directory.
"""

from __future__ import annotations

import signal

import pytest

from grader.agent.protocol import (
    Bound,
    Exited,
    LimitHit,
    Printed,
    Probe,
    Probed,
    Unpack,
    Unpacked,
)
from tests.agent import trials
from tests.agent.client import Client

GLUTTON = "x = []\nwhile True: x.append(bytearray(b'x' * 10_000_000))"


class ContainerConformance:
    """Memory, processes, disk; and that the verdicts hold in there."""

    disk = 64  # MiB

    def test_too_much_memory(self, agent: Client) -> None:
        agent.python("p", GLUTTON)
        agent.wait(Exited, actor="p", signal=signal.SIGKILL)
        assert agent.events.index(agent.wait(LimitHit, actor="p", what="memory")) < (
            agent.events.index(agent.wait(Exited))
        )
        agent.settle()

    def test_too_much_memory_in_a_child(self, agent: Client) -> None:
        source = "\n    ".join(["if os.fork() == 0:", *GLUTTON.splitlines()])
        source = source.replace("while True: ", "while True:\n        ")
        agent.python("p", f"import os, time\n{source}\nos.wait(); print('alone'); time.sleep(9)")
        agent.wait(LimitHit, actor="p", what="memory")
        agent.wait_for_text(Printed, "p", "alone")

    def test_too_many_processes(self, agent: Client) -> None:
        agent.python(
            "p",
            "import os, time\n"
            "try:\n"
            "    while True:\n"
            "        if os.fork() == 0: time.sleep(20); os._exit(0)\n"
            "except OSError as exc: print(type(exc).__name__); time.sleep(9)",
        )
        agent.wait(LimitHit, actor="p", what="processes")
        agent.wait_for_text(Printed, "p", "BlockingIOError")

    def test_a_fork_bomb(self, agent: Client) -> None:
        agent.python("p", "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass")
        agent.wait(LimitHit, actor="p", what="processes")
        agent.reset()
        agent.ask(Probe(1), Probed, stuck=True, threads=[])

    def test_a_full_disk(self, agent: Client) -> None:
        source = "for n in range(999): open(str(n), 'wb').write(b'x' * 5_000_000)"
        agent.python("p", source)
        agent.wait(LimitHit, actor="p", what="disk")
        agent.wait(Exited, actor="p", status=1)
        agent.reset()
        agent.unpack()
        files = {str(n): "x" * (1 << 20) for n in range(self.disk + 1)}
        agent.ask(Unpack(files), Unpacked, error="ENOSPC")
        agent.ask(Unpack({"small": "x"}), Unpacked, error="", count=1)

    def test_a_reset_cleans_what_is_shared(self, agent: Client) -> None:
        agent.python("p", "for d in ('/tmp', '/dev/shm'): open(d + '/left', 'w').write('x')")
        agent.wait(Exited, actor="p", status=0)
        agent.reset()
        agent.python("p", "import os; print(os.listdir('/tmp'), os.listdir('/dev/shm'))")
        agent.wait_for_text(Printed, "p", "[] []")

    @pytest.mark.parametrize("name", ["sleeps", "has a kernel time-out", "runs asyncio"])
    def test_verdicts_hold(self, agent: Client, name: str) -> None:
        chosen = [one for one in trials.python_trials(agent.interpreter) if one.name == name]
        trials.run(agent, chosen[0])

    def test_a_low_port(self, agent: Client) -> None:
        agent.python("p", "import socket, time; s = socket.create_server(('', 80)); time.sleep(9)")
        agent.wait(Bound, actor="p", port=80)
