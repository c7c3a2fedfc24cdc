"""Regular expressions that are compiled when they are first used.

There are two hundred of them, for four languages and a hundred symptoms, and most runs need a few:
compiling all took a third of the time until a self-check could begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any, AnyStr, cast


class _Later:
    """Stands for a compiled pattern, and becomes as good as one at the first use."""

    def __init__(self, compiled: Callable[[], re.Pattern[Any]]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(self._compiled(), name)
        setattr(self, name, found)  # next time this is not asked
        return found


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern as `re.compile` does, except that a mistake in it is told at its first use.

    It is for constants of modules. What is asked for by its methods works; a function of `re`
    does not take it in place of a pattern.
    """
    return cast("re.Pattern[AnyStr]", _Later(cache(partial(re.compile, pattern, flags))))
