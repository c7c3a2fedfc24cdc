"""Carries out `Adopt`: addresses and host names of others that are this machine for a while.

Both live in namespaces of our own; where there is none, it is said, and nothing is touched. The
modules that do it are imported when they are first needed: hardly any submission needs them.
"""

from __future__ import annotations

import sys

from grader.agent.protocol import Adopt, Adopted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from grader.agent.addresses import Addresses
    from grader.agent.hosts import Hosts

_NOT_OURS = "the network here is not the grader's own"


class Adoption:
    """What one agent has taken on."""

    def __init__(self, work: str, *, own: bool) -> None:
        self._work = work
        self._own = own and sys.platform == "linux"
        self._addresses: Addresses | None = None
        self._hosts: Hosts | None = None

    def take(self, command: Adopt) -> Adopted:
        """Take on these, let go of what was before."""
        return Adopted(self._take_addresses(command.addresses), self._take_names(command.names))

    def end(self) -> None:
        """Remove what would outlive us; the rest ends with the namespaces."""
        if self._hosts is not None:
            self._hosts.remove()

    def _take_addresses(self, addresses: list[str]) -> str:
        if not addresses and self._addresses is None:
            return ""
        if not self._own:
            return _NOT_OURS
        from grader.agent.addresses import Addresses  # noqa: PLC0415  # see above

        self._addresses = self._addresses or Addresses()
        try:
            self._addresses.set(addresses)
        except OSError as exc:
            return f"{exc.strerror or exc}"
        return ""

    def _take_names(self, names: list[str]) -> str:
        if not names and self._hosts is None:
            return ""
        if not self._own:
            return _NOT_OURS
        from grader.agent.hosts import Hosts  # noqa: PLC0415  # see above

        self._hosts = self._hosts or Hosts(self._work)
        try:
            self._hosts.set(names)
        except OSError as exc:
            return f"{exc.strerror or exc}"
        return ""
