"""The browser's DevTools protocol, over a pipe: commands in, answers and events out.

A pipe and not a port: on the shared loopback a student's program could drive a browser that
listens there. Messages are JSON, each ended by a NUL; the browser reads its descriptor 3 and
writes its descriptor 4.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import signal
from collections import deque
from collections.abc import Iterator
from time import monotonic
from typing import Any

OPTIONS = (
    "--headless",
    "--no-sandbox",  # the container is its sandbox: no capability, no network but loopback
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-breakpad",
    "--disable-default-apps",
    "--no-default-browser-check",
    "--mute-audio",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE ::1",
    "--no-proxy-server",
)
LAST_WORDS = 2000  # bytes of what the browser logged that are kept


class BrowserError(Exception):
    """The browser could not be started, or is gone: ours, never the student's."""


class TimeIsUpError(Exception):
    """An answer did not come in time."""


class DevTools:
    """A browser that was started for us."""

    def __init__(self, command: str, folder: str, *options: str) -> None:
        """Start it, its profile in `folder`; raises `BrowserError`."""
        argv = [command, *OPTIONS, f"--user-data-dir={folder}", *options, "about:blank"]
        its_in, self._out = map(_high, os.pipe())
        self._in, its_out = map(_high, os.pipe())
        self._log = os.path.join(folder, "log")  # noqa: PTH118
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, self._log, flags, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
            (os.POSIX_SPAWN_DUP2, its_in, 3),
            (os.POSIX_SPAWN_DUP2, its_out, 4),
        ]
        try:
            self._pid = os.posix_spawnp(
                command, argv, dict(os.environ), file_actions=actions, setpgroup=0
            )
        except OSError as error:
            raise BrowserError(f"{command} cannot be started: {error.strerror}") from error
        finally:
            os.close(its_in)
            os.close(its_out)
        os.set_blocking(self._in, False)
        self._buffer = bytearray()
        self._kept: deque[dict[str, Any]] = deque()
        self._last = 0
        self.session = ""

    def send(self, method: str, **params: Any) -> int:
        """Send a command and return its number; its answer comes as a message with this `id`."""
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        try:
            os.write(self._out, json.dumps(message).encode() + b"\0")
        except OSError as error:
            raise self._gone() from error
        return self._last

    def call(self, method: str, seconds: float, **params: Any) -> dict[str, Any]:
        """Send a command and return its answer, `{"error": …}` when the browser refuses.

        What comes meanwhile is kept. Raises `TimeIsUpError` and `BrowserError`.
        """
        number = self.send(method, **params)
        end = monotonic() + seconds
        while True:
            came = self._read(max(0.0, end - monotonic()))
            self._kept += [item for item in came if item.get("id") != number]
            for item in came:
                if item.get("id") == number:
                    result: dict[str, Any] = item.get("result", {})
                    return {**result, "error": item["error"]} if "error" in item else result
            if monotonic() >= end:
                raise TimeIsUpError(method)

    def messages(self, seconds: float) -> Iterator[dict[str, Any]]:
        """Yield the messages that were kept, or those that come within some seconds."""
        if not self._kept:
            self._kept += self._read(seconds)
        while self._kept:
            yield self._kept.popleft()

    def close(self) -> None:
        """End the browser and all its processes."""
        for fd in (self._in, self._out):
            os.close(fd)
        with contextlib.suppress(OSError):
            os.killpg(self._pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.waitpid(self._pid, 0)

    def _read(self, seconds: float) -> list[dict[str, Any]]:
        """Return the messages that come within some seconds, none if none comes."""
        if not select.select([self._in], [], [], seconds)[0]:
            return []
        while True:
            try:
                chunk = os.read(self._in, 1 << 20)
            except BlockingIOError:
                break
            if not chunk:
                raise self._gone()
            self._buffer += chunk
            if len(chunk) < 1 << 16:
                break
        *whole, rest = bytes(self._buffer).split(b"\0")
        self._buffer = bytearray(rest)
        return [json.loads(message) for message in whole]

    def _gone(self) -> BrowserError:
        with open(self._log, "rb") as log:  # noqa: PTH123
            lines = log.read()[-LAST_WORDS:].decode("utf-8", "replace").splitlines()
        last = next((line for line in reversed(lines) if line.strip()), "without a word")
        return BrowserError(f"the browser ended: {last}")


def _high(fd: int) -> int:
    """Move a descriptor out of the way of those that the browser gets."""
    try:
        return fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10)
    finally:
        os.close(fd)
