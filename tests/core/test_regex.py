"""Patterns that are compiled late are as good as others, and none of ours is broken."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest

import grader
from grader.core.regex import _Later, regex


def test_it_does_what_a_pattern_does() -> None:
    word = regex(r"(?P<first>[a-z])\w*", re.IGNORECASE)
    for _ in range(2):
        found = word.search("12 Apples")
        assert found
        assert found["first"] == "A"
        assert word.sub("x", "two words") == "x x"
    assert word.pattern == r"(?P<first>[a-z])\w*"
    assert regex(rb"\d").findall(b"a1b2") == [b"1", b"2"]


def test_a_mistake_is_told_at_the_first_use() -> None:
    broken = regex("(")
    with pytest.raises(re.error):
        broken.match("")


def test_every_pattern_of_ours_can_be_compiled() -> None:
    names = [item.name for item in pkgutil.walk_packages(grader.__path__, "grader.")]
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    late = [item for module in modules for item in _patterns(vars(module), 0)]
    assert len(late) > 100
    assert all(isinstance(item.pattern, (str, bytes)) for item in late)


def _patterns(value: Any, depth: int) -> Iterator[re.Pattern[str]]:
    """Find the patterns in a value and what it holds."""
    if type(value) is _Later:
        yield value  # type: ignore[misc]
    elif depth < 4 and isinstance(value, dict):
        for item in value.values():
            yield from _patterns(item, depth + 1)
    elif depth < 4 and isinstance(value, (list, tuple)):
        for item in value:
            yield from _patterns(item, depth + 1)
