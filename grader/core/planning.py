"""What a result depends on, as one key: equal key, equal result, so nothing is graded twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import msgspec

from grader.core.model import Limits


def job_key(
    spec_digest: str,
    submission_digest: str,
    limits: Limits,
    entry: Mapping[str, str],
    tools: Iterable[str],
) -> str:
    """Return the digest of all that a result is made from.

    `tools` are the digests of what grades: the grader's own source, the runner, the images.
    """
    parts = [
        spec_digest,
        submission_digest,
        msgspec.json.encode(limits).decode(),
        msgspec.json.encode(dict(sorted(entry.items()))).decode(),
        *sorted(tools),
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]
