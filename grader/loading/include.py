"""Files that several specs share: checks and rows of a rubric, included by name.

Such a file stands below the spec's folder (`shared/quality.yml`), has the keys `checks` and
`rubric`, or one of them, and includes nothing itself. Errors in it name it, not the spec.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import msgspec

from grader.core.model import Spec
from grader.loading.checks import Draft
from grader.loading.errors import LoadError, Problems, nearest
from grader.loading.fields import Fields
from grader.loading.nodes import Node
from grader.loading.yamlsource import read_yaml

KEYS = ["checks", "rubric"]


def read_includes(
    fields: Fields, node: Node | None, folder: Path, problems: Problems
) -> list[Fields]:
    """Read the files a spec includes, in order, noting what is wrong."""
    found: dict[str, Fields] = {}
    for item in (node.items or [node]) if node else []:
        try:
            name = fields.convert(item, str, ("include",))
            if name in found:
                raise fields.wrong(item, f"{name} is included twice", ("include",))
            found[name] = _read(fields, item, name, folder)
        except LoadError as error:
            problems.add(error)
    return list(found.values())


def _read(fields: Fields, node: Node, name: str, folder: Path) -> Fields:
    pure = PurePosixPath(name)
    if not name or pure.is_absolute() or ".." in pure.parts or "\0" in name:
        hint = "write it as shared/quality.yml"
        message = f'"{name}" cannot be included: it is not below the spec\'s folder'
        raise fields.wrong(node, message, ("include",), hint)
    path = folder / pure
    if not path.is_file():
        there = [
            item.relative_to(folder).as_posix()
            for ending in ("*.yml", "*.yaml")
            for item in folder.glob(f"*/{ending}")
        ]
        hint = nearest(name, there) or f"it is looked for as {path}"
        raise fields.wrong(node, f"there is no file {name} to include", ("include",), hint)
    included = Fields(read_yaml(path))
    root = included.document.root
    if root.kind != "mapping" or not root.fields:
        raise included.wrong(root, f"a file to include has keys: {', '.join(KEYS)}")
    for error in included.keys(root, KEYS, "a file to include"):
        raise error
    return included


def spec_digest(files: list[Fields], drafts: list[Draft], fixtures: Mapping[str, bytes]) -> str:
    """Hash all a spec is made of: its files, its checks in Python, its fixtures."""
    total = hashlib.sha256(b"".join(hashlib.sha256(f.document.raw).digest() for f in files))
    for name, data in sorted(fixtures.items()):
        total.update(hashlib.sha256(name.encode()).digest())
        total.update(hashlib.sha256(data).digest())
    plays = {draft.check.python.partition(":")[0] for draft in drafts if draft.check.python}
    folder = Path(files[0].document.file).parent
    for name in sorted(plays):
        total.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return total.hexdigest()


def rooted(draft: Draft, folder: Path) -> None:
    """Name a check's Python file as seen from the spec's folder, wherever the check stands."""
    inside = Path(draft.document.file).parent.relative_to(folder).as_posix()
    if draft.check.python and inside != ".":
        python = f"{inside}/{draft.check.python}"
        draft.check = msgspec.structs.replace(draft.check, python=python)


def inlined(spec: Spec) -> Node:
    """Return a spec's tree with what it includes written out."""
    source = Path(spec.source)
    root = read_yaml(source).root
    fields = {key: node for key, node in root.fields.items() if key != "include"}
    plays = {check.id: check.python for check in spec.checks}
    for name in spec.include:
        for key, node in read_yaml(source.parent / name).root.fields.items():
            for item in node.items:
                if "python" in item.fields:
                    play = plays[item.fields["id"].text]
                    item.fields["python"] = Node("text", play, node.mark, play)
            items = [*(fields[key].items if key in fields else ()), *node.items]
            fields[key] = Node("list", [], node.mark, items=items)
    return Node("mapping", {}, root.mark, fields=fields)
