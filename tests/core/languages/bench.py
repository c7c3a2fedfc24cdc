"""What the tests of this package share: specs, and a way to carry out a plan for real."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from grader.core.languages import Attempt, Found, NotFound, find_programs
from grader.core.model import Endpoint, Program


def pair(transport: str = "tcp", port: int = 12000) -> tuple[Program, Program]:
    """Return the usual two programs."""
    assert transport in ("tcp", "udp")
    endpoint = Endpoint("tcp" if transport == "tcp" else "udp", port)
    return (
        Program(name="server", entry=("*server*",), listens=endpoint),
        Program(name="client", entry=("*client*",), connects=endpoint),
    )


TCP = pair("tcp")
UDP = pair("udp")
WEB = (Program(name="server", entry=("*server*", "*web*"), listens=Endpoint("tcp", 6789)),)


def find(
    files: Mapping[str, bytes],
    programs: tuple[Program, ...] = TCP,
    overrides: Mapping[str, str] | None = None,
) -> dict[str, Found | NotFound]:
    """Find the programs of the usual assignment."""
    return find_programs(programs, files, overrides or {})


def found(answer: Found | NotFound) -> Found:
    """Return an answer that must be a program."""
    assert isinstance(answer, Found), answer
    return answer


def missing(answer: Found | NotFound, reason: str) -> NotFound:
    """Return an answer that must be a refusal, for that reason."""
    assert isinstance(answer, NotFound), answer
    assert answer.reason == reason
    assert answer.message.isprintable()
    return answer


def entries(answers: Mapping[str, Found | NotFound]) -> dict[str, str]:
    """Return the entry of each program; for a refusal its reason, in capitals."""
    return {
        name: answer.entry if isinstance(answer, Found) else answer.reason.upper()
        for name, answer in answers.items()
    }


class Built:
    """What came of building: the attempt that succeeded, and what each of them printed."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.attempt: Attempt | None = None
        self.tried: list[tuple[Attempt, bytes]] = []

    @property
    def output(self) -> bytes:
        """What the last attempt printed."""
        return self.tried[-1][1]

    def argv(self, program: Found) -> list[str]:
        """Return the command with the work directory put in."""
        return [part.replace("{work}", str(self.work)) for part in program.argv]


def unpack(files: Mapping[str, bytes], work: Path) -> None:
    """Put a submission's files on disk."""
    for path, data in files.items():
        target = work / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        if data.startswith((b"\x7fELF", b"#!")):
            target.chmod(0o755)


def build(program: Found, files: Mapping[str, bytes], work: Path) -> Built:
    """Carry out a plan as the runner does: attempts in order until one succeeds."""
    unpack(files, work)
    result = Built(work)
    for attempt in program.attempts:
        output = b""
        for step in attempt.steps:
            done = subprocess.run(
                step.argv,
                cwd=work / step.cwd,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
                timeout=100,
                check=False,
            )
            output += done.stdout
            if done.returncode:
                break
        else:
            result.attempt = attempt
        result.tried.append((attempt, output))
        if result.attempt is not None:
            assert not attempt.produces or (work / attempt.produces).exists()
            break
    return result


def run(program: Found, built: Built, *args: str, typed: str = "", seconds: float = 20) -> str:
    """Run a built program to its end and return what it printed."""
    done = subprocess.run(
        [*built.argv(program), *args],
        cwd=built.work / program.cwd,
        input=typed,
        text=True,
        capture_output=True,
        timeout=seconds,
        check=False,
    )
    return done.stdout + done.stderr
