"""The key of a result: equal key, equal result; whatever may change a result changes the key."""

from __future__ import annotations

from typing import Any

import pytest

from grader.core.model import Limits
from grader.core.planning import job_key

SAME: dict[str, Any] = {
    "spec_digest": "s" * 64,
    "submission_digest": "h" * 64,
    "limits": Limits(),
    "entry": {"server": "a.py", "client": "b.py"},
    "tools": ["grader-1", "image-python", "image-c"],
}


@pytest.mark.parametrize(
    "change",
    [
        {"spec_digest": "t" * 64},
        {"submission_digest": "i" * 64},
        {"limits": Limits(memory=512)},
        {"limits": Limits(check_seconds=61)},
        {"entry": {"server": "b.py", "client": "a.py"}},
        {"entry": {}},
        {"tools": ["grader-2", "image-python", "image-c"]},
        {"tools": ["grader-1", "image-python"]},
    ],
)
def test_whatever_may_change_a_result_changes_its_key(change: dict[str, Any]) -> None:
    assert job_key(**{**SAME, **change}) != job_key(**SAME)


def test_the_order_in_which_things_are_named_changes_nothing() -> None:
    entry = dict(reversed(SAME["entry"].items()))
    tools = reversed(SAME["tools"])
    assert job_key(**{**SAME, "entry": entry, "tools": tools}) == job_key(**SAME)


def test_a_key_may_be_part_of_a_file_s_name() -> None:
    key = job_key(**SAME)
    assert len(key) == 24
    assert key.isalnum()
