"""The commands an agent takes: down its stdin, one line each."""

from __future__ import annotations

from grader.agent.record import field
from grader.agent.wire import Message

TYPE_CHECKING = False  # importing `typing` costs 5 ms of every start
if TYPE_CHECKING:
    from typing import Any


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


class Relay(ActorCommand):
    """Carry datagrams between clients and a server, mistreating some; answered by `Listening` or
    `CouldNot`, and each datagram by `Relayed`.

    Clients are met at `ports`, as `Listen` would; what they send goes to `host` and `port`, from
    a socket of its own for each client, so that replies find their way back. A plan names the
    datagrams of each client that are mistreated, counted from 1: `loses`, `doubles`, `swaps` and
    `delays`, each a list of numbers; `delay` is for how many seconds.
    """

    ports: list[int]
    host: str
    port: int
    to_server: dict[str, Any] = field(default_factory=dict)
    to_client: dict[str, Any] = field(default_factory=dict)


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


class Adopt(Command):
    """Be known by these IPv4 addresses and host names too, in place of those of an earlier
    `Adopt`; answered by `Adopted`. Needs a network (and for names mounts) of the agent's own.
    """

    addresses: list[str]
    names: list[str] = field(default_factory=list)


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


class CountZombies(ActorCommand):
    """Count the ended children a program has not waited for; answered by `Zombies`, and again
    whenever the number changes.
    """


class Stop(ActorCommand):
    """Send a signal to a program's whole process group; the end comes as `Exited`."""

    signal: int
