"""The registry of symptoms: a likely cause for what was seen, and what to do about it.

Each has the lecture's term for it, words a student can act on, and a sign, which looks at evidence
only, never at a check's name. Where nothing is certain nothing is said; the first that fits is
taken, so the more particular ones come first: what kept a program from starting, what
it said as it died, what a protocol
knows, what the bytes show, where the program stands. `docs/SYMPTOMS.md` is made from this.
"""

from __future__ import annotations

from grader.core.model import Cause, CheckResult
from grader.core.symptoms import endings, loops, mail, standing, starting, texts, values, web
from grader.core.symptoms.evidence import Evidence
from grader.core.symptoms.symptom import Symptom

SYMPTOMS: tuple[Symptom, ...] = (
    *starting.SYMPTOMS,
    *endings.SYMPTOMS,
    *web.SYMPTOMS,
    *mail.SYMPTOMS,
    *texts.SYMPTOMS,
    *values.SYMPTOMS,
    *loops.SYMPTOMS,
    *standing.SYMPTOMS,
)


def likely_cause(check: CheckResult) -> Cause | None:
    """Return the symptom that a failed check shows, if any is certain."""
    if check.outcome != "fail":
        return None
    evidence = Evidence(check)
    found = next((symptom for symptom in SYMPTOMS if symptom.seen(evidence)), None)
    return Cause(found.code, found.term, found.words) if found else None
