"""What was seen of a failed check, in the shape that the tests of symptoms ask for."""

from __future__ import annotations

from grader.core.model import CheckResult
from grader.core.regex import regex
from grader.core.transcript import as_bytes

_NUMBER = regex(rb"\d+")
_WELL = regex(r"it exited with status 0(?! \()")  # and no exception is named
_OURS_FIRST = frozenset({"connected", "could not connect", "sent"})
_THEIRS_FIRST = frozenset({"accepted", "was typed", "received"})
RUN = 4  # bytes that two texts have in common when one was made from the other


class Evidence:
    """What was seen of a failed check, in the shape the tests ask for."""

    def __init__(self, check: CheckResult) -> None:
        self.check = check
        self.reason = check.reason or ""
        self.both = check.expected is not None and check.received is not None
        self.expected = as_bytes(check.expected or "")
        self.received = as_bytes(check.received or "")
        self.sent = self._data("sent")
        self.heard = self._data("received")
        self.typed = self._data("was typed")
        self.actors = [item.actor for item in check.transcript if item.what == "connected"]
        self.happened = {item.what for item in check.transcript}
        self.said = f"{check.message}\n{check.output}"

    def _data(self, what: str) -> list[bytes]:
        return [as_bytes(item.data) for item in self.check.transcript if item.what == what]

    @property
    def answered(self) -> set[str]:
        """The actors of ours that something came back to."""
        return {item.actor for item in self.check.transcript if item.what == "received"}

    @property
    def serves(self) -> bool:
        """Whether it is a server: ours came to it first."""
        first = (x.what for x in self.check.transcript if x.what in _OURS_FIRST | _THEIRS_FIRST)
        return next(first, "") in _OURS_FIRST

    @property
    def left(self) -> bool:
        """Whether a client of ours has left."""
        return bool(self.happened & {"closed", "reset"})

    @property
    def runs_on(self) -> bool:
        """Whether no program of the student's has ended; of the others only ours that failed."""
        ended = {item.actor for item in self.check.transcript if item.what == "exited"}
        return not ended - {self.check.message.split(" ", 1)[0]}

    @property
    def ended_well(self) -> bool:
        """Whether the program is said to have ended by itself, and without an exception."""
        return _WELL.search(self.check.message) is not None

    @property
    def cut(self) -> bool:
        """Whether the first bytes of what was expected came, and nothing else."""
        begins = self.both and bool(self.received) and self.expected.startswith(self.received)
        return begins and self.received != self.expected

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

    @property
    def response(self) -> tuple[bytes, bytes] | None:
        """The header and the body of the one HTTP response that was heard."""
        head, blank, body = b"".join(self.heard).partition(b"\r\n\r\n")
        return (head, body) if blank and head.startswith(b"HTTP/") else None


def alike(one: bytes, other: bytes) -> bool:
    """Tell whether two texts have a run of bytes in common, whatever their case."""
    one, other = one.lower()[:4000], other.lower()[:4000]
    return any(one[at : at + RUN] in other for at in range(len(one) - RUN + 1))
