"""The sample class, graded once for all tests that look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.grading import grade


@pytest.fixture(scope="session")
def sample_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grade the whole class from the outside, as a TA does, with four workers."""
    run = grade("submissions", "-j", "4", out=tmp_path_factory.mktemp("class"), seconds=1500)
    assert run.status == 0, run.said[-6000:]
    return run.out
