"""Looking at the programs: are they stuck, or just slow?

A look asks each sandbox's agent (`Probe`) and then the sidecar's, so that what the student's
programs said last has arrived; it is void as soon as anything happens meanwhile. It ends with
"they wait for nothing that can still come", or with "not yet", and is repeated.

Where programs of ours run in the sidecar, one look at each side proves nothing: ours may have
answered just after the student's was seen to wait. So the student's is looked at once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from grader.agent import protocol as p

SIDECAR = "sidecar"
FIRST_LOOK = 0.03  # seconds of silence after which the programs are looked at
BACKOFF = (0.05, 0.1, 0.2, 0.4, 0.5)  # … and again, while they are busy
IDLE_FOR = 1.0  # seconds after which a program of ours that polls is taken to wait for the student
IDLE_CALLS = frozenset({"poll", "recv", "read", "accept", "connect", "lock", "wait", "send"})


class Addressed(msgspec.Struct, frozen=True):
    """A command and the agent it is for."""

    agent: str
    command: p.Command


class _Look(msgspec.Struct):
    """A look under way."""

    token: int
    waiting_for: list[str]
    threads: list[p.Blocked]
    again: bool = False  # the student's programs are looked at for the second time


class Looks:
    """All looks of one run of a check."""

    def __init__(self, agents: Mapping[str, str]) -> None:
        self._agents = dict(agents)
        self._sandboxes = sorted({*agents.values()} - {SIDECAR})
        self.threads: list[p.Blocked] = []  # where the student's threads stood, last seen
        self.next_at = 0.0
        self._look: _Look | None = None
        self._tokens = self._tries = 0
        self._idle_since: float | None = None
        self._running: dict[int, tuple[float, float]] = {}  # by task: since when, CPU used then
        self.busy: tuple[float, float] = (0.0, 0.0)  # seconds, and the share of a processor

    @property
    def under_way(self) -> bool:
        """Whether an answer is awaited."""
        return self._look is not None

    def void(self, now: float) -> None:
        """Something has happened: what was seen before means nothing."""
        self._look, self._tries, self._idle_since = None, 0, None
        self.threads = []
        self._running, self.busy = {}, (0.0, 0.0)
        self.next_at = now + FIRST_LOOK

    def begin(self, now: float, held: Iterable[int]) -> Addressed:
        """Begin a look; `held` are the ports of connections of ours that are not read."""
        self._tokens += 1
        self._look = _Look(self._tokens, [*self._sandboxes, SIDECAR], [])
        self.next_at = now + BACKOFF[min(self._tries, len(BACKOFF) - 1)]
        self._tries += 1
        return self._ask(self._look, held)

    def take(
        self, agent: str, event: p.Probed, now: float, held: Iterable[int]
    ) -> Addressed | bool:
        """Take an answer: whom to ask next, or whether all are known to wait for good."""
        look = self._look
        if look is None or look.token != event.token or agent != look.waiting_for[0]:
            return False
        threads = [p.Blocked(**item) for item in event.threads]
        if (agent != SIDECAR and not look.again) or not self._sandboxes:
            look.threads += threads
        idle = agent == SIDECAR and not event.pending and self._ours_idle(threads, now)
        if agent != SIDECAR or not self._sandboxes:
            self._watch_busy(threads, now)
        if not (event.stuck or idle):
            self.threads, self._look = look.threads, None
            self.next_at = max(self.next_at, now)
            return False
        look.waiting_for.pop(0)
        if agent == SIDECAR and threads:
            look.again, look.waiting_for = True, [*self._sandboxes]
        if look.waiting_for:
            return self._ask(look, held)
        self.threads, self._look = look.threads, None
        return True

    def _watch_busy(self, threads: Sequence[p.Blocked], now: float) -> None:
        """Keep count of the processor time that a thread uses while nothing happens."""
        running = {item.task: item for item in threads if item.call == "running"}
        self._running = {task: at for task, at in self._running.items() if task in running}
        for task, item in running.items():
            since, used = self._running.setdefault(task, (now, item.cpu))
            if now - since > self.busy[0]:
                self.busy = (now - since, (item.cpu - used) / (now - since))

    @staticmethod
    def _ask(look: _Look, held: Iterable[int]) -> Addressed:
        return Addressed(look.waiting_for[0], p.Probe(look.token, sorted(held)))

    def _ours_idle(self, threads: Sequence[p.Blocked], now: float) -> bool:
        """Tell whether programs of ours wait for the network, whenever they are looked at for a
        while: curl polls with time-outs for ever, yet nothing but the student's program can make
        it go on. Without any such program, an agent that is not stuck is still at work.
        """
        students = {actor for actor, agent in self._agents.items() if agent == SIDECAR}
        idle = any(item.actor not in students for item in threads) and all(
            item.call in IDLE_CALLS and (item.forever or item.actor not in students)
            for item in threads
        )
        if not idle:
            self._idle_since = None
        elif self._idle_since is None:
            self._idle_since = now
        return self._idle_since is not None and now >= self._idle_since + IDLE_FOR
