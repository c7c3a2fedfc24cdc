"""A relay of datagrams between clients and a server: a network that misbehaves as it is told.

It stands where the server should be. Each client gets a socket of its own towards the server, so
that the server tells clients apart and replies find their way. Which datagrams are mistreated is
a plan by number: chance, if any, was drawn before, so the same plan means the same faults. Every
datagram is told (`Relayed`) before it moves, so that nobody takes programs for stuck meanwhile.
"""

from __future__ import annotations

from grader.agent.protocol import CouldNot, Datagram, Failed, Listening, Relayed
from grader.agent.udp import Datagrams
from grader.agent.wire import raw

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from grader.agent.loop import Loop, Timer
    from grader.agent.protocol import Event, Relay

_FATES = (("loses", "lost"), ("delays", "delayed"), ("swaps", "swapped"), ("doubles", "doubled"))
_SWAP_PATIENCE = 5.0  # seconds after which one goes that waited for the next, which never came
_MOST_CLIENTS = 256


class Flow:
    """The datagrams of one client one way, mistreated by a plan."""

    def __init__(
        self,
        plan: dict[str, Any],
        loop: Loop,
        send: Callable[[str], None],
        tell: Callable[[str, int, str], None],
    ) -> None:
        self._fates = {
            number: fate for key, fate in reversed(_FATES) for number in plan.get(key, ())
        }
        self._delay = float(plan.get("delay", 0.0))
        self._loop = loop
        self._send = send
        self._tell = tell
        self._number = 0
        self._swapped: dict[int, str] = {}  # held until the next has passed
        self._timers: dict[int, Timer] = {}

    @property
    def busy(self) -> bool:
        """Something is held, and will go."""
        return bool(self._timers)

    def take(self, data: str) -> None:
        """One more came in."""
        self._number += 1
        number = self._number
        fate = self._fates.get(number, "passed")
        self._tell(fate, number, data)
        if fate == "delayed":
            self._timers[number] = self._loop.later(self._delay, lambda: self._late(number, data))
        elif fate == "swapped":
            self._swapped[number] = data
            self._timers[number] = self._loop.later(_SWAP_PATIENCE, self._overtaken)
        else:
            for _ in range({"lost": 0, "doubled": 2}.get(fate, 1)):
                self._send(data)
            self._overtaken()

    def close(self) -> None:
        """Forget what is held."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        self._swapped.clear()

    def _late(self, number: int, data: str) -> None:
        del self._timers[number]
        self._tell("released", number, data)
        self._send(data)
        self._overtaken()

    def _overtaken(self) -> None:
        """Let those go that waited for another to pass."""
        held, self._swapped = self._swapped, {}
        for number, data in held.items():
            self._timers.pop(number).cancel()
            self._tell("released", number, data)
            self._send(data)


class Wire:
    """One relay with all its clients."""

    def __init__(self, command: Relay, loop: Loop, emit: Callable[[Event], None]) -> None:
        self._command = command
        self._loop = loop
        self._emit = emit
        self._front = Datagrams(command.actor, loop, self._from_client)
        self._backs: dict[tuple[str, int, int], Datagrams] = {}
        self._flows: dict[tuple[str, int, int], Flow] = {}  # to the server
        self._returns: list[Flow] = []  # to the clients

    @property
    def busy(self) -> bool:
        """A datagram is held and will go on its way: it is in flight."""
        return any(flow.busy for flow in [*self._flows.values(), *self._returns])

    def open(self) -> bool:
        """Take the ports; tells whether the first was free."""
        return self._front.listen(self._command.ports)

    def close(self) -> None:
        """Give all ports back; what is held is lost."""
        for flow in [*self._flows.values(), *self._returns]:
            flow.close()
        for datagrams in [self._front, *self._backs.values()]:
            datagrams.close()

    def _from_client(self, event: Event) -> None:
        if isinstance(event, Datagram):
            client = (event.host, event.port, event.local_port)
            flow = self._flows.get(client) or self._greet(client)
            if flow is not None:
                flow.take(event.data)
        elif isinstance(event, Listening) or (
            isinstance(event, CouldNot) and event.what == "listen"
        ):
            self._emit(event)  # that a client has gone before its reply came is not told

    def _greet(self, client: tuple[str, int, int]) -> Flow | None:
        """Make a new client's socket towards the server, and its two flows."""
        if len(self._backs) >= _MOST_CLIENTS:  # no check has so many: a program floods us
            return None
        host, port, local_port = client
        command = self._command

        def tell(way: str) -> Callable[[str, int, str], None]:
            return lambda what, number, data: self._emit(
                Relayed(command.actor, what, way, number, data, local_port)
            )

        def to_server(data: str) -> None:
            back.send_to(raw(data), command.host, command.port, 0)

        def to_client(data: str) -> None:
            self._front.send_to(raw(data), host, port, local_port)

        def from_server(event: Event) -> None:
            if isinstance(event, Datagram) and event.port == command.port:
                replies.take(event.data)
            elif isinstance(event, Datagram):
                tell("to_client")("stray", 0, event.data)

        back = Datagrams(command.actor, self._loop, from_server)
        replies = Flow(command.to_client, self._loop, to_client, tell("to_client"))
        flow = Flow(command.to_server, self._loop, to_server, tell("to_server"))
        if not back.listen([0]):
            self._emit(Failed(f"{command.actor} has no socket left for another client"))
            return None
        self._backs[client] = back
        self._flows[client] = flow
        self._returns.append(replies)
        return flow
