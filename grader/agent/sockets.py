"""All sockets of this agent, by actor: commands to them go through here."""

from __future__ import annotations

import os
import socket

from grader.agent.listener import Listener
from grader.agent.protocol import CouldNot, Failed
from grader.agent.relay import Wire
from grader.agent.tcp import Connection, family_of
from grader.agent.udp import Datagrams
from grader.agent.wire import raw

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.agent.loop import Loop
    from grader.agent.protocol import (
        Close,
        Connect,
        Event,
        Hold,
        Listen,
        Relay,
        Send,
        SendTo,
    )


class Sockets:
    """Connections, listeners, UDP sockets and relays."""

    def __init__(
        self,
        loop: Loop,
        emit: Callable[[Event], None],
        abandoned: Callable[[socket.socket], bool] | None = None,
    ) -> None:
        self._loop = loop
        self._abandoned = abandoned
        self._emit = emit
        self._connections: dict[str, Connection] = {}
        self._listeners: dict[str, Listener] = {}
        self._datagrams: dict[str, Datagrams] = {}
        self._wires: dict[str, Wire] = {}

    @property
    def busy(self) -> bool:
        """A connection is being made, or something will be sent after a pause."""
        busy = any(conn.busy for conn in self._connections.values())
        return busy or any(wire.busy for wire in self._wires.values())

    def held_ports(self) -> set[int]:
        """Our ports of connections that we have stopped reading from."""
        held = (one for one in self._connections.values() if one.open and one.held)
        return {one.sock.getsockname()[1] for one in held}

    def inodes(self) -> set[int]:
        """The inodes of our connections."""
        conns = (one for one in self._connections.values() if one.open)
        return {os.fstat(one.sock.fileno()).st_ino for one in conns}

    def connect(self, command: Connect) -> None:
        """Open a connection."""
        if self._is_taken(command.actor):
            return
        host = numeric(command.host)
        sock = socket.socket(family_of(host), socket.SOCK_STREAM)
        conn = Connection(command.actor, sock, self._loop, self._emit, self._abandoned)
        self._connections[command.actor] = conn
        conn.connect(host, command.port)

    def listen(self, command: Listen) -> None:
        """Open a listener or a UDP socket."""
        if self._is_taken(command.actor):
            return
        if command.transport == "udp":
            datagrams = Datagrams(command.actor, self._loop, self._emit)
            if datagrams.listen(command.ports):
                self._datagrams[command.actor] = datagrams
            return
        listener = Listener(command.actor, self._loop, self._emit, self._add, self._abandoned)
        if listener.listen(command.ports):
            self._listeners[command.actor] = listener

    def relay(self, command: Relay) -> None:
        """Open a relay."""
        if self._is_taken(command.actor):
            return
        wire = Wire(command.replace(host=numeric(command.host)), self._loop, self._emit)
        if wire.open():
            self._wires[command.actor] = wire

    def send(self, command: Send) -> None:
        """Send on a connection."""
        conn = self._connections.get(command.actor)
        if conn is None or not conn.open:
            self._emit(CouldNot(command.actor, "send", "ENOTCONN"))
        else:
            conn.send([raw(piece) for piece in command.pieces], command.pause)

    def send_to(self, command: SendTo) -> None:
        """Send a datagram."""
        datagrams = self._datagrams.get(command.actor)
        if datagrams is None:
            self._emit(CouldNot(command.actor, "send", "ENOTCONN", command.port))
            return
        host = numeric(command.host)
        datagrams.send_to(raw(command.data), host, command.port, command.local_port)

    def close(self, command: Close) -> None:
        """Close whatever the actor has open; closing twice is no fault."""
        if conn := self._connections.get(command.actor):
            conn.close(command.how)
        elif listener := self._listeners.pop(command.actor, None):
            listener.close()
        elif datagrams := self._datagrams.pop(command.actor, None):
            datagrams.close()
        elif wire := self._wires.pop(command.actor, None):
            wire.close()

    def hold(self, command: Hold) -> None:
        """Stop or resume reading from a connection."""
        if conn := self._connections.get(command.actor):
            conn.hold(on=command.on)

    def clear(self) -> None:
        """Drop everything, connections by a reset so that no trace of them lingers."""
        for conn in self._connections.values():
            conn.abort()
        for listener in self._listeners.values():
            listener.close()
        for datagrams in self._datagrams.values():
            datagrams.close()
        for wire in self._wires.values():
            wire.close()
        self._connections.clear()
        self._listeners.clear()
        self._datagrams.clear()
        self._wires.clear()

    def _add(self, conn: Connection) -> None:
        self._connections[conn.actor] = conn

    def _is_taken(self, actor: str) -> bool:
        conn = self._connections.get(actor)
        taken = (conn is not None and conn.open) or (
            actor in self._listeners or actor in self._datagrams or actor in self._wires
        )
        if taken:
            self._emit(Failed(f"{actor} has an open socket already"))
        return taken


def numeric(host: str) -> str:
    """An address as it is; names would have to be looked up, which may take for ever."""
    host = "127.0.0.1" if host == "localhost" else host
    socket.inet_pton(family_of(host), host)
    return host
