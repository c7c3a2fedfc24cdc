"""A wire: a relay of ours between clients and a server, which mistreats datagrams on the way.

Which ones is a plan made here, from the spec's words and the check's seed; the agent carries it
out by number. So the same seed means the same faults, whatever the machine is busy with.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from grader.agent import protocol as p
from grader.core.values import Values

if TYPE_CHECKING:
    from grader.core.stage import Stage

MOST = 1000  # datagrams of each client and way for which chance is drawn
FATES = ("loses", "doubles", "swaps", "delays")
TOLD = {
    "lost": "lost",
    "doubled": "doubled",
    "swapped": "held back",
    "delayed": "delayed",
    "released": "let go",
}
WAYS = {"to_server": "to the server", "to_client": "to the client"}


class Faults(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What happens to the datagrams of each client one way, counted from 1.

    loses: these never arrive
    doubles: these arrive twice
    swaps: these arrive after the one that follows them
    delays: these arrive late, and others may overtake them
    delay: how late
    """

    loses: list[int] | float = []
    doubles: list[int] | float = []
    swaps: list[int] | float = []
    delays: list[int] | float = []
    delay: float = 0.2


class Wire(msgspec.Struct):
    """A wire of one run of a check."""

    to_server: dict[str, Any]
    to_client: dict[str, Any]
    placed: bool = False  # its ports were asked for
    strays: int = 0  # replies that came from another port than the server's


def make_wire(to_server: Faults, to_client: Faults, values: Values, name: str) -> Wire:
    """Draw what chance decides."""
    return Wire(
        plan(to_server, values, f"{name}/to_server"), plan(to_client, values, f"{name}/to_client")
    )


def plan(faults: Faults, values: Values, what: str) -> dict[str, Any]:
    """Return a plan by number, as the agent takes it."""
    drawn: dict[str, Any] = {}
    for fate in FATES:
        wanted = getattr(faults, fate)
        if isinstance(wanted, float):
            chance = values.chance(f"{what}/{fate}")
            wanted = [number for number in range(1, MOST + 1) if chance.random() < wanted]
        if wanted:
            drawn[fate] = wanted
    return drawn | ({"delay": faults.delay} if "delays" in drawn else {})


def place(
    stage: Stage, name: str, ports: list[int], port: int, host: str = "127.0.0.1"
) -> Iterator[p.Command]:
    """Open a wire that meets clients at ports of its own and knows the server's; once is enough."""
    wire = stage.tube(name).wire
    if wire is not None and not wire.placed:
        wire.placed = True
        yield p.Relay(name, ports, host, port, to_server=wire.to_server, to_client=wire.to_client)


def place_before(stage: Stage, name: str, front: int, port: int) -> Iterator[p.Command]:
    """Open a wire before a server of ours, where the student's client looks for one."""
    stage.tube(name).hosting = True
    yield from place(stage, name, doors(stage, front), port)


def place_after(stage: Stage, name: str) -> Iterator[p.Command]:
    """Open a wire that leads to the student's server."""
    where, server = stage.serving(), stage.server()
    host = server.host if server else "127.0.0.1"
    yield from place(stage, name, [0], where.port if where else 0, host)


def doors(stage: Stage, wanted: int, leaves: str = "") -> list[int]:
    """Return where a client of the student's may come: the port that the assignment says, then
    those that its source names.

    A client that binds a port of its own (`leaves`) may name that one, too, and could not have it
    if we did. So only where its source does not name the assignment's port the others are tried.
    """
    hints = {port for launch in stage.launches.values() for port in launch.port_hints}
    if leaves:
        clients = [item.name for item in stage.spec.programs if item.connects]
        launches = [stage.launches[name] for name in clients if name in stage.launches]
        hints = {port for launch in launches for port in launch.port_hints if str(port) != leaves}
        hints = set() if wanted in hints else hints
    return [wanted, *sorted(hints - {wanted})]


def back_door(stage: Stage, wanted: int) -> int:
    """Return a port behind a wire, where no client comes by itself."""
    taken = doors(stage, wanted)
    return next(port for port in range(61000, 65536) if port not in taken)
