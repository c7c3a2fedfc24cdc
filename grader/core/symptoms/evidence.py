"""What was seen of a failed check, in the shape that the tests of symptoms ask for."""

from __future__ import annotations

import re

from grader.core.model import CheckResult
from grader.core.transcript import as_bytes

_NUMBER = re.compile(rb"\d+")


class Evidence:
    """What was seen of a failed check, in the shape the tests ask for."""

    def __init__(self, check: CheckResult) -> None:
        self.check = check
        self.both = check.expected is not None and check.received is not None
        self.expected = as_bytes(check.expected or "")
        self.received = as_bytes(check.received or "")
        self.sent = self._data("sent")
        self.heard = self._data("received")
        self.actors = [item.actor for item in check.transcript if item.what == "connected"]
        self.happened = {item.what for item in check.transcript}
        self.said = f"{check.message}\n{check.output}"

    def _data(self, what: str) -> list[bytes]:
        return [as_bytes(item.data) for item in self.check.transcript if item.what == what]

    @property
    def rest(self) -> bytes:
        """What came after all that was expected; empty if something else came."""
        goes_on = self.both and self.expected and self.received.startswith(self.expected)
        return self.received[len(self.expected) :] if goes_on else b""

    @property
    def counts(self) -> tuple[int, int] | None:
        """The number expected and the one that came, if the two differ in nothing else."""
        if not self.both or _NUMBER.sub(b"", self.expected) != _NUMBER.sub(b"", self.received):
            return None
        pairs = zip(_NUMBER.findall(self.expected), _NUMBER.findall(self.received), strict=False)
        different = [(int(left[:18]), int(right[:18])) for left, right in pairs if left != right]
        return different[0] if len(different) == 1 else None
