"""A version manager's script is asked once which Python it stands for; anything else is left."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from grader.agent.shims import past_shims


def script(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "python3"
    file.write_text(text)
    file.chmod(0o755)
    return folder


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A folder with an interpreter that is no script."""
    folder = tmp_path / "real"
    folder.mkdir()
    (folder / "python3").symlink_to(sys.executable)
    return folder


def test_a_shim_is_passed(tmp_path: Path, real: Path) -> None:
    shims = script(tmp_path / "shims", f'#!/bin/sh\nexec {real}/python3 "$@"\n')
    path = f"{shims}{os.pathsep}/usr/bin"
    assert past_shims(path) == f"{real}{os.pathsep}{path}"


def test_an_interpreter_is_left_alone(tmp_path: Path, real: Path) -> None:
    shims = script(tmp_path / "shims", f'#!/bin/sh\nexec {real}/python3 "$@"\n')
    path = f"{real}{os.pathsep}{shims}"
    assert past_shims(path) == path


@pytest.mark.parametrize(
    "text",
    ["#!/bin/sh\nexit 1\n", "#!/bin/sh\necho /nowhere/python3\n", "#!/bin/sh\n", "#!/nowhere\n"],
)
def test_a_shim_that_says_nothing_of_use_stays(tmp_path: Path, text: str) -> None:
    path = str(script(tmp_path / "shims", text))
    assert past_shims(path) == path


def test_no_python_at_all(tmp_path: Path) -> None:
    assert past_shims(str(tmp_path)) == str(tmp_path)
    assert past_shims("") == ""
