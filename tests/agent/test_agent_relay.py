"""One flow of a relay, with a clock of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from hypothesis import given
from hypothesis import strategies as st

from grader.agent.loop import Loop, Timer
from grader.agent.relay import Flow

if TYPE_CHECKING:
    from collections.abc import Callable


class Clock:
    """Just the timers of a loop."""

    def __init__(self) -> None:
        self.timers: list[Timer] = []

    def later(self, delay: float, callback: Callable[[], None]) -> Timer:
        self.timers.append(Timer(delay, callback))
        return self.timers[-1]

    def strike(self) -> None:
        """Let every timer fire that was not cancelled."""
        timers, self.timers = self.timers, []
        for timer in sorted(timers, key=lambda item: item.due):
            if timer.callback is not None:
                timer.callback()


class Watched:
    """A flow and all that came of it."""

    def __init__(self, **plan: Any) -> None:
        self.clock, self.came = Clock(), ""
        self.told: list[tuple[str, int]] = []
        self.flow = Flow(plan, cast("Loop", self.clock), self._send, self._tell)

    def _send(self, data: str) -> None:
        self.came += data

    def _tell(self, what: str, number: int, data: str) -> None:
        del data
        self.told.append((what, number))

    def take(self, texts: str) -> str:
        """Put datagrams in, one for each letter; returns what has come out so far."""
        for text in texts:
            self.flow.take(text)
        return self.came


def test_without_a_plan_all_pass_in_order() -> None:
    assert Watched().take("abc") == "abc"


def test_a_swapped_one_goes_right_after_the_next() -> None:
    assert Watched(swaps=[1]).take("abc") == "bac"
    assert Watched(swaps=[1, 2]).take("abc") == "cab"
    assert Watched(swaps=[1], doubles=[2]).take("abc") == "bbac"
    assert Watched(swaps=[1], loses=[2]).take("abc") == "ac"


def test_a_swapped_one_that_nothing_follows_is_not_lost() -> None:
    watched = Watched(swaps=[1])
    assert watched.take("a") == ""
    assert watched.flow.busy
    watched.clock.strike()
    assert watched.came == "a"
    assert not watched.flow.busy


def test_a_delayed_one_is_overtaken_and_comes() -> None:
    watched = Watched(delays=[1], delay=0.3)
    assert watched.take("ab") == "b"
    assert watched.flow.busy
    watched.clock.strike()
    assert watched.came == "ba"
    assert watched.told == [("delayed", 1), ("passed", 2), ("released", 1)]


def test_closing_forgets_what_is_held() -> None:
    watched = Watched(delays=[1], swaps=[2], delay=0.3)
    watched.take("ab")
    watched.flow.close()
    watched.clock.strike()
    assert not watched.flow.busy
    assert watched.came == ""


POSITIONS = st.lists(st.integers(1, 12), unique=True)


@given(loses=POSITIONS, doubles=POSITIONS, swaps=POSITIONS, delays=POSITIONS)
def test_nothing_but_what_is_lost_is_lost(**plan: list[int]) -> None:
    """Whatever the plan, each datagram comes out once, those doubled twice, those lost never."""
    watched = Watched(**plan, delay=0.1)
    watched.take("abcdefghijkl")
    for _ in range(3):
        watched.clock.strike()
    assert not watched.flow.busy
    for number, text in enumerate("abcdefghijkl", 1):
        told = [what for what, who in watched.told if who == number]
        assert watched.came.count(text) == {"lost": 0, "doubled": 2}.get(told[0], 1)
        assert ("released" in told) == (told[0] in {"swapped", "delayed"})
