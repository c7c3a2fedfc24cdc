"""The channel to the grader: commands in by the line, events out by the round.

Events are stamped when they are emitted and written once a round. When the grader reads slower
than the programs write, the agent does nothing but read commands and write events until most of
it is gone: memory stays bounded and neither side waits for the other for ever.
"""

from __future__ import annotations

import os
import select
from time import monotonic

from grader.agent.loop import READ, WRITE, Loop
from grader.agent.protocol import Failed
from grader.agent.wire import MAX_LINE, Message, ProtocolError, decode, encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.agent.protocol import Event

_HIGH = 8 << 20  # bytes of unwritten events at which everything else stops …
_LOW = 1 << 20  # … until no more than these are left


class Channel:
    """Carries messages over two descriptors; `on_end` is called when the grader is gone."""

    def __init__(
        self,
        fds: tuple[int, int],
        loop: Loop,
        on_command: Callable[[Message], None],
        on_end: Callable[[], None],
    ) -> None:
        self._in, self._out = fds
        self._loop = loop
        self._on_command = on_command
        self._on_end = on_end
        self._line: list[bytes] = []
        self._line_size = 0
        self._unsent = bytearray()
        self._ended = False
        os.set_blocking(self._out, False)
        loop.watch(self._in, READ, self._readable)

    def emit(self, event: Event) -> None:
        """Stamp an event and send it at the end of this round."""
        vars(event)["at"] = round(monotonic(), 6)
        self._unsent += encode(event)

    def flush(self) -> None:
        """Write what there is; called after each round."""
        if not self._unsent:
            return
        self._write()
        if len(self._unsent) > _HIGH:
            self._relieve()
        if self._unsent:
            self._loop.watch(self._out, WRITE, lambda _events: None)
        else:
            self._loop.unwatch(self._out)

    def _write(self) -> None:
        try:
            del self._unsent[: os.write(self._out, self._unsent)]
        except BlockingIOError:
            return
        except OSError:
            self._end()

    def _relieve(self) -> None:
        poll = select.poll()
        poll.register(self._out, select.POLLOUT)
        poll.register(self._in, select.POLLIN)
        commands: list[bytes] = []
        while len(self._unsent) > _LOW and not self._ended:
            for fd, _ in poll.poll():
                if fd == self._out:
                    self._write()
                else:
                    commands += self._read()
        self._dispatch(commands)

    def _readable(self, _events: int) -> None:
        self._dispatch(self._read())

    def _dispatch(self, lines: list[bytes]) -> None:
        for line in lines:
            try:
                command = decode(line)
            except ProtocolError as exc:
                self.emit(Failed(str(exc)))
            else:
                self._on_command(command)

    def _read(self) -> list[bytes]:
        """Whole lines among what came in; the rest is kept."""
        chunk = os.read(self._in, 1 << 18)
        if not chunk:
            self._end()
            return []
        *whole, rest = chunk.split(b"\n")
        if whole:
            whole[0] = b"".join([*self._line, whole[0]])
            self._line, self._line_size = [], 0
        self._line.append(rest)
        self._line_size += len(rest)
        if self._line_size > MAX_LINE:
            self._end()
        return whole

    def _end(self) -> None:
        if not self._ended:
            self._ended = True
            self._unsent.clear()
            self._loop.unwatch(self._in)
            self._on_end()
