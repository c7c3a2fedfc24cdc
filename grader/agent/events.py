"""The events an agent reports: up its stdout, one line each."""

from __future__ import annotations

from grader.agent.record import field
from grader.agent.wire import Message

TYPE_CHECKING = False  # importing `typing` costs 5 ms of every start
if TYPE_CHECKING:
    from typing import Any


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


class Relayed(ActorEvent):
    """What a relay does with a datagram; the sockets at its ends tell nothing of their own.

    `what` is `passed`, `lost`, `doubled`, `swapped` or `delayed`; `released` when one of the last
    two goes on its way; `stray` when a server replied from another port than it was asked at.
    """

    what: str
    way: str  # "to_server" | "to_client"
    number: int  # of this client's datagrams that way, from 1
    data: str
    local_port: int = 0  # where the client meets us


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


class Adopted(Event):
    """Answer to `Adopt`; each text says why that kind could not be had, and is empty if it was."""

    addresses: str = ""
    names: str = ""


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


class Zombies(ActorEvent):
    """How many ended children a program has not waited for; -1 where that cannot be known."""

    count: int


class Probed(Event):
    """Answer to `Probe`.

    `stuck` is true only when no thread ran between two looks, each is blocked in a call
    that has no time-out, and nothing it waits for has arrived. With `pending` the agent itself
    will do something soon: let a datagram go, send the next piece.
    """

    token: int
    stuck: bool
    threads: list[dict[str, Any]] = field(default_factory=list)
    pending: bool = False
