"""Whatever is done to a spec, it loads or it is explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.loading.errors import LoadError
from grader.loading.spec import load_spec

ROOT = Path(__file__).resolve().parents[2]
SPECS = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "specs").glob("*.yml"))}
WORDS = [
    "", "-", ": ", "{", "}", "[", "]", "${", "${word}", "#", "'", '"', "\t", "\n", "  ", "null",
    "true", "-1", "1e9", "x", "server", "alice", "starts", "sends: ", "needs", "*a", "&a ", "!!x ",
    "\0", "é", "{n}", "crowd backwards", "groups: {x: 2}", "points: 0", "---", "? ", "| ", "> ",
]  # fmt: skip


@pytest.mark.parametrize("name", SPECS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    edits=st.lists(
        st.tuples(st.integers(0, 10**6), st.integers(0, 30), st.sampled_from(WORDS)),
        min_size=1,
        max_size=3,
    )
)
def test_a_damaged_spec_loads_or_is_explained(
    tmp_path: Path, name: str, edits: list[tuple[int, int, str]]
) -> None:
    text = SPECS[name]
    for place, length, word in edits:
        at = place % len(text)
        text = text[:at] + word + text[at + length :]
    path = tmp_path / name
    path.write_text(text, "utf-8")
    fixtures = tmp_path / "fixtures"
    if not fixtures.exists():
        fixtures.symlink_to(ROOT / "specs" / "fixtures")
    try:
        told = load_spec(path).assignment
    except LoadError as found:
        told = str(found)
    assert told.startswith((name.removesuffix(".yml"), str(path)))
