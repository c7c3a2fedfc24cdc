"""Reads the files of a hand-in as a person would: code, comments, strings and imports told apart.

Pygments tells them apart; what a spec asks of them is in `grader.core.verbs.source`. Nothing here
runs or compiles anything, so it works for programs that do not even compile. Pygments is loaded
when the first spec asks, not before.
"""

from grader.core.sources.reading import Reading, Source, read_sources

__all__ = ["Reading", "Source", "read_sources"]
