"""The one loop of an agent: descriptors, timers, and the quiet moment after both.

Nothing in an agent blocks or sleeps; whatever waits does so here. A callback that raises is
reported to `on_error` and the loop goes on.
"""

from __future__ import annotations

import heapq
import selectors
from collections import deque
from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

READ = selectors.EVENT_READ
WRITE = selectors.EVENT_WRITE


class Timer:
    """A call to come; `cancel` makes it never come."""

    __slots__ = ("callback", "due")

    def __init__(self, due: float, callback: Callable[[], None]) -> None:
        self.due = due
        self.callback: Callable[[], None] | None = callback

    def cancel(self) -> None:
        """Forget it."""
        self.callback = None


class _Watch:
    __slots__ = ("callback",)

    def __init__(self, callback: Callable[[int], object]) -> None:
        self.callback = callback


class Loop:
    """Calls back when a descriptor is ready, a time has come, or nothing is left to do."""

    def __init__(self, on_error: Callable[[Exception], None]) -> None:
        self.running = True
        self.take_rest: Callable[[], bool] = lambda: False  # reads what readiness does not tell
        self._on_error = on_error
        self._selector = selectors.DefaultSelector()
        self._watches: dict[int, _Watch] = {}
        self._timers: list[tuple[float, int, Timer]] = []
        self._made = 0
        self._quiet: deque[tuple[float, Callable[[bool], None]]] = deque()

    def watch(self, fd: int, events: int, callback: Callable[[int], object]) -> None:
        """Call `callback(events)` while `fd` is ready; replaces an earlier watch of it."""
        watch = _Watch(callback)
        if fd in self._watches:
            self._selector.modify(fd, events, watch)
        else:
            self._selector.register(fd, events, watch)
        self._watches[fd] = watch

    def unwatch(self, fd: int) -> None:
        """Stop watching `fd`; do so before closing it."""
        if self._watches.pop(fd, None) is not None:
            self._selector.unregister(fd)

    def later(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Call `callback` once, `delay` seconds from now."""
        timer = Timer(monotonic() + delay, callback)
        self._made += 1
        heapq.heappush(self._timers, (timer.due, self._made, timer))
        return timer

    def when_quiet(self, callback: Callable[[bool], None], patience: float = 0.25) -> None:
        """Call `callback(True)` in a round in which nothing was ready, so that all that had
        arrived was reported before; `callback(False)` when there was no such round in time.
        """
        self._quiet.append((monotonic() + patience, callback))

    def is_quiet(self) -> bool:
        """Whether nothing is ready at this very moment; what is stays so."""
        return not self._selector.select(0) and not self.take_rest()

    def run(self, after_round: Callable[[], None]) -> None:
        """Go round until `running` is made false."""
        while self.running:
            self._round()
            after_round()

    def close(self) -> None:
        """Give the selector's descriptor back."""
        self._selector.close()

    def _round(self) -> None:
        ready = self._selector.select(self._patience())
        for key, events in ready:
            watch = self._watches.get(key.fd)
            if watch is not None and watch is key.data:
                self._guard(watch.callback, events)
        idle = not self._run_timers() and not ready
        if self._quiet and idle and not self.take_rest():
            self._settle(quiet=True)
        elif self._quiet and self._quiet[0][0] < monotonic():
            self._settle(quiet=False)

    def _patience(self) -> float | None:
        if self._quiet:
            return 0
        if self._timers:
            return max(0.0, self._timers[0][0] - monotonic())
        return None

    def _run_timers(self) -> bool:
        now = monotonic()
        ran = False
        while self._timers and self._timers[0][0] <= now:
            callback = heapq.heappop(self._timers)[2].callback
            if callback is not None:
                ran = True
                self._guard(callback)
        return ran

    def _settle(self, *, quiet: bool) -> None:
        waiting, self._quiet = self._quiet, deque()
        for _, callback in waiting:
            self._guard(callback, quiet)

    def _guard(self, callback: Callable[..., object], *args: object) -> None:
        try:
            callback(*args)
        except Exception as exc:  # noqa: BLE001  # one fault must not end the agent
            self._on_error(exc)
