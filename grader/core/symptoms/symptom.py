"""What a symptom is."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from grader.core.symptoms.evidence import Evidence


class Symptom(msgspec.Struct, frozen=True):
    """A likely cause: its code, the lecture's term, what to say, and how it is recognised."""

    code: str
    term: str
    words: str
    seen: Callable[[Evidence], bool]
