"""A bench is one worker's place to grade: a trusted agent, sandboxes beside it, one mailbox.

`Bench` is the whole interface the grader needs; `DockerBench` and `LocalBench` are its two
kinds. Every agent has a reader thread that puts its events into the bench's mailbox, so that the
one who grades waits in one place. Faults here are ours, never the student's: `BenchError`.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from grader.agent import protocol as p
from grader.agent.wire import ProtocolError, decode, encode
from grader.core.model import Endpoint, Limits
from grader.core.page import Browser
from grader.core.script import SIDECAR

START_SECONDS = 60.0  # a cold machine may take its time; a backstop
CLEAN_SECONDS = 30.0
BROWSER = "browser"


class BenchError(Exception):
    """The testbed failed; `reason` is a code of the registry whose fault is ours."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Pipe(Protocol):
    """A connection to an agent: bytes both ways."""

    def write(self, data: bytes) -> None:
        """Send all of it; raises `OSError`."""

    def chunks(self) -> Iterator[bytes]:
        """Yield what the agent writes until it ends."""

    def close(self) -> None:
        """End it; safe to call twice."""

    def epitaph(self) -> str:
        """Say what the agent last wrote to its log."""


class Link:
    """An agent at the end of a pipe, its events going into a mailbox."""

    def __init__(self, name: str, pipe: Pipe, mailbox: Mailbox) -> None:
        self.name, self._pipe, self._mailbox = name, pipe, mailbox
        self.ready: p.Ready | None = None
        self.closed = False
        self._thread = threading.Thread(target=self._read, name=f"read-{name}", daemon=True)
        self._thread.start()

    def send(self, command: p.Command) -> None:
        """Send a command."""
        try:
            self._pipe.write(encode(command))
        except OSError as error:
            raise BenchError("sandbox_lost", f"{self.name} is gone: {error}") from error

    def close(self) -> None:
        """Close the pipe and wait for the reader."""
        self.closed = True
        self._pipe.close()
        self._thread.join(timeout=5)

    def _read(self) -> None:
        buffer = bytearray()
        why = "it ended"
        try:
            for chunk in self._pipe.chunks():
                buffer += chunk
                if b"\n" not in chunk:
                    continue
                *lines, rest = bytes(buffer).split(b"\n")
                buffer = bytearray(rest)
                for line in lines:
                    event = decode(line)
                    if isinstance(event, p.Event):
                        self._mailbox.put((self.name, event))
        except (OSError, ValueError, ProtocolError) as error:
            why = str(error)
        if not self.closed:
            log = self._pipe.epitaph()
            self._mailbox.put((self.name, Lost(f"{why}; {log}" if log else why)))


class Lost:
    """In a mailbox: this agent is gone."""

    def __init__(self, why: str) -> None:
        self.why = why


Mailbox = queue.SimpleQueue[tuple[str, "p.Event | Lost"]]


class Bench:
    """What both kinds of bench share; `_open` makes an agent's pipe."""

    reference_root = ""
    browser = Browser()
    visit: Sequence[str] = ()  # the command that `{visit}` stands for
    words = "/tmp/.last-words"  # noqa: S108 - what `{words}` stands for, in the sandbox
    ends: Sequence[Endpoint] = ()  # where the programs listen, or are listened to
    tell: Callable[[str], None] = staticmethod(lambda _text: None)  # told when waiting takes long

    def __init__(self) -> None:
        self._kept: deque[tuple[str, p.Event | Lost]] = deque()  # taken out too early
        self.mailbox: Mailbox = queue.SimpleQueue()
        self.links: dict[str, Link] = {}
        self.cancelled = threading.Event()
        self._adopted: tuple[tuple[str, ...], tuple[str, ...]] | None = ((), ())

    # ------------------------------------------------------------------------- for graders

    def sandbox(self, image: str, limits: Limits) -> str:
        """Make a sandbox for programs of this image ("python", "c", "java") and return the name
        of its agent. A sandbox lasts until `clear`. Raises `BenchError`.
        """
        raise NotImplementedError

    def adopt(self, addresses: Sequence[str], names: Sequence[str]) -> p.Adopted:
        """Be known by these addresses and host names from now on, before any sandbox is made; the
        answer says what cannot be had here. Raises `BenchError`.
        """
        wanted = (tuple(addresses), tuple(names))
        if wanted == self._adopted:
            return p.Adopted()
        answer = self._adopt(*wanted)
        self._adopted = wanted if not (answer.addresses or answer.names) else None
        return answer

    def _adopt(self, addresses: Sequence[str], names: Sequence[str]) -> p.Adopted:
        self.send(SIDECAR, p.Adopt(list(addresses), list(names)))
        event = self.wait(SIDECAR, lambda item: isinstance(item, p.Adopted), 30, "adopting")
        return event if isinstance(event, p.Adopted) else p.Adopted()

    def environment(self, image: str) -> dict[str, str]:
        """Return the variables that programs of an image are started with."""
        del image
        return {}

    def clear(self) -> None:
        """Remove the sandboxes of this submission; the trusted side stays."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Make whoever waits on this bench stop with `interrupted`; from any thread."""
        self.cancelled.set()
        self.mailbox.put(("", Lost("cancelled")))

    def revive(self) -> None:
        """Replace every agent after one was lost; raises `BenchError`."""
        raise NotImplementedError

    def close(self) -> None:
        """Remove everything; safe to call twice, and from another thread."""
        raise NotImplementedError

    def send(self, agent: str, command: p.Command) -> None:
        """Send a command to an agent, filling the places `{work}`, `{reference}`, `{words}` and, at
        the front, `{visit}`. The browser's agent is made when it is first sent something.
        """
        if agent == BROWSER and agent not in self.links:
            self._open_browser()
        link = self.links[agent]
        if isinstance(command, p.Spawn) and command.argv[:1] == ["{visit}"]:
            command = command.replace(argv=[*self.visit, *command.argv[1:]])
        elif isinstance(command, p.Spawn) and link.ready:
            work = link.ready.work
            root = self.reference_root or work
            places = {"{work}": work, "{reference}": root, "{words}": self.words}
            argv = [_filled(word, places) for word in command.argv]
            env = {name: _filled(value, places) for name, value in command.env.items()}
            command = command.replace(argv=argv, env=env)
        link.send(command)

    def next(self, timeout: float) -> tuple[str, p.Event] | None:
        """Wait for the next event; None when `timeout` seconds pass without one."""
        if self.cancelled.is_set():
            raise BenchError("interrupted", "grading was interrupted")
        if self._kept:
            name, event = self._kept.popleft()
        else:
            try:
                name, event = self.mailbox.get(timeout=max(0.0, timeout))
            except queue.Empty:
                return None
        if self.cancelled.is_set():
            raise BenchError("interrupted", "grading was interrupted")
        if isinstance(event, Lost):
            if name not in self.links:
                return None
            raise BenchError("sandbox_lost", f"{name} is gone: {event.why}")
        if isinstance(event, p.Ready) and name in self.links:
            self.links[name].ready = event
        return name, event

    def wait(
        self, agent: str, fits: Callable[[p.Event], bool], seconds: float, what: str
    ) -> p.Event:
        """Wait for an event of one agent, dropping all others; raises `BenchError`."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            item = self.next(min(left, 0.5))
            if item is None:
                continue
            name, event = item
            if name == agent and isinstance(event, p.Failed):
                raise BenchError("agent_failed", f"{agent}: {event.message}")
            if name == agent and fits(event):
                return event
        raise BenchError("agent_failed", f"{agent}: {what} took more than {seconds:g} seconds")

    def reset(self) -> None:
        """Bring every agent back to a clean state, dropping what it still had to say."""
        for name in self.links:
            self.send(name, p.Reset())
        dirty = set(self.links)
        end = time.monotonic() + CLEAN_SECONDS
        while dirty:
            if time.monotonic() > end:
                names = ", ".join(sorted(dirty))
                raise BenchError("agent_failed", f"not clean after {CLEAN_SECONDS:g} s: {names}")
            item = self.next(0.5)
            if item and isinstance(item[1], p.Clean):
                dirty.discard(item[0])

    # ------------------------------------------------------------------------ for the kinds

    def join(self, name: str, pipe: Pipe) -> Link:
        """Take in an agent and wait for its first word."""
        link = Link(name, pipe, self.mailbox)
        self.links[name] = link
        event = self._first(name)
        if isinstance(event, p.Ready) and event.version != p.VERSION:
            message = f"the agent speaks version {event.version}, not {p.VERSION}: run `make setup`"
            raise BenchError("agent_failed", message)
        return link

    def _first(self, name: str) -> p.Event:
        """Wait for an agent's first word, and lose nothing of what others say meanwhile."""
        others: list[tuple[str, p.Event | Lost]] = []
        end = time.monotonic() + START_SECONDS
        try:
            while (left := end - time.monotonic()) > 0:
                item = self.next(min(left, 0.5))
                if item and item[0] == name:
                    return item[1]
                others += [item] if item else []
        finally:
            self._kept.extendleft(reversed(others))
        raise BenchError("agent_failed", f"{name}: starting took over {START_SECONDS:g} seconds")

    def _open_browser(self) -> None:
        """Make the browser's agent; raises `BenchError`."""
        raise NotImplementedError


def _filled(word: str, places: Mapping[str, str]) -> str:
    for name, place in places.items():
        word = word.replace(name, place)
    return word


__all__ = ["BROWSER", "SIDECAR", "Bench", "BenchError", "Link", "Pipe"]
