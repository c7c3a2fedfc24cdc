"""TCP connections of ours.

What arrived before a reset is reported before the reset: a connection is read until it says so
itself, also when it was a send that found out. What is sent goes out in order, each piece by a
`send` of its own (so that it is a segment of its own), and closing waits its turn behind it.
"""

from __future__ import annotations

import errno
import socket
import struct
from collections import deque

from grader.agent.loop import READ, WRITE, Loop
from grader.agent.protocol import Broken, Connected, CouldNot, Data, Ended, Sent
from grader.agent.wire import text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.agent.loop import Timer
    from grader.agent.protocol import Event

_BITE = 1 << 16
_QUICKACK: int | None = getattr(socket, "TCP_QUICKACK", None)
_ABORT = struct.pack("ii", 1, 0)


def error_name(exc: OSError) -> str:
    """An error as it is reported: its errno's name."""
    return errno.errorcode.get(exc.errno or 0, str(exc))


def family_of(host: str) -> socket.AddressFamily:
    """Of a numeric address."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET


class Outgoing:
    """One `Send`: what is left of it."""

    def __init__(self, pieces: list[bytes], pause: float) -> None:
        self.size = sum(map(len, pieces))
        self.pieces = deque(memoryview(piece) for piece in pieces)
        self.pause = pause


class Connection:
    """A connected (or connecting) socket, ours or accepted."""

    def __init__(
        self,
        actor: str,
        sock: socket.socket,
        loop: Loop,
        emit: Callable[[Event], None],
        abandoned: Callable[[socket.socket], bool] | None = None,
    ) -> None:
        """`abandoned` tells whether nobody has the peer's socket any more: a network that we share
        with a whole machine is then spared its TIME_WAIT.
        """
        self.actor = actor
        self._abandoned = abandoned
        self.sock = sock
        self.open = True
        self._loop = loop
        self._emit = emit
        self._connecting = False
        self._reading = True  # the peer may still send
        self.held = False
        self._shut = False  # our half is closed
        self._blocked = False  # a piece waits for room in the kernel
        self._queue: deque[Outgoing | str] = deque()  # sends, and "half"/"close" in their turn
        self._timer: Timer | None = None
        sock.settimeout(0)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    @property
    def busy(self) -> bool:
        """It will do something by itself: connect, or send the next piece after a pause."""
        return self._connecting or self._timer is not None

    def connect(self, host: str, port: int) -> None:
        """Begin; the outcome comes as an event."""
        code = self.sock.connect_ex((host, port))
        if code == errno.EINPROGRESS:
            self._connecting = True
            self._loop.watch(self.sock.fileno(), WRITE, lambda _: self._connected(host, port))
        else:
            self._connected(host, port, code)

    def start(self) -> None:
        """Begin to read."""
        self._watch()

    def send(self, pieces: list[bytes], pause: float) -> None:
        """Queue pieces; what can go at once does."""
        if self._shut:
            self._emit(CouldNot(self.actor, "send", "EPIPE"))
            return
        self._queue.append(Outgoing(pieces, pause))
        self._advance()

    def close(self, how: str) -> None:
        """Close, half-close (both after what is queued), or abort at once."""
        if how == "abort":
            self.abort()
        elif self.open:
            self._queue.append(how)
            self._advance()

    def hold(self, *, on: bool) -> None:
        """Stop or resume reading."""
        self.held = on
        self._watch()

    def abort(self) -> None:
        """End it in a reset, now."""
        if self.open:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORT)
            self._drop()

    def _connected(self, host: str, port: int, code: int | None = None) -> None:
        self._connecting = False
        if code is None:
            code = self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            self._emit(CouldNot(self.actor, "connect", errno.errorcode.get(code, str(code)), port))
            self._drop()
            return
        local_port = self.sock.getsockname()[1]
        self._emit(Connected(self.actor, local_port, host, port))
        self._watch()
        self._advance()

    def _watch(self) -> None:
        if not self.open or self._connecting:
            return
        events = (READ if self._reading and not self.held else 0) | (WRITE * self._blocked)
        if events:
            self._loop.watch(self.sock.fileno(), events, self._ready)
        else:
            self._loop.unwatch(self.sock.fileno())

    def _ready(self, events: int) -> None:
        if events & READ:
            self._take()
        if events & WRITE and self._blocked:
            self._blocked = False
            self._watch()
            self._advance()

    def _take(self) -> bool:
        """Report a bite of what came in; says whether there may be more."""
        try:
            data = self.sock.recv(_BITE)
        except BlockingIOError:
            return False
        except OSError as exc:
            self._emit(Broken(self.actor, error_name(exc)))
            self._drop()
            return False
        if data:
            if _QUICKACK is not None:  # or the peer holds its next small piece back for 40 ms
                self.sock.setsockopt(socket.IPPROTO_TCP, _QUICKACK, 1)
            self._emit(Data(self.actor, text(data)))
            return True
        self._reading = False
        self._watch()
        self._emit(Ended(self.actor))
        return False

    def _advance(self) -> None:
        while self._queue and self._may_send():
            first = self._queue[0]
            if isinstance(first, str):
                self._queue.popleft()
                self._finish(first)
            elif first.pieces:
                self._send_piece(first)
            else:
                self._queue.popleft()
                self._emit(Sent(self.actor, first.size))

    def _may_send(self) -> bool:
        return self.open and not (self._connecting or self._blocked or self._timer)

    def _send_piece(self, outgoing: Outgoing) -> None:
        piece = outgoing.pieces[0]
        try:
            sent = self.sock.send(piece)
        except BlockingIOError:
            sent = 0
        except OSError as exc:
            self._break(exc)
            return
        if sent < len(piece):
            outgoing.pieces[0] = piece[sent:]
            self._blocked = True
            self._watch()
            return
        outgoing.pieces.popleft()
        if outgoing.pieces and outgoing.pause > 0:
            self._timer = self._loop.later(outgoing.pause, self._resume)

    def _resume(self) -> None:
        self._timer = None
        self._advance()

    def _break(self, exc: OSError) -> None:
        """A send failed: what had arrived comes first, then that, then the end of it all."""
        self._queue.clear()
        while self._reading and self.open and self._take():
            pass
        self._emit(CouldNot(self.actor, "send", error_name(exc)))
        if self.open:
            self._emit(Broken(self.actor, error_name(exc)))
            self._drop()

    def _finish(self, how: str) -> None:
        if how == "half":
            self._shut = True
            try:
                self.sock.shutdown(socket.SHUT_WR)
            except OSError:
                return  # it is broken: reading will tell
        elif self._abandoned and self._peer_closed() and self._abandoned(self.sock):
            self.abort()
        else:
            self._drop()

    def _peer_closed(self) -> bool:
        """Whether the peer's end has arrived, read or not."""
        try:
            return not self._reading or not self.sock.recv(1, socket.MSG_PEEK)
        except OSError:
            return False

    def _drop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._connecting = False
        self._queue.clear()
        self._loop.unwatch(self.sock.fileno())
        self.sock.close()
        self.open = False
