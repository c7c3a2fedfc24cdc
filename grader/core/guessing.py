"""Which assignment a folder of programs is for, told by names, ports and kind of socket.

A guess is offered only where one assignment fits better than every other; else a person is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from grader.core.model import Spec
from grader.core.regex import regex

NAMED = 10.0  # the assignment's whole name stands in a path
PORT = 1.5  # its port stands in the source, shared out among the assignments that use it
TRANSPORT = 1.0

_WORD = regex(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_UDP = regex(rb"SOCK_DGRAM|DatagramSocket|DatagramChannel|DatagramProtocol|UDPServer")
_TCP = regex(rb"SOCK_STREAM|ServerSocket|Socket\(|\.accept\(|\.listen\(|StreamRe|TCPServer")
_NUMBER = regex(rb"(?<![\w.])\d{2,5}(?![\w.])")
LOOKED_AT = 200_000  # bytes of a file


def guess(path: str, files: Mapping[str, bytes], specs: Iterable[Spec]) -> list[str]:
    """Return the assignments that fit best, by name: one if it is certain enough, none if
    nothing tells. `path` is where the files lie, its last folders first looked at.
    """
    known = list(specs)
    words = _words([*path.split("/")[-2:], *files])
    squeezed = "".join(re.findall("[a-z0-9]+", " ".join([path.lower(), *files]).lower()))
    sources = [content[:LOOKED_AT] for content in files.values()]
    numbers = {int(item) for source in sources for item in _NUMBER.findall(source)}
    kinds = {
        kind for kind, sign in (("udp", _UDP), ("tcp", _TCP)) if any(map(sign.search, sources))
    }
    generic = {item.name for spec in known for item in spec.programs}
    common = Counter(word for spec in known for word in set(spec.assignment.split("_")))
    ports = Counter(port for spec in known for port in _ports(spec))
    scores: dict[str, float] = {}
    for spec in known:
        parts = spec.assignment.split("_")
        score = sum(1 / common[part] for part in parts if part in words - generic)
        score += NAMED * ("".join(parts) in squeezed)
        score += sum(PORT / ports[port] for port in _ports(spec) if port in numbers)
        score += TRANSPORT * (len(kinds) == 1 and kinds == _transports(spec))
        scores[spec.assignment] = score
    best = max(scores.values(), default=0)
    if best <= TRANSPORT:  # a kind of socket alone tells too little
        return []
    return sorted(name for name, score in scores.items() if score > best - 1e-9)


def _words(names: Iterable[str]) -> set[str]:
    return {word.lower() for name in names for word in _WORD.findall(name)}


def _ports(spec: Spec) -> set[int]:
    return {item.port for one in spec.programs for item in (one.listens, one.connects) if item}


def _transports(spec: Spec) -> set[str]:
    ends = (item for one in spec.programs for item in (one.listens, one.connects))
    return {str(item.transport) for item in ends if item}
