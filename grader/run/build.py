"""Compiling a submission in its sandbox: attempts in order until one succeeds."""

from __future__ import annotations

import time

import msgspec

from grader.agent import protocol as p
from grader.agent.wire import raw
from grader.core.languages import Attempt, BuildReport, Found, read_build_output
from grader.core.model import Job
from grader.testbed.bench import Bench

OUTPUT_LIMIT = 256 * 1024


class Built(msgspec.Struct, frozen=True):
    """What came of building one program."""

    ok: bool
    shown: str = ""  # commands and what the compiler said, for people
    report: BuildReport = BuildReport()
    notes: tuple[str, ...] = ()
    limit: str = ""  # a limit that ended the compiler
    failed: str = ""  # the command that failed, as a student would type it


def build(bench: Bench, agent: str, found: Found, job: Job) -> Built:
    """Try the attempts; raises `BenchError` on our own faults.

    When all fail, the one that tells most is shown: a guess's errors would only mislead.
    """
    built: list[Built] = []
    for attempt in found.attempts:
        built.append(_attempt(bench, agent, found, attempt, job))
        if built[-1].ok:
            return built[-1]
    return built[found.telling] if built else Built(ok=True, notes=found.notes)


def _attempt(bench: Bench, agent: str, found: Found, attempt: Attempt, job: Job) -> Built:
    """Run the commands of one attempt until one fails."""
    told: list[str] = []
    output, ok, limit, failed = b"", True, "", ""
    for step in attempt.steps:
        code, text, limit = _run(bench, agent, step.argv, step.cwd, job)
        output += text
        if step.shown:
            told.append(f"$ {step.shown}")
        if text.strip():
            told.append(text.decode("utf-8", "replace").rstrip())
        if code != 0:
            ok, failed = False, step.shown or attempt.name
            break
    report = read_build_output(found.language, attempt, output, job.submission.files)
    notes = (*found.notes, attempt.note) if ok and attempt.note else found.notes
    return Built(ok, "\n".join(told), report, notes, limit, failed)


def _run(
    bench: Bench, agent: str, argv: tuple[str, ...], cwd: str, job: Job
) -> tuple[int, bytes, str]:
    """Run one command to its end; a compiler that never ends is stopped."""
    spawn = p.Spawn("build", list(argv), cwd=cwd, terminal=False, output_limit=OUTPUT_LIMIT)
    bench.send(agent, spawn)
    output, limit = bytearray(), ""
    end = time.monotonic() + job.limits.build_seconds
    stopped = False
    while True:
        left = end - time.monotonic()
        if left <= 0 and not stopped:
            bench.send(agent, p.Stop("build", 9))
            limit, stopped, end = "time", True, time.monotonic() + 10
        item = bench.next(max(0.05, left))
        if item is None or item[0] != agent:
            continue
        event = item[1]
        if isinstance(event, p.Printed) and event.actor == "build":
            output += raw(event.data)
        elif isinstance(event, p.LimitHit):
            limit = limit or event.what
        elif isinstance(event, p.CouldNot) and event.what == "spawn":
            return 127, f"{argv[0]}: {event.error}".encode(), limit
        elif isinstance(event, p.Exited) and event.actor == "build":
            return (1 if event.status is None else event.status), bytes(output), limit
