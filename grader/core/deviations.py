"""What honest programs do differently, each of which is noted and may cost what the spec says.

The registry is the one place where a deviation has its name, its words and its meaning: the keys
of a spec's `deductions`, the reference page, the JSON Schema and the reports are made from it. A
deviation costs nothing unless the spec says otherwise, and it costs that once, however often it
was seen.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Deviation(msgspec.Struct, frozen=True):
    """One way to be different: its code, what is said when nothing nearer is, what it means."""

    code: str
    title: str
    means: str


class Deduction(msgspec.Struct, frozen=True):
    """Points that a deviation has cost a submission, and what was seen."""

    code: str
    points: float
    text: str


def _table(text: str) -> dict[str, Deviation]:
    """Read lines of `code | title | meaning`."""
    rows = (line.split(" | ") for line in text.strip().splitlines())
    return {code: Deviation(code, title, means) for code, title, means in rows}


DEVIATIONS = _table("""
port | uses another port than the assignment's | it listens on, or connects to, another port, and is followed there
arguments | wants command-line arguments that the assignment does not ask for | it is started with an address and a port, in the way that works
prompts | asks for an address or a port on the keyboard | they are typed when it starts
address | has an IPv4 address written in its source | this machine takes on that address while it is graded
name | has a host name written in its source | that name stands for this machine while it is graded
loopback | listens on 127.0.0.1 only | it cannot be reached from another machine
packages | imports a package that is not part of Python | it is there if `grade.yml` lists it
padding | sends a newline or NUL bytes after its data | they are not counted as part of the message
reset | resets connections instead of closing them | what came before the reset counts
http | breaks a rule of HTTP that browsers forgive | the response is read as a browser would
""")  # noqa: E501 - a table


def deductions(prices: Mapping[str, float], seen: Mapping[str, str]) -> tuple[Deduction, ...]:
    """Return what the deviations that were seen cost, in the registry's order."""
    priced = (code for code in DEVIATIONS if code in seen and prices.get(code, 0) > 0)
    return tuple(Deduction(code, prices[code], seen[code]) for code in priced)
