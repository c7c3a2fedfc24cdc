"""What one check costs beyond the time the student's program needs to get ready."""

from __future__ import annotations

import time
from pathlib import Path

from grader.agent import protocol as p
from grader.agent.wire import text
from grader.core.model import Job, Limits, Submission
from grader.core.stage import Launch
from grader.loading import load_spec
from grader.run.play import play
from grader.testbed.bench import Bench

ROOT = Path(__file__).parents[1]
ROUNDS = 5
# Checks in which nothing is waited for but the server's own start and its replies.
CHECKS = ("echoes", "mixed_text", "closes", "next_clients", "long_message")


def check_overheads(bench: Bench, limits: Limits) -> list[float]:
    """Play checks with the model solution; return the seconds each took beyond the start."""
    spec = load_spec(ROOT / "specs/tcp_echo.yml")
    source = (ROOT / "reference_impl/tcp_echo/python/tcp_echo_server.py").read_bytes()
    source = source.replace(b"MORE_MAY_FOLLOW = 0.1", b"MORE_MAY_FOLLOW = 0.0001")
    agent = bench.sandbox("python", limits)
    for command in (p.Unpack({"server.py": text(source)}), p.Snapshot()):
        bench.send(agent, command)
        bench.wait(agent, lambda event: isinstance(event, p.Unpacked), 10, "unpacking")
    launches = {"server": Launch(("python3", "server.py"))}
    job = Job(spec, Submission("tcp_echo", "bench", {}), limits)
    found = []
    for _ in range(ROUNDS):
        for check in spec.checks:
            if check.id not in CHECKS:
                continue
            begun = time.monotonic()
            played = play(bench, job, check, launches, {"server": agent})
            seconds = time.monotonic() - begun
            assert played.verdict is None, played.verdict
            ready = next(one.at for one in played.stage.transcript if one.what == "listens")
            found.append(seconds - ready)
    return found
