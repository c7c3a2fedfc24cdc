"""A spec written in a few lines, loaded, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.core.model import Spec
from grader.loading.errors import LoadError
from grader.loading.spec import load_spec

HEAD = """\
assignment: t
programs:
  server: {listens: tcp/1060}
  client: {connects: tcp/1060}
checks:
"""
Load = Callable[[str], Spec]
Wrong = Callable[[str], list[LoadError]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load a spec from its text; one that begins with a check gets a head."""

    def load_text(text: str) -> Spec:
        path = tmp_path / "t.yml"
        path.write_bytes((HEAD + text if text.startswith("-") else text).encode())
        return load_spec(path)

    return load_text


@pytest.fixture
def wrong(load: Load) -> Wrong:
    """Load a spec that must not load, and return its problems."""

    def problems(text: str) -> list[LoadError]:
        with pytest.raises(LoadError) as caught:
            load(text)
        return list(caught.value.errors)

    return problems


@pytest.fixture
def play() -> Callable[..., str]:
    """Write a check with the given steps; its first step is on line 10, or after `extra`."""

    def check(*steps: str, extra: str = "") -> str:
        lines = "".join(f"  - {step}\n" for step in steps)
        return f"- id: a\n  title: A\n  points: 5\n{extra}  steps:\n{lines}"

    return check
