"""Finds the programs among a submission's files and says how to build and start them.

Pure: files come in as bytes by path, plans go out as lists of arguments. `find_programs` answers
for each program of an assignment with `Found` (its sources, the ways to build it, how to start
it) or `NotFound` (a reason and a message for the student); `read_build_output` turns what a
compiler said into the first error and the warnings.
"""

from grader.core.languages.finding import find_programs
from grader.core.languages.output import read_build_output
from grader.core.languages.plan import (
    Attempt,
    BuildReport,
    BuildStep,
    Found,
    Habits,
    Image,
    Language,
    NotFound,
)

__all__ = [
    "Attempt",
    "BuildReport",
    "BuildStep",
    "Found",
    "Habits",
    "Image",
    "Language",
    "NotFound",
    "find_programs",
    "read_build_output",
]
