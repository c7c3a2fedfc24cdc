"""Where a program stands, in words a student knows: "blocked in accept() while …".

The facts come from the agent's probe (`Blocked`), which saw each thread in a system call; here
they are put beside what the stage knows: whose connection a descriptor is, who else is waiting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.agent.protocol import Blocked

if TYPE_CHECKING:
    from grader.core.stage import Stage

BUSY_FOR = 2.0  # seconds after which computing is worth a word

_CALLS = {
    "accept": "blocked in accept(), waiting for the next connection",
    "connect": "in connect(), waiting for a server",
    "wait": "waiting for a child process to end",
    "lock": "waiting for a lock",
    "poll": "waiting in select() or poll()",
    "sleep": "sleeping",
    "stopped": "stopped by a signal",
    "running": "busy",
}


def describe(stage: Stage) -> str:
    """Say where the student's threads stand; empty when it was not looked at."""
    seen: list[str] = []
    for thread in stage.threads:
        if thread.actor in stage.launches or not thread.actor:
            words = sentence(thread, stage)
            if words and words not in seen:
                seen.append(words)
    return "; ".join(seen[:3])


def sentence(thread: Blocked, stage: Stage) -> str:
    """Say where one thread stands."""
    if thread.call == "read" and thread.target == "terminal":
        return "reading the keyboard"
    if thread.call in {"recv", "read"} and thread.target.startswith("tcp"):
        return _receiving(thread, stage)
    if thread.call in {"recv", "read"} and thread.target.startswith("udp"):
        return "blocked in recvfrom(), waiting for a datagram"
    if thread.call in {"send", "write"}:
        return f"blocked in {thread.call}(): what it sends is not read"
    if thread.call == "accept":
        if len(names := _connections(stage)) == 1:
            return f"blocked in accept() while {names[0]}'s connection is open"
        return _CALLS["accept"]
    if thread.call == "running" and stage.busy[0] >= BUSY_FOR:
        share = round(stage.busy[1], 1)
        return f"busy: {share * 100:.0f} % CPU for more than {BUSY_FOR:.0f} s"
    if thread.call == "lock" and _is_main(thread, stage.threads):
        return ""  # a main thread that waits for its workers says nothing
    return _CALLS.get(thread.call, f"in {thread.call}()")


def _is_main(thread: Blocked, threads: list[Blocked]) -> bool:
    """Tell whether a thread is the first of several, as the agent lists them."""
    own = [item for item in threads if item.pid == thread.pid]
    return len(own) > 1 and own[0] is thread


def _connections(stage: Stage) -> list[str]:
    """Return whose connections are open; an accepted one is known by two names."""
    names: dict[int, str] = {}
    for name, tube in stage.tubes.items():
        if tube.peer[1] and tube.open and not (tube.udp or tube.over or tube.closed):
            names.setdefault(id(tube), name)
    return list(names.values())


def _receiving(thread: Blocked, stage: Stage) -> str:
    near, _, far = thread.target.removeprefix("tcp:").partition(">")
    ports = (near, far.rpartition(":")[2])
    for name, tube in stage.tubes.items():
        if tube.open and not tube.udp and ports == (str(tube.peer[1]), str(tube.local_port)):
            count = len(tube.inbox)
            after = f", having sent {count} byte{'s' * (count != 1)}" if count else ""
            return f"blocked in recv() on {name}'s connection, waiting for more{after}"
    return "blocked in recv(), waiting for more"
