"""How an agent is to behave, from its command line (argparse would cost 10 ms of start-up)."""

from __future__ import annotations

from grader.agent.record import Record, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

USAGE = """usage: python -m grader.agent [--local] [--isolate] [--crew FD] [--work DIR]
                              [--student-uid N] [--limit NAME=VALUE]...

  --local          a child process on somebody's machine, not PID 1 of a container
  --isolate        with --local: in its own user, network and PID namespace if the kernel lets us
  --crew FD        with --local: be no agent but what starts them, as asked for on this socket
  --work DIR       where programs live (a container: /work; local: a new temporary directory)
  --student-uid N  whom programs run as in a container (1000)
  --limit N=V      a resource limit of every program: nofile, fsize, cpu, core, as, nproc, stack
"""


class UsageError(Exception):
    """The command line is not one of ours."""


class Options(Record):
    """What the command line said."""

    local: bool = False
    isolate: bool = False
    crew: int = 0
    work: str = ""
    student_uid: int = 1000
    limits: dict[str, int] = field(default_factory=dict)


def parse(argv: list[str]) -> Options:
    """Options from arguments; raises `UsageError`."""
    found: dict[str, Any] = {}
    limits: dict[str, int] = {}
    words = iter(argv)
    for word in words:
        if word in {"--local", "--isolate"}:
            found[word[2:]] = True
            continue
        value = next(words, None)
        if value is None:
            raise UsageError(f"{word} is unknown or lacks its value")
        if word == "--work":
            found["work"] = value
        elif word in {"--student-uid", "--crew"}:
            found[word[2:].replace("-", "_")] = _number(word, value)
        elif word == "--limit":
            name, _, amount = value.partition("=")
            limits[name] = _number(word, amount)
        else:
            raise UsageError(f"unknown option {word}")
    return Options(limits=limits, **found)


def _number(option: str, text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise UsageError(f"{option} wants a whole number, not {text!r}")
    return int(text)
