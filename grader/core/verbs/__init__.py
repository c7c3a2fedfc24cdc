"""Importing this package registers every verb."""

from grader.core.verbs import hearing, peers, programs, watching, web
from grader.core.verbs.registry import DONE, VERBS, Action, Done, Role, Verb

__all__ = [
    "DONE",
    "VERBS",
    "Action",
    "Done",
    "Role",
    "Verb",
    "hearing",
    "peers",
    "programs",
    "watching",
    "web",
]
