"""What keys to press so that a terminal delivers just the bytes that are meant."""

from __future__ import annotations

import select

EOF, _QUOTE = b"\x04", b"\x16"
_LINE = 4000  # the longest piece of a line a terminal takes (the kernel's buffer is 4096)


def keystrokes(data: bytes) -> bytes:
    """The keys that make a terminal deliver just these bytes: control keys quoted, and long
    lines handed over in parts, which a reader of lines cannot tell from a whole.
    """
    *lines, last = data.split(b"\n")
    parts = []
    for line in [*(line + b"\n" for line in lines), last]:
        for start in range(0, len(line), _LINE):
            piece = line[start : start + _LINE]
            parts.append(piece.replace(_QUOTE, _QUOTE * 2).replace(EOF, _QUOTE + EOF))
            if start + _LINE < len(line):
                parts.append(EOF)
    return b"".join(parts)


def deliver(terminal: int) -> None:
    """Have the kernel hand over what was typed to this (slave) side of a terminal. It does so when
    it finds the time, on a loaded machine much later; a poll waits for it.
    """
    poll = select.poll()
    poll.register(terminal, select.POLLIN)
    poll.poll(0)
