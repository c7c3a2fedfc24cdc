"""Which ports the programs have, where there is no /proc: by `lsof`, a few times a second."""

from __future__ import annotations

import os

from grader.agent.loop import READ
from grader.agent.protocol import Bound, Unbound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.agent.custody import Custody
    from grader.agent.loop import Loop, Timer
    from grader.agent.protocol import Event

_PAUSE = 0.2  # seconds between the end of one look and the next

Port = tuple[str, str, str, int]  # actor, transport, host, port


def parse(text: str, actors: dict[int, str]) -> set[Port]:
    """What `lsof -F gftPnT` printed, by the process groups of our programs.

    A line is a field and its first character says which. A process (p) has a group (g) and files
    (f), each of a type (t: IPv4, IPv6), a protocol (P), a name (n) and, over TCP, a state (TST=…).
    """
    found: set[Port] = set()
    actor = ""
    fields: dict[str, str] = {}
    for line in [*text.splitlines(), "f"]:
        key, value = line[:1], line[1:]
        if key in {"p", "f"}:
            found |= _ports_of(actor, fields)
            fields = {}
        elif key == "g":
            actor = actors.get(int(value), "")
        elif key == "T":
            what, _, value = value.partition("=")
            fields[key + what] = value
        else:
            fields[key] = value
    return found


def _ports_of(actor: str, fields: dict[str, str]) -> set[Port]:
    transport = fields.get("P", "").lower()
    host, _, port = fields.get("n", "").partition("->")[0].rpartition(":")
    reachable = transport == "udp" or fields.get("TST") == "LISTEN"
    if not (actor and reachable and port.isdigit()):
        return set()
    anywhere = "::" if fields.get("t") == "IPv6" else "0.0.0.0"
    return {(actor, transport, anywhere if host == "*" else host.strip("[]"), int(port))}


class LsofPorts:
    """Reports `Bound` and `Unbound` while programs run, as `Ports` does."""

    def __init__(
        self,
        loop: Loop,
        emit: Callable[[Event], None],
        custody: Custody,
        on_tick: Callable[[], bool],
    ) -> None:
        self._loop = loop
        self._emit = emit
        self._custody = custody
        self._on_tick = on_tick
        self._timer: Timer | None = None
        self._reading = -1
        self._text = b""
        self._known: set[Port] = set()

    def hurry(self) -> None:
        """A program was started."""
        if self._timer is None and self._reading < 0:
            self._timer = self._loop.later(_PAUSE / 4, self._ask)

    def look(self) -> None:
        """Another look takes its time here; what it finds comes as events."""
        self.hurry()

    def clear(self) -> None:
        """Nothing runs any more; what was known is forgotten without a word."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._reading >= 0:
            self._stop_reading()
        self._known.clear()

    def _ask(self) -> None:
        self._timer = None
        groups = ",".join(map(str, self._custody.groups()))
        if not groups:
            return
        self._reading, theirs = os.pipe()
        self._text = b""
        actions = [
            (os.POSIX_SPAWN_DUP2, theirs, 1),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]
        argv = ["lsof", "-nP", "-a", "-i", "-g", groups, "-F", "gftPnT"]
        try:
            os.posix_spawnp("lsof", argv, os.environ, file_actions=actions)
        finally:
            os.close(theirs)
        self._loop.watch(self._reading, READ, lambda _events: self._read())

    def _read(self) -> None:
        chunk = os.read(self._reading, 1 << 16)
        self._text += chunk
        if chunk:
            return
        self._stop_reading()
        found = parse(self._text.decode("latin-1"), self._custody.groups())
        for port in sorted(self._known - found):
            self._emit(Unbound(*port))
        for port in sorted(found - self._known):
            self._emit(Bound(*port))
        self._known = found
        if self._on_tick():
            self._timer = self._loop.later(_PAUSE, self._ask)

    def _stop_reading(self) -> None:
        self._loop.unwatch(self._reading)
        os.close(self._reading)
        self._reading = -1
