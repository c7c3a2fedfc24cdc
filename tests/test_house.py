"""The rules of the house that no linter knows: sizes, contracts, and what a file must not name."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "grader").rglob("*.py"))
MAX_LINES = 300

# Student programs may name any place they like: that is one of the bugs they have. So may the
# tests of what finds it.
STUDENT_MADE = (
    "submissions/",
    "tests/core/sources/",
    "tests/core/verbs/test_source.py",
    "tests/end_to_end/test_rubric.py",
)
PLACES = re.compile(r"/(?:home|Users)/\w+/|/root/\w|[A-Z]:\\Users\\")
# Machines get packages and images from wherever they are set up to, never from where we say.
REGISTRIES = re.compile(
    r"deb\.debian\.org|archive\.ubuntu\.com|pypi\.org|pythonhosted\.org|registry-1\.docker|"
    r"(?:index|hub)\.docker\.(?:io|com)|ghcr\.io|quay\.io|mcr\.microsoft\.com"
)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tracked() -> list[Path]:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    paths = (ROOT / name for name in listed.split("\0") if name)
    return [path for path in paths if path.is_file() and not path.is_symlink()]


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_module_is_short_and_opens_with_its_contract(module: Path) -> None:
    text = module.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module opens with its contract"
    assert len(text.splitlines()) <= MAX_LINES, "split it: one module, one concept"


def test_docker_folder_holds_no_python() -> None:
    # It shares its name with the SDK, and would be imported in its place.
    assert not list((ROOT / "docker").rglob("*.py"))


def test_no_file_names_a_place_of_one_machine_or_a_registry() -> None:
    ours = str(ROOT)
    found = []
    for path in _tracked():
        text = path.read_bytes().decode("utf-8", "replace")
        hits = REGISTRIES.findall(text)
        if not _name(path).startswith(STUDENT_MADE):
            hits += PLACES.findall(text)
        if ours.count("/") > 1 and ours in text:
            hits.append(ours)
        found += [f"{_name(path)}: {hit}" for hit in hits]
    assert not found


def test_scripts_can_be_run() -> None:
    scripts = [ROOT / "scripts/setup", ROOT / "scripts/test", ROOT / ".ci/run"]
    scripts.append(ROOT / "docker/setup-engine.sh")
    assert [path for path in scripts if not path.stat().st_mode & 0o100] == []
