"""The verb of a network that misbehaves: a wire that loses, doubles, swaps and delays datagrams."""

from __future__ import annotations

from collections.abc import Iterable

from grader.agent import protocol as p
from grader.core.stage import Stage, Tube
from grader.core.verbs.registry import Action, Role, verb
from grader.core.wires import Faults, make_wire


@verb("relays", [Role.WIRE], example="wire relays: {to_server: {doubles: [1]}}", makes=Role.WIRE)
class Relays(Action, frozen=True):
    """Be the network between a client and a server over UDP, and mistreat datagrams: see Wires.

    to_server: what happens to the datagrams of clients
    to_client: what happens to replies
    """

    to_server: Faults = Faults()
    to_client: Faults = Faults()

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Say what it will do; it takes its ports when somebody goes through."""
        wire = make_wire(self.to_server, self.to_client, stage.values, actor)
        stage.tubes[actor] = Tube(actor, udp=True, wire=wire)
        return ()
