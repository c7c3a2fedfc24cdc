"""How a message travels: the message base class, one line out, one line in.

A message is a frozen record; on the wire it is one JSON object on a line of its own, the
class name under `t`. Bytes travel as latin-1 strings: one character is one byte, and ASCII
stays readable in a log.
"""

from __future__ import annotations

import json

from grader.agent.record import Record

TYPE_CHECKING = False  # importing `typing` costs 5 ms of every start
if TYPE_CHECKING:
    from typing import ClassVar

MAX_LINE = 96 * 1024 * 1024  # a submission travels as one line; nothing larger is ours


class ProtocolError(Exception):
    """A line is not a message of this protocol (an agent of ours is broken or replaced)."""


class Message(Record):
    """Knows each subclass by its name."""

    types: ClassVar[dict[str, type[Message]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        Message.types[cls.__name__] = cls


def encode(message: Message) -> bytes:
    """One message as one line, newline included."""
    body = {"t": type(message).__name__, **vars(message)}
    return json.dumps(body, separators=(",", ":")).encode("ascii") + b"\n"


def decode(line: bytes) -> Message:
    """One line as a message; raises `ProtocolError` on anything else."""
    try:
        body = json.loads(line)
        kind = Message.types[body.pop("t")]
        return kind(**body)
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        shown = line[:120].decode("latin-1")
        raise ProtocolError(f"not a message of this protocol: {shown!r}") from exc


def text(data: bytes) -> str:
    """Bytes as they travel in a message."""
    return data.decode("latin-1")


def raw(data: str) -> bytes:
    """The bytes behind a travelling string."""
    return data.encode("latin-1")
