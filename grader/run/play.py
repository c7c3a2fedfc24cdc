"""Playing one check on a bench: the loop between the script machine and the agents."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from typing import Any

import msgspec

from grader.agent import protocol as p
from grader.agent.wire import text
from grader.core.model import Check, Job, Place, Spec
from grader.core.outcome import Verdict
from grader.core.script import Script
from grader.core.stage import Launch, Stage
from grader.core.values import FILLED, Values
from grader.testbed.bench import Bench


class Played(msgspec.Struct, frozen=True):
    """What came of one run: no verdict means that it passed."""

    verdict: Verdict | None
    stage: Any  # the Stage as it was at the end
    place: Place | None = None  # where the program stood


def play(
    bench: Bench,
    job: Job,
    check: Check,
    launches: Mapping[str, Launch],
    agents: Mapping[str, str],
    *,
    case: Mapping[str, Any] | None = None,
    client_port: int = 0,
    addresses: frozenset[str] = frozenset(),
    seed: str = "",
) -> Played:
    """Run a check once, from a clean state; raises `BenchError` on our own faults."""
    bench.reset()
    values = make_values(job.spec, check, case or {}, seed or os.urandom(8).hex())
    _place_fixtures(bench, check, values, launches, agents)
    stage = Stage(job.spec, check, dict(launches), values, time.monotonic())
    stage.limits, stage.browser = job.limits, bench.browser
    stage.files, stage.client_port = job.submission.files, client_port
    stage.addresses = addresses
    script = Script(stage, check, agents, job.limits.check_seconds)
    commands = script.start(time.monotonic())
    while True:
        for item in commands:
            bench.send(item.agent, item.command)
        if script.finished:
            return Played(script.verdict, stage, script.place)
        event = bench.next(script.wake_at - time.monotonic())
        now = time.monotonic()
        commands = script.feed(*event, now) if event else script.tick(now)


def examine(job: Job, check: Check) -> Played:
    """Run a check that only reads the student's files: it needs no bench."""
    stage = Stage(job.spec, check, {}, Values(""), 0.0)
    stage.files = job.submission.files
    for step in check.steps:
        answer = step.action.judge(stage, step.actor)
        if isinstance(answer, Verdict):
            return Played(answer, stage)
    return Played(None, stage)


def make_values(spec: Spec, check: Check, case: Mapping[str, Any], seed: str) -> Values:
    """Define what the check's texts may name."""
    values = Values(seed)
    for name, content in spec.fixtures.items():
        values.add_file(name, content, holes=name.endswith(FILLED))
    for name, value in {**check.let, **case}.items():
        values.define(name, value)
    return values


def _place_fixtures(
    bench: Bench,
    check: Check,
    values: Values,
    launches: Mapping[str, Launch],
    agents: Mapping[str, str],
) -> None:
    """Put the check's files beside the student's programs."""
    if not check.files:
        return
    for name, launch in launches.items():
        folder = "" if launch.cwd in {"", "."} else f"{launch.cwd}/"
        files = {f"{folder}{item}": text(values.make({"file": item})) for item in check.files}
        bench.send(agents[name], p.Unpack(files, keep=True))
        bench.wait(agents[name], lambda event: isinstance(event, p.Unpacked), 30, "unpacking")
