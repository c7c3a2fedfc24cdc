"""Every message between the grader and an agent; `wire` says how one travels.

Commands go down an agent's stdin, events come up its stdout. Versions must be equal on both
sides: `Ready` carries the agent's. An *actor* is a name from the spec's script.
"""

from __future__ import annotations

from grader.agent.blocked import Blocked as Blocked  # noqa: PLC0414 - part of `Probed`
from grader.agent.record import field
from grader.agent.wire import Message

TYPE_CHECKING = False  # importing `typing` costs 5 ms of every start
if TYPE_CHECKING:
    from typing import Any

VERSION = 1


class Command(Message):
    """From the grader to an agent."""


class ActorCommand(Command):
    """A command to one actor."""

    actor: str


class Reset(Command):
    """End every program, drop every socket, put the files back; answered by `Clean`."""


class Ping(Command):
    """Answered by `Pong` once everything that had arrived before was reported."""

    token: int


class Probe(Command):
    """Asks whether every program of this agent is blocked for good; answered by `Probed`.

    `held` are the local ports of connections another agent holds: sending to one of them
    blocks for good once it is full. (An agent knows its own.)
    """

    token: int
    held: list[int] = field(default_factory=list)


class Quit(Command):
    """Clean up and exit."""


class Connect(ActorCommand):
    """Open a TCP connection; answered by `Connected` or `CouldNot`."""

    host: str
    port: int


class Listen(ActorCommand):
    """Listen on TCP, or receive on UDP, on the first port (0: any) and on as many of the others
    as are free; answered by `Listening` or `CouldNot`. Connections come as `Accepted`.
    """

    transport: str  # "tcp" | "udp"
    ports: list[int]


class Send(ActorCommand):
    """Send on a connection in pieces, `pause` seconds apart; answered by `Sent`/`CouldNot`."""

    pieces: list[str]
    pause: float = 0.0


class SendTo(ActorCommand):
    """Send one datagram from a UDP actor; answered by `Sent` or `CouldNot`."""

    data: str
    host: str
    port: int
    local_port: int = 0  # which of a listener's ports it leaves from; 0: the first


class Close(ActorCommand):
    """Close a socket, or our half of a connection, or end it in a reset."""

    how: str = "close"  # "close" | "half" | "abort"


class Hold(ActorCommand):
    """Stop (or, with `on=False`, resume) reading from a connection: a reader that never reads."""

    on: bool = True


class Unpack(Command):
    """Put files into the work directory, replacing what is there; answered by `Unpacked`.

    `files` maps relative paths to contents; `executable` names those that get the x bit.
    """

    files: dict[str, str]
    executable: list[str] = field(default_factory=list)
    keep: bool = False  # add to what is there


class Snapshot(Command):
    """Remember the work directory as it is now; every `Reset` restores it. Answered: `Unpacked`."""


class Spawn(ActorCommand):
    """Start a program in the work directory; answered by `Started` or `CouldNot`.

    With `terminal` its stdin and stdout are a pseudo-terminal and stderr a pipe; without, stdin
    is empty and both outputs are pipes.
    """

    argv: list[str]
    cwd: str = ""
    env: dict[str, str] = field(default_factory=dict)
    terminal: bool = True
    output_limit: int = 1 << 20


class Type(ActorCommand):
    """Type bytes on a program's keyboard, then with `end` press Ctrl-D."""

    data: str
    end: bool = False


class Stop(ActorCommand):
    """Send a signal to a program's whole process group; the end comes as `Exited`."""

    signal: int


class Event(Message):
    """From an agent to the grader; `at` is CLOCK_MONOTONIC in seconds, one clock for both
    containers of a slot because they share the host's kernel.
    """

    at: float = field(default=0.0, kw_only=True)


class ActorEvent(Event):
    """An event of one actor."""

    actor: str


class Ready(Event):
    """The first event: who is there."""

    version: int
    platform: str = ""
    isolated: bool = False  # runs in a network namespace of its own
    work: str = ""  # the work directory, as the programs see it


class Failed(Event):
    """The agent could not do what it was told, and it is not the student's doing."""

    message: str


class Clean(Event):
    """Answer to `Reset`: nothing runs and no socket is left."""


class Pong(Event):
    """Answer to `Ping`."""

    token: int


class CouldNot(ActorEvent):
    """`what` ("connect", "listen", "send", "spawn") failed with `error`, an errno's name."""

    what: str
    error: str
    port: int = 0


class Connected(ActorEvent):
    """A TCP connection of ours is established."""

    local_port: int
    host: str
    port: int


class Listening(ActorEvent):
    """We listen on these ports."""

    ports: list[int]


class Accepted(ActorEvent):
    """A listener took a connection, from now on the actor `conn`."""

    conn: str
    local_port: int
    host: str
    port: int


class Data(ActorEvent):
    """Bytes came in on a connection."""

    data: str


class Datagram(ActorEvent):
    """A datagram came in, whole."""

    data: str
    host: str
    port: int
    local_port: int = 0


class Ended(ActorEvent):
    """The peer sends no more (FIN)."""


class Broken(ActorEvent):
    """The connection is gone: ECONNRESET, EPIPE …; on UDP, ECONNREFUSED."""

    error: str


class Sent(ActorEvent):
    """All of a `Send` or `SendTo` was handed to the kernel."""

    size: int


class Unpacked(Event):
    """Files are in place."""

    count: int = 0
    error: str = ""  # e.g. ENOSPC: the submission is larger than the sandbox's disk


class Started(ActorEvent):
    """A program runs."""

    pid: int


class Printed(ActorEvent):
    """A program wrote to its terminal (`out`) or stderr (`err`)."""

    stream: str
    data: str


class Exited(ActorEvent):
    """A program ended and all it had printed was reported. One of the two is None."""

    status: int | None = None
    signal: int | None = None


class LimitHit(ActorEvent):
    """A limit was reached: memory, processes, output, disk, files, file_size, cpu."""

    what: str


class Bound(ActorEvent):
    """A program's socket got a port: TCP listening, or UDP bound."""

    transport: str
    host: str
    port: int


class Unbound(ActorEvent):
    """That socket is gone, while its program may still run."""

    transport: str
    host: str
    port: int


class Probed(Event):
    """Answer to `Probe`.

    `stuck` is true only when no thread ran between two looks, each is blocked in a call
    that has no time-out, and nothing it waits for has arrived.
    """

    token: int
    stuck: bool
    threads: list[dict[str, Any]] = field(default_factory=list)
