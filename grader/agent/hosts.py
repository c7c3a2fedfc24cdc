"""Host names that mean this machine, where the agent has a mount namespace of its own.

A file of ours is mounted over /etc/hosts, which nobody outside the namespace sees. (In Docker the
engine writes the file that sidecar and sandbox share; nothing is done here.)
"""

from __future__ import annotations

import os

from grader.agent import linux

_HOSTS = "/etc/hosts"


class Hosts:
    """Our file over /etc/hosts, made when it is first needed."""

    def __init__(self, folder: str) -> None:
        self._path = f"{folder}.hosts"
        self._before: bytes | None = None

    def set(self, names: list[str]) -> None:
        """Let these names, which have been checked, mean 127.0.0.1; raises `OSError`."""
        if self._before is None:
            with open(_HOSTS, "rb") as file:
                self._write(before := file.read())
            linux.bind(self._path, _HOSTS)
            self._before = before
        lines = "".join(f"127.0.0.1\t{name}\n" for name in names)
        self._write(lines.encode("ascii") + self._before)

    def remove(self) -> None:
        """Remove our file; the mount ends with the namespace."""
        if self._before is not None:
            os.unlink(self._path)

    def _write(self, content: bytes) -> None:
        """Write in place: the mount is on this very file."""
        with open(self._path, "wb") as file:
            file.write(content)
