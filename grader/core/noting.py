"""What an event changes on the stage: one handler for each kind of event."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from grader.agent import protocol as p
from grader.agent.wire import raw, text
from grader.core.wires import TOLD, WAYS

if TYPE_CHECKING:
    from grader.core.stage import Stage


def _connected(stage: Stage, event: p.Connected) -> None:
    tube = stage.tube(event.actor)
    tube.open, tube.local_port, tube.peer = True, event.local_port, (event.host, event.port)
    # An actor that connects anew may have heard the last of its old connection after we asked.
    tube.inbox.clear()
    tube.ended, tube.broken = False, ""
    stage.record(event.actor, "connected", f"port {event.port}", event.at)


def _could_not(stage: Stage, event: p.CouldNot) -> None:
    if event.what == "spawn":
        stage.program(event.actor).failed = event.error
    elif event.what == "send":
        tube = stage.tube(event.actor)
        tube.sending = 0
        tube.broken = tube.broken or event.error
    else:
        stage.tube(event.actor).failed = event.error
    stage.record(event.actor, f"could not {event.what}", event.error, event.at)


def _listening(stage: Stage, event: p.Listening) -> None:
    tube = stage.tube(event.actor)
    tube.open, tube.ports, tube.local_port = True, event.ports, event.ports[0]


def _accepted(stage: Stage, event: p.Accepted) -> None:
    stage.tube(event.actor).waiting.append(event)
    if event.host in stage.addresses:
        stage.deviate(f"connects to {event.host}, an address written in its source", "address")
    tube = stage.tube(event.conn)
    tube.open, tube.local_port, tube.peer = True, event.local_port, (event.host, event.port)
    stage.record(event.actor, "accepted", f"port {event.local_port}", event.at)


def _data(stage: Stage, event: p.Data) -> None:
    stage.tube(event.actor).inbox += raw(event.data)
    stage.record(event.actor, "received", event.data, event.at)


def _datagram(stage: Stage, event: p.Datagram) -> None:
    stage.tube(event.actor).datagrams.append(event)
    if event.host in stage.addresses and stage.tube(event.actor).hosting:
        stage.deviate(f"sends to {event.host}, an address written in its source", "address")
    stage.record(event.actor, "received", event.data, event.at)


def _relayed(stage: Stage, event: p.Relayed) -> None:
    """Tell what became of a datagram on a wire; of one that just passed, its ends tell."""
    tube = stage.tube(event.actor)
    if event.what == "stray":
        if tube.wire:
            tube.wire.strays += 1
        what = "dropped a reply from another port than the server's"
        stage.record(event.actor, what, event.data, event.at)
    elif event.what in TOLD:
        what = f"{TOLD[event.what]} datagram {event.number} {WAYS[event.way]}"
        stage.record(event.actor, what, event.data, event.at)
    if tube.hosting and event.local_port != tube.ports[0]:
        goes_elsewhere(stage, event.local_port, tube.ports[0], "sends")


def goes_elsewhere(stage: Stage, port: int, wanted: int, how: str) -> None:
    """Remember that the student's client goes to another port than the assignment's."""
    stage.deviate(f"{how} to port {port}, not {wanted}", "port")
    stage.client_port = port


def _ended(stage: Stage, event: p.Ended) -> None:
    stage.tube(event.actor).ended = True
    stage.record(event.actor, "saw the end", "", event.at)


def _broken(stage: Stage, event: p.Broken) -> None:
    stage.tube(event.actor).broken = event.error
    stage.record(event.actor, "saw a reset", event.error, event.at)


def _sent(stage: Stage, event: p.Sent) -> None:
    tube = stage.tube(event.actor)
    tube.sending = max(0, tube.sending - 1)


def _started(stage: Stage, event: p.Started) -> None:
    stage.program(event.actor).started = True
    stage.record(event.actor, "started", "", event.at)


def _printed(stage: Stage, event: p.Printed) -> None:
    running = stage.program(event.actor)
    if page := stage.pages.get(event.actor):
        if event.stream == "err":
            running.errors += raw(event.data)
            return
        for what, words in page.take(raw(event.data)):
            stage.record(event.actor, what, text(words.encode("utf-8", "replace")), event.at)
        return
    running.screen += raw(event.data)
    if event.stream == "err":
        running.errors += raw(event.data)
    stage.record(event.actor, "printed", event.data, event.at)


def _exited(stage: Stage, event: p.Exited) -> None:
    stage.program(event.actor).exited = event
    how = f"status {event.status}" if event.signal is None else f"signal {event.signal}"
    stage.record(event.actor, "exited", how, event.at)


def _limit(stage: Stage, event: p.LimitHit) -> None:
    running = stage.program(event.actor)
    running.limit = running.limit or event.what
    stage.record(event.actor, "hit a limit", event.what, event.at)


def _bound(stage: Stage, event: p.Bound) -> None:
    running = stage.program(event.actor)
    running.bound.append(event)
    running.binds += 1
    stage.record(event.actor, "listens", f"{event.transport}/{event.port}", event.at)


def _unbound(stage: Stage, event: p.Unbound) -> None:
    running = stage.program(event.actor)
    running.bound = [
        item
        for item in running.bound
        if (item.transport, item.host, item.port) != (event.transport, event.host, event.port)
    ]
    stage.record(event.actor, "stopped listening", f"{event.transport}/{event.port}", event.at)


def _zombies(stage: Stage, event: p.Zombies) -> None:
    stage.program(event.actor).zombies = event.count
    if event.count > 0:
        stage.record(
            event.actor, "has", f"{event.count} zombie{'s' * (event.count != 1)}", event.at
        )


HANDLERS: dict[type[p.Event], Callable[[Stage, Any], None]] = {
    p.Connected: _connected,
    p.CouldNot: _could_not,
    p.Listening: _listening,
    p.Accepted: _accepted,
    p.Data: _data,
    p.Datagram: _datagram,
    p.Relayed: _relayed,
    p.Ended: _ended,
    p.Broken: _broken,
    p.Sent: _sent,
    p.Started: _started,
    p.Printed: _printed,
    p.Exited: _exited,
    p.LimitHit: _limit,
    p.Bound: _bound,
    p.Unbound: _unbound,
    p.Zombies: _zombies,
}
