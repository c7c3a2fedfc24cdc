"""What a sample submission must come out with: the `expected.yml` beside its files.

Raises `LoadError`. The file is never given to a student's program.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.loading.errors import Problems
from grader.loading.fields import Fields
from grader.loading.yamlsource import read_yaml

FILE = "expected.yml"


class Expectation(msgspec.Struct, frozen=True, kw_only=True):
    """What an author says of a sample; every check that is not named passes."""

    score: float
    fails: dict[str, str] = {}
    causes: dict[str, str] | str = {}  # by check; or why none is certain
    lines: dict[str, str] = {}  # by check: `server.py:12`
    skips: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    builds_with: str = ""
    rubric: dict[str, float] = {}  # points given by hand, which are in the score


def load_expectation(folder: Path, shown: Path | None = None) -> Expectation:
    """Load what is expected of the sample in a folder; raises `LoadError`."""
    document = read_yaml(folder / FILE, str((shown or folder) / FILE))
    fields, root, problems = Fields(document), document.root, Problems()
    if root.kind != "mapping":
        raise fields.wrong(root, f"{FILE} has keys: {', '.join(Expectation.__struct_fields__)}")
    for error in fields.keys(root, list(Expectation.__struct_fields__), FILE):
        problems.add(error)
    problems.check()
    for key in [key for key, node in root.fields.items() if node.kind == "null"]:
        del root.fields[key]
    return fields.convert(root, Expectation)
