"""The grader's side of a channel, for tests: send a command, wait for an event.

A wait looks at all events since the last `forget`, so that their order need not be known, and
shows them all when it fails.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, Self, TypeVar

from grader.agent import protocol
from grader.agent.wire import decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.agent.protocol import Command, Event

E = TypeVar("E", bound="Event")
PATIENCE = 15.0


class Client:
    """One agent and the channel to it."""

    def __init__(self, argv: list[str], cwd: str | None = None) -> None:
        self.process = subprocess.Popen(
            argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=cwd, bufsize=0
        )
        self.events: list[Event] = []
        self._rest = b""
        self._tokens = 0
        self.ready = self.wait(protocol.Ready)

    def send(self, *commands: Command) -> None:
        assert self.process.stdin is not None
        data = b"".join(map(encode, commands))
        while data:
            data = data[os.write(self.process.stdin.fileno(), data) :]

    def wait(self, kind: type[E], patience: float = PATIENCE, **wanted: Any) -> E:
        """The first event of this kind with these values, now or to come."""
        seen = 0
        deadline = time.monotonic() + patience
        while True:
            for event in self.events[seen:]:
                seen += 1
                if isinstance(event, kind) and wanted.items() <= vars(event).items():
                    return event
            if not self._more(deadline):
                shown = "\n  ".join(map(repr, self.events))
                raise AssertionError(f"no {kind.__name__} {wanted} among:\n  {shown}")

    def ask(self, command: Command, kind: type[E], **wanted: Any) -> E:
        """Send a command and wait for the answer, which must come after it."""
        self.forget()
        self.send(command)
        return self.wait(kind, **wanted)

    def wait_for_text(self, kind: type[Event], actor: str, wanted: str, **more: Any) -> str:
        """Wait until what an actor received or printed contains a text."""
        deadline = time.monotonic() + PATIENCE
        while wanted not in (got := self.text(kind, actor, **more)):
            assert self._more(deadline), f"{wanted!r} is not in {got[-2000:]!r}: {self.events[-9:]}"
        return got

    def text(self, kind: type[Event], actor: str, **wanted: Any) -> str:
        """All an actor received (or printed) since the last `forget`."""
        chosen = self.all(kind, actor=actor, **wanted)
        return "".join(vars(event)["data"] for event in chosen)

    def all(self, kind: type[E], **wanted: Any) -> list[E]:
        return [
            event
            for event in self.events
            if isinstance(event, kind) and wanted.items() <= vars(event).items()
        ]

    def forget(self) -> None:
        self.events.clear()

    def settle(self) -> None:
        """Wait until all that happened was reported."""
        self._tokens += 1
        self.send(protocol.Ping(self._tokens))
        self.wait(protocol.Pong, token=self._tokens)

    def reset(self) -> None:
        self.send(protocol.Reset())
        self.wait(protocol.Clean)
        self.forget()

    def unpack(self, *, keep: bool = False, **files: str) -> None:
        """Put files in place; `server_py="…"` makes `server.py`."""
        named = {name.replace("_", "."): content for name, content in files.items()}
        self.ask(protocol.Unpack(named, keep=keep), protocol.Unpacked, error="")

    def python(self, actor: str, source: str, **more: Any) -> protocol.Started:
        """Run a Python program as an actor."""
        files = {f"{actor}.py": source}
        self.ask(protocol.Unpack(files, keep=True), protocol.Unpacked, error="")
        argv = [self.interpreter, "-S", f"{actor}.py"]
        return self.ask(protocol.Spawn(actor, argv, **more), protocol.Started, actor=actor)

    interpreter = sys.executable

    def close(self) -> int:
        """End the agent as a grader that goes away does; its exit status."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            return self.process.wait(10)
        finally:
            self.process.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def _more(self, deadline: float) -> bool:
        """Read some more events; false when none came in time."""
        assert self.process.stdout is not None
        fd = self.process.stdout.fileno()
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([fd], [], [], left)[0]:
            return False
        chunk = os.read(fd, 1 << 20)
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        self.events += _events(lines)
        return bool(chunk)


def _events(lines: list[bytes]) -> Iterator[Event]:
    for line in lines:
        event = decode(line)
        assert isinstance(event, protocol.Event)
        yield event
