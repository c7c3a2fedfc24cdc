"""`make bench`: three questions about speed, answered as a Markdown table.

(a) How long does the sample class take, against the same engine merely starting and removing
    as many empty containers with as many workers? Aim: at most 3 times.
(b) What does a check cost beyond the student program's own start? Aim: at most 30 ms.
(c) Does a submission cost the same in a class of 10, 100 and 1,000, in time and in memory?

All traffic stays on the loopback of containers. `--quick` leaves out the class of 1,000.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from docker import DockerClient

from benchmarks.overhead import check_overheads
from grader.core.model import Limits
from grader.testbed.docker import DockerBench
from grader.testbed.engine import connect
from grader.testbed.images import ensure_images

ROOT = Path(__file__).parents[1]
WORKERS = os.cpu_count() or 1

TINY_SPEC = """\
assignment: tiny
title: Answers once
programs:
  server: {entry: ["*server*"], listens: tcp/12000}
checks:
  - id: echoes
    title: Replies in upper case
    points: 100
    hint: Upper-case it.
    steps:
      - server starts
      - alice connects
      - alice sends: hello ${word}
      - alice expects: HELLO ${upper:word}
"""


def grade(*arguments: str | Path) -> tuple[float, int]:
    """Run the command; return its seconds, and its peak memory in KiB."""
    command = [sys.executable, "-m", "grader.cli", *map(str, arguments)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    begun = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - begun
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return seconds, max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


@contextmanager
def folder() -> Iterator[Path]:
    """Make a folder for one measurement."""
    path = Path(tempfile.mkdtemp(prefix="grader-bench-"))
    try:
        yield path
    finally:
        shutil.rmtree(path)


def empty_containers(client: DockerClient, image: str, count: int) -> float:
    """Start and remove containers that do nothing; return the seconds it takes."""

    def one(_: int) -> None:
        container = client.api.create_container(
            image,
            entrypoint=["sleep", "60"],
            host_config=client.api.create_host_config(network_mode="none"),
        )["Id"]
        client.api.start(container)
        client.api.remove_container(container, force=True)

    begun = time.monotonic()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(one, range(count)))
    return time.monotonic() - begun


def class_against_containers(client: DockerClient, image: str) -> str:
    """(a) in one line of the table."""
    with folder() as out:
        seconds, _ = grade("submissions", "-j", str(WORKERS), "--out", out)
        count = len(list(out.glob("results/*/*.json")))
        checks = sum(
            len(json.loads(path.read_text())["checks"]) for path in out.glob("results/*/*.json")
        )
    base = empty_containers(client, image, count)
    return (
        f"| sample class: {count} submissions, {checks} checks, {WORKERS} workers | "
        f"{seconds:.1f} s | {base:.1f} s for {count} empty containers | {seconds / base:.1f} × |"
    )


def overhead(client: DockerClient) -> str:
    """(b) in one line of the table."""
    limits = Limits()
    bench = DockerBench(client, ensure_images(client, ["python", "sidecar"]), limits)
    try:
        found = check_overheads(bench, limits)
    finally:
        bench.close()
    median = statistics.median(found) * 1000
    return (
        f"| a check beyond the program's own start | median {median:.0f} ms | "
        f"{len(found)} checks, slowest {max(found) * 1000:.0f} ms | |"
    )


def growth(sizes: list[int]) -> Iterator[str]:
    """(c), a line for each size."""
    server = (ROOT / "reference_impl/tcp_echo/python/tcp_echo_server.py").read_text()
    first = 0.0
    for size in sizes:
        with folder() as course:
            (course / "specs").mkdir()
            (course / "specs/tiny.yml").write_text(TINY_SPEC)
            (course / "grade.yml").write_text("title: bench\n")
            for number in range(size):
                student = course / "submissions" / "tiny" / f"student{number:04}"
                student.mkdir(parents=True)
                (student / "server.py").write_text(f"# {number}\n{server}")
            tree, config, out = course / "submissions", course / "grade.yml", course / "out"
            seconds, memory = grade(tree, "--config", config, "--out", out)
            each = seconds / size
            first = first or each
            yield (
                f"| class of {size} | {each * 1000:.0f} ms a submission | "
                f"{memory / 1024:.0f} MiB at most | {each / first:.2f} × |"
            )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without the class of 1,000")
    quick = parser.parse_args().quick
    client = connect()
    tags = ensure_images(client, ["python", "c", "java", "sidecar"], print)
    print("| what | measured | against | ratio |\n|---|---|---|---|")
    print(class_against_containers(client, tags["python"]), flush=True)
    print(overhead(client), flush=True)
    for line in growth([10, 100] if quick else [10, 100, 1000]):
        print(line, flush=True)


if __name__ == "__main__":
    main()
