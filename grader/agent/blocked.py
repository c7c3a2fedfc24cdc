"""Where a thread of a program stands: what the threads in a `Probed` event are made of."""

from __future__ import annotations

from grader.agent.record import Record


class Blocked(Record):
    """Where one thread of a program stands, as /proc tells.

    `call` is the system call's name ("accept", "recv", "read", "connect", "sleep", "wait",
    "lock", "poll", "running", …); `target` what its descriptor is: "listener:1060",
    "tcp:LOCAL>REMOTE_PORT", "udp:12000", "terminal", "pipe", "file", "" when there is none.
    """

    actor: str
    pid: int
    call: str
    target: str = ""
    forever: bool = False  # nothing but outside input can end it
    task: int = 0  # the kernel's number of the thread
    cpu: float = 0.0  # seconds of processor time it has used, if it is running
