"""Importing this package registers every verb."""

from grader.core.verbs import (
    acting,
    browsing,
    hearing,
    mail,
    peers,
    programs,
    relaying,
    source,
    watching,
    web,
)
from grader.core.verbs.registry import DONE, VERBS, Action, Done, Role, Verb

__all__ = [
    "DONE",
    "VERBS",
    "Action",
    "Done",
    "Role",
    "Verb",
    "acting",
    "browsing",
    "hearing",
    "mail",
    "peers",
    "programs",
    "relaying",
    "source",
    "watching",
    "web",
]
