"""A thread's stack, whatever language it came from."""

from __future__ import annotations

import msgspec


class Frame(msgspec.Struct, frozen=True):
    """One call: `file` as the dump writes it, its line (from 1), and the function."""

    file: str
    line: int
    function: str = ""


class Stack(msgspec.Struct, frozen=True):
    """One thread's calls, the innermost first. `task` is the kernel's number, 0 if not told;
    `calls` are all functions' names, those without a source among them.
    """

    frames: tuple[Frame, ...]
    task: int = 0
    calls: tuple[str, ...] = ()
