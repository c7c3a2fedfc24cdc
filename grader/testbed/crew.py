"""The child process that agents on this machine come from; it is ready before it is needed.

Kept light: a self-check starts it before anything else is imported, so that both go on at once.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from grader.resources import PACKAGE

# -I -S: nothing is imported from where it runs, from where the environment says, or at the start
# of every Python here. Ours comes last, lest what is installed beside it hide Python's own.
_START = (
    "import sys; sys.path.append(sys.argv.pop(1)); import runpy; "
    "runpy.run_module('grader.agent', run_name='__main__', alter_sys=True)"
)
_END_SECONDS = 5


class Crew:
    """Agents come from here; raises `OSError` where none can be had."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._asking, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-I", "-S", "-c", _START, str(PACKAGE.parent)),
                    *("--local", "--crew", str(theirs.fileno())),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is for the grader, which then ends the agents
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _t: TracebackType | None,
    ) -> None:
        self.close()

    def hire(self, argv: Sequence[str], fds: tuple[int, int, int]) -> None:
        """Start an agent with these arguments, on the descriptors of its commands, its events and
        its log; raises `OSError`.
        """
        request = json.dumps(list(argv)).encode() + b"\n"
        with self._one_at_a_time:
            if self._process.poll() is not None:  # it had to be killed
                self.close()
                self._begin()
            try:
                socket.send_fds(self._asking, [request], list(fds))
                hired = self._asking.recv(1)
            except ConnectionError:
                hired = b""
            if not hired:
                raise OSError(f"the process they come from has ended: {self._last_words()}")

    def kill(self) -> None:
        """End all agents at once, whatever they do."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """End, with the agents; safe to call twice."""
        self._asking.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()

    def _last_words(self) -> str:
        assert self._process.stderr is not None  # noqa: S101 - for the type checker
        said = self._process.stderr.read(1 << 16).decode(errors="replace")
        return " / ".join(said.splitlines()[-3:])
