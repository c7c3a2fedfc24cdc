"""A trial of programs that wait in every way there is: is one ever called stuck too early?

Each is a TCP server on port 12000 that answers one request, some time after it came. From its
start to its answer it must never be called stuck; afterwards, when it waits for input that will
not come, it should be. `make trials` is the long version: each 200 times, beside eight processes
that never rest.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

from grader.agent.protocol import (
    Bound,
    Connect,
    Data,
    Probe,
    Probed,
    Send,
    Spawn,
    Started,
    Unpack,
    Unpacked,
)
from tests.agent.agents import FACTORIES, SYSTEM_PYTHON
from tests.agent.waiting_programs import (
    C_HEAD,
    C_TAIL,
    JAVA,
    JAVA_TEMPLATE,
    PYTHON,
    PYTHON_HEAD,
    PYTHON_TAIL,
    PYTHON_WHOLE,
    C,
)

if TYPE_CHECKING:
    from tests.agent.client import Client

PORT = 12000

# They go on polling for ever: nothing proves that they will not act one day.
UNPROVABLE = {"runs socketserver", "Java: has a cached pool"}


class Trial:
    """One program, ready to be started."""

    def __init__(self, name: str, files: dict[str, str], argv: list[str]) -> None:
        self.name = name
        self.files = files
        self.argv = argv


def python_trials(interpreter: str) -> list[Trial]:
    sources = {name: source + PYTHON_TAIL for name, source in PYTHON.items()} | PYTHON_WHOLE
    argv = [interpreter, "-S", "server.py"]
    return [
        Trial(name, {"server.py": PYTHON_HEAD + source}, argv) for name, source in sources.items()
    ]


def c_trials(folder: Path) -> list[Trial]:
    """Compiled here, run there."""
    trials = []
    for name, source in C.items():
        where, target = folder / "server.c", folder / "server"
        where.write_text(C_HEAD + source + C_TAIL)
        subprocess.run(["gcc", "-w", "-pthread", "-o", target, where], check=True)
        trials.append(Trial(name, {"server": target.read_bytes().decode("latin-1")}, ["./server"]))
    return trials


def java_trials(folder: Path) -> list[Trial]:
    """Compiled here, run there."""
    trials = []
    for name, source in JAVA.items():
        here = folder / name.replace(" ", "_").replace(":", "")
        here.mkdir()
        (here / "Server.java").write_text(JAVA_TEMPLATE.replace("%s", source, 1))
        subprocess.run(["javac", "-d", here, here / "Server.java"], check=True)
        files = {path.name: path.read_bytes().decode("latin-1") for path in here.glob("*.class")}
        trials.append(Trial(name, files, ["java", "-Xshare:auto", "Server"]))
    return trials


def run(agent: Client, trial: Trial) -> float:
    """Ask all the time whether it is stuck; fails when that is said before the answer came.

    Returns how many seconds after the answer it was known to be (or not, see above).
    """
    hopeless = trial.name in UNPROVABLE
    executable = list(trial.files) if trial.argv[0] == "./server" else []
    agent.ask(Unpack(trial.files, executable), Unpacked, error="")
    agent.ask(Spawn("server", trial.argv), Started)
    asked = False
    answered = 0.0
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        agent.send(Probe(1))
        probed = agent.wait(Probed)
        agent.events.remove(probed)
        bound = agent.all(Bound, port=PORT)
        data = agent.all(Data, actor="alice")
        answered = data[0].at if data else 0.0
        if probed.stuck and (not answered or probed.at < answered) and (asked or not bound):
            raise AssertionError(f"{trial.name!r} was called stuck: {probed}\n  {agent.events}")
        if bound and not asked:
            asked = True
            agent.send(Connect("alice", "127.0.0.1", PORT), Send("alice", ["request"]))
        if answered and (probed.stuck or hopeless):
            agent.reset()
            assert probed.stuck is not hopeless, trial.name
            return probed.at - answered
    raise AssertionError(f"{trial.name!r} was never called stuck: {probed}\n  {agent.events}")


def many(trial: Trial, way: str, runs: int) -> str:
    """Run one program many times with an agent of its own; return a line of the table."""
    with FACTORIES[way]() as agent:
        delays = []
        for number in range(1, runs + 1):
            try:
                delays.append(run(agent, trial))
            except (AssertionError, OSError) as error:
                return f"WRONG in run {number}: {error}"
    if trial.name in UNPROVABLE:
        return f"{runs:5} runs       never, as it should"
    middle, most = statistics.median(delays) * 1000, max(delays) * 1000
    return f"{runs:5} runs   {middle:6.0f} ms  {most:6.0f} ms"


def main() -> int:
    """All programs, many times, with other things to do for the machine.

    Prints how soon after its last answer each was known to be stuck: median and most. The exit
    status is 1 if one was ever called stuck too early, or never where it should be.
    """
    parser = argparse.ArgumentParser(prog="tests.agent.trials", description=main.__doc__)
    parser.add_argument("--runs", type=int, default=200, help="of each program")
    parser.add_argument("--load", type=int, default=8, help="busy processes beside it")
    parser.add_argument("--at-once", type=int, default=4, help="programs tried at the same time")
    parser.add_argument("--way", choices=FACTORIES, default="contained")
    parser.add_argument("--only", default="", help="part of a name")
    chosen = parser.parse_args()
    busy = [subprocess.Popen([sys.executable, "-c", "while 1: pass"]) for _ in range(chosen.load)]
    wrong = 0
    try:
        with tempfile.TemporaryDirectory() as folder:
            python = SYSTEM_PYTHON if chosen.way == "contained" else sys.executable
            trials = python_trials(python) + c_trials(Path(folder))
            trials += java_trials(Path(folder))
            trials = [one for one in trials if chosen.only in one.name]
            with ThreadPoolExecutor(chosen.at_once) as pool:
                told = {pool.submit(many, one, chosen.way, chosen.runs): one for one in trials}
                for done in as_completed(told):
                    line = done.result()
                    wrong += line.startswith("WRONG")
                    sys.stdout.write(f"{told[done].name:45} {line}\n")
                    sys.stdout.flush()
    finally:
        for process in busy:
            process.kill()
    sys.stdout.write(f"{len(trials)} programs, {wrong} of them judged wrongly\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
