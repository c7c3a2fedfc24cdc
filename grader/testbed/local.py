"""A bench on this machine, without Docker: one agent as a child process plays both sides.

It is for self-checks. Programs run as the user who asks, so they are trusted as far as the user
trusts them; where the kernel allows, the agent puts itself into a network namespace of its own.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.core.model import Limits
from grader.core.page import Browser
from grader.core.script import SIDECAR
from grader.resources import PACKAGE, data_dir
from grader.testbed.bench import Bench, BenchError
from grader.testbed.browsers import NO_CHROMIUM, find_browser, visit_command
from grader.testbed.crew import Crew

WITNESSES = ("eu-stack", "gdb")  # what can tell where another program stands
COMPILES = 20  # seconds


class ChildPipe:
    """The pipe to an agent of the crew."""

    def __init__(self, crew: Crew, argv: Sequence[str], log: Path) -> None:
        """Raises `OSError`."""
        self._crew, self._log = crew, log
        self._ended = threading.Event()
        commands, to = os.pipe()
        self._from, events = os.pipe()
        self._to = open(to, "wb", buffering=0)  # noqa: PTH123, SIM115 - a descriptor
        try:
            with log.open("wb") as stderr:
                crew.hire(argv, (commands, events, stderr.fileno()))
        except OSError:
            os.close(self._from)
            self._to.close()
            raise
        finally:
            os.close(commands)
            os.close(events)

    def write(self, data: bytes) -> None:
        """Send all of it."""
        view = memoryview(data)
        while view:
            view = view[self._to.write(view) or 0 :]

    def chunks(self) -> Iterator[bytes]:
        """Yield what the agent writes."""
        try:
            while chunk := os.read(self._from, 1 << 16):
                yield chunk
        finally:
            os.close(self._from)  # by its reader, never under its feet
            self._ended.set()

    def close(self) -> None:
        """End its input, which ends it and its programs; then make sure."""
        self._to.close()
        if not self._ended.wait(timeout=5):
            self._crew.kill()

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

    def __init__(
        self, limits: Limits, browser: str | None = None, crew: Crew | None = None
    ) -> None:
        """`browser` is a Chromium, or empty for none; without, one is looked for. Benches may
        share a crew; without, this one has its own. Raises `BenchError`.
        """
        super().__init__()
        self._lent = crew
        self._chromium = find_browser() if browser is None else browser
        found = SIDECAR if self._chromium else ""
        self.browser = Browser(found, NO_CHROMIUM, borrowed=True)
        self._limits = limits
        self._open()

    def _open(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="grader-"))
        self.words = str(self._folder / "last-words")
        work = self._folder / "work"
        work.mkdir()
        (self._folder / "browser").mkdir()
        folder = ["--folder", str(self._folder / "browser")]
        self.visit = [*visit_command(self._chromium, root=PACKAGE.parent), *folder]
        argv = ["--local", "--work", str(work)]
        argv += ["--isolate"] if self.isolate else []
        argv += agent_limits(self._limits)
        try:
            self._crew = self._lent or Crew()
            pipe = ChildPipe(self._crew, argv, self._folder / "agent.log")
        except OSError as error:
            raise BenchError("agent_failed", f"no agent can be started: {error}") from error
        self.join(SIDECAR, pipe)

    def sandbox(self, image: str, limits: Limits) -> str:
        """Return the one agent there is."""
        del image, limits
        return SIDECAR

    def environment(self, image: str) -> dict[str, str]:
        """Have C and C++ programs tell the line they die at, where that can be had."""
        library = self._folder / "lastwords.so"
        if image != "c" or sys.platform != "linux" or not any(map(shutil.which, WITNESSES)):
            return {}
        if not library.exists():
            source = str(data_dir("docker") / "c" / "lastwords.c")
            command = ["cc", "-O1", "-shared", "-fPIC", "-o", str(library), source]
            import subprocess  # noqa: PLC0415 - where it is needed

            try:
                subprocess.run(command, capture_output=True, check=True, timeout=COMPILES)
            except (OSError, subprocess.SubprocessError):
                return {}
        return {"LD_PRELOAD": str(library), "GRADER_LAST_WORDS": "{words}"}

    @property
    def shared(self) -> bool:
        """Whether it is the machine's network that programs meet in."""
        return not all(link.ready and link.ready.isolated for link in self.links.values())

    def reset(self) -> None:
        """Bring the agent back to a clean state; on a network that is shared wait until the ports
        are free, which a textbook server cannot do.
        """
        Path(self.words).unlink(missing_ok=True)
        super().reset()
        if not self.shared:
            return
        from grader.testbed.busy import taken  # noqa: PLC0415 - where it is needed

        if why := taken(self.ends, self.tell):
            raise BenchError("port_taken", why)

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
        if self._crew is not self._lent:
            self._crew.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def agent_limits(limits: Limits) -> list[str]:
    """Return the agent's arguments for these limits."""
    return [
        "--limit",
        f"nofile={limits.open_files}",
        "--limit",
        f"fsize={limits.file_size << 20}",
    ]
