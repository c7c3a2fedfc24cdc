"""A bench on this machine, without Docker: one agent as a child process plays both sides.

It is for self-checks. Programs run as the user who asks, so they are trusted as far as the user
trusts them; where the kernel allows, the agent puts itself into a network namespace of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from grader.core.model import Limits
from grader.core.page import Browser
from grader.core.script import SIDECAR
from grader.resources import PACKAGE, data_dir
from grader.testbed.bench import Bench
from grader.testbed.browsers import NO_CHROMIUM, find_browser, visit_command


class ChildPipe:
    """The pipe to an agent that is a child process."""

    def __init__(self, argv: list[str], log: Path) -> None:
        self._log = log
        with log.open("wb") as stderr:
            self._process = subprocess.Popen(
                argv,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                start_new_session=True,  # Ctrl-C is for the grader, which then ends the agent
                bufsize=0,
            )

    def write(self, data: bytes) -> None:
        """Send all of it."""
        assert self._process.stdin is not None  # noqa: S101 - for the type checker
        view = memoryview(data)
        while view:
            view = view[self._process.stdin.write(view) or 0 :]

    def chunks(self) -> Iterator[bytes]:
        """Yield what the agent writes."""
        assert self._process.stdout is not None  # noqa: S101 - for the type checker
        with self._process.stdout as stdout:  # closed by its reader, never under its feet
            while chunk := os.read(stdout.fileno(), 1 << 16):
                yield chunk

    def close(self) -> None:
        """End its input, which ends it and its programs; then make sure."""
        if self._process.stdin and not self._process.stdin.closed:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def epitaph(self) -> str:
        """Return the last lines of its log."""
        try:
            return " / ".join(self._log.read_text(errors="replace").splitlines()[-3:])
        except OSError:
            return ""


class LocalBench(Bench):
    """One agent as a child process."""

    reference_root = str(data_dir("reference_impl"))
    isolate = True  # a network of its own, where the kernel allows

    def __init__(self, limits: Limits, browser: str | None = None) -> None:
        """`browser` is a Chromium, or empty for none; without, one is looked for."""
        super().__init__()
        self._chromium = find_browser() if browser is None else browser
        found = SIDECAR if self._chromium else ""
        self.browser = Browser(found, NO_CHROMIUM, borrowed=True)
        self._limits = limits
        self._open()

    def _open(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="grader-"))
        work = self._folder / "work"
        work.mkdir()
        (self._folder / "browser").mkdir()
        folder = ["--folder", str(self._folder / "browser")]
        self.visit = [*visit_command(self._chromium, root=PACKAGE.parent), *folder]
        argv = [sys.executable, "-m", "grader.agent", "--local", "--work", str(work)]
        argv += ["--isolate"] if self.isolate else []
        argv += agent_limits(self._limits)
        self.join(SIDECAR, ChildPipe(argv, self._folder / "agent.log"))

    def sandbox(self, image: str, limits: Limits) -> str:
        """Return the one agent there is."""
        del image, limits
        return SIDECAR

    def clear(self) -> None:
        """Nothing to remove: the next submission's files replace these."""

    def revive(self) -> None:
        """Start another agent."""
        self.close()
        self._adopted = ((), ())
        self._open()

    def close(self) -> None:
        """End the agent and remove its files."""
        for link in self.links.values():
            link.close()
        self.links.clear()
        shutil.rmtree(self._folder, ignore_errors=True)


def agent_limits(limits: Limits) -> list[str]:
    """Return the agent's arguments for these limits."""
    return [
        "--limit",
        f"nofile={limits.open_files}",
        "--limit",
        f"fsize={limits.file_size << 20}",
    ]
