"""One start for several agents: a process with everything imported that forks an agent on request.

The grader asks over a socket, a line of JSON for each agent: its arguments; with the line come
the descriptors of its channel and its log. Each request is answered by a byte, as soon as the
agent is a process of its own. The end of the socket is the end of the crew, once all have ended.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import sys

from grader.agent.shims import past_shims

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

HIRED = b"1"
_DESCRIPTORS = 3  # commands, events, log


def serve(control: int, agent: Callable[[list[str]], int]) -> NoReturn:
    """Fork agents until nobody can ask any more; `agent` is what each runs, by its arguments."""
    for part in ("agent", "isolate"):  # once for all
        __import__(f"grader.agent.{part}")
    os.environ["PATH"] = past_shims(os.environ.get("PATH", os.defpath))
    gc.freeze()  # what all have in common is not looked through again, nor copied for that
    with socket.socket(fileno=control) as asked:
        while request := _receive(asked):
            argv, fds = request
            if os.fork() == 0:
                asked.close()
                _become(agent, argv, fds)
            for fd in fds:
                os.close(fd)
            asked.sendall(HIRED)
            _reap(os.WNOHANG)
    _reap(0)
    os._exit(0)  # at once: the grader waits for it


def _receive(asked: socket.socket) -> tuple[list[str], list[int]] | None:
    """The next request, or None when there will be none."""
    line, fds = b"", []
    while not line.endswith(b"\n"):
        chunk, more, _flags, _sender = socket.recv_fds(asked, 1 << 16, _DESCRIPTORS)
        if not chunk:
            return None
        line += chunk
        fds += more
    return json.loads(line), fds


def _become(agent: Callable[[list[str]], int], argv: list[str], fds: list[int]) -> None:
    """Be an agent on these descriptors; never returns."""
    code = 1
    try:
        for number, fd in enumerate(fds):
            os.dup2(fd, number)
        code = agent(argv)
    except BaseException:  # noqa: BLE001  # it is the agent's end, not the crew's
        sys.excepthook(*sys.exc_info())  # into its log
    finally:
        sys.stderr.flush()
        os._exit(code)


def _reap(options: int) -> None:
    """Collect agents that have ended."""
    try:
        while os.waitpid(-1, options)[0]:
            pass
    except ChildProcessError:
        return
