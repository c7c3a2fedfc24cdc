"""A spec: one YAML file, one assignment, turned into `core.model.Spec`.

`load_spec` reads one, `load_specs` a folder of them; both raise `LoadError` with all that is wrong
at once. Fixture files stand beside the spec, in `fixtures/<assignment>/`, and are read into the
`Spec`; its digest covers the file, what it includes and the fixtures.
"""

from __future__ import annotations

from pathlib import Path

from grader.core.deviations import DEVIATIONS
from grader.core.model import Program, Spec
from grader.loading.cast import check_cast
from grader.loading.checks import NAME, Draft, read_check
from grader.loading.errors import LoadError, Problems
from grader.loading.fields import Fields
from grader.loading.fixtures import check_references, read_fixture
from grader.loading.include import read_includes, rooted, spec_digest
from grader.loading.nodes import Document, Node
from grader.loading.programs import read_programs
from grader.loading.rows import read_rows
from grader.loading.rules import check_ids, check_needs, check_points, with_builds
from grader.loading.texts import check_texts, files_used
from grader.loading.wires import check_wires
from grader.loading.yamlsource import read_yaml

KEYS = [
    "assignment",
    "title",
    "programs",
    "deductions",
    "hidden_points",
    "include",
    "checks",
    "rubric",
]
REQUIRED = ["assignment", "programs", "checks"]
ENDINGS = (".yml", ".yaml")


def load_spec(path: Path) -> Spec:
    """Load one spec; raises `LoadError`."""
    path = Path(path)
    return _Loader(path, read_yaml(path)).load()


def load_specs(folder: Path) -> dict[str, Spec]:
    """Load every spec of a folder, by assignment; raises `LoadError` with all their problems."""
    folder = Path(folder)
    if not folder.is_dir():
        raise LoadError("no such folder of specs", str(folder))
    problems, specs = Problems(), {}
    for path in sorted(folder.iterdir()):
        if path.suffix not in ENDINGS or path.name.startswith(".") or path.is_dir():
            continue
        try:
            spec = load_spec(path)
        except LoadError as error:
            problems.add(error)
            continue
        if spec.assignment in specs:
            problems.add(LoadError(f'another spec of "{spec.assignment}"', str(path)))
        specs[spec.assignment] = spec
    problems.check()
    if not specs:
        raise LoadError(
            "no spec in this folder",
            str(folder),
            suggestion="a spec is a file such as chat.yml, one for each assignment",
        )
    return specs


class _Loader:
    """Loads one file, collecting its problems."""

    def __init__(self, path: Path, document: Document) -> None:
        self.path = path
        self.document = document
        self.fields = Fields(document)
        self.problems = Problems()
        self.fixtures: dict[str, bytes] = {}

    def load(self) -> Spec:
        root = self.document.root
        if root.kind != "mapping":
            raise self.fields.wrong(root, f"a spec has keys: {', '.join(KEYS)}")
        unknown = self.fields.keys(root, KEYS, "a spec")
        for error in unknown:
            self.problems.add(error)
        for key in REQUIRED:
            if key not in root.fields and not unknown:
                self.problems.add(self.fields.wrong(root, f'the spec lacks the key "{key}"'))
        assignment = self.assignment(root)
        title = self.text(root, "title") or assignment
        deductions = self.deductions(root.fields.get("deductions"))
        hidden = self.hidden_points(root.fields.get("hidden_points"))
        programs = read_programs(self.fields, root.fields.get("programs"), self.problems)
        if self.problems.found and not programs:
            self.problems.check()  # what the checks say means nothing without programs
        files = [self.fields]
        files += read_includes(
            self.fields, root.fields.get("include"), self.path.parent, self.problems
        )
        drafts = [draft for file in files for draft in self.checks(file, programs, assignment)]
        rows = [
            row
            for file in files
            for row in read_rows(file, file.document.root.fields.get("rubric"), self.problems)
        ]
        for error in check_ids(drafts, rows):
            self.problems.add(error)
        self.problems.check()
        try:
            checks = with_builds(drafts, programs)
        except LoadError as error:
            self.problems.add(error)
        self.problems.check()
        for problem in check_needs(drafts, checks):
            self.problems.add(problem)
        for problem in check_points(self.document, drafts, root.fields["checks"]):
            self.problems.add(problem)
        self.problems.check()
        return Spec(
            assignment=assignment,
            title=title,
            programs=tuple(programs),
            checks=tuple(checks),
            deductions=deductions,
            hidden_points=hidden,
            rubric=tuple(item.row for item in rows),
            include=tuple(self.relative(file.document) for file in files[1:]),
            fixtures=self.fixtures,
            digest=spec_digest(files, drafts, self.fixtures),
            source=self.document.file,
        )

    def text(self, root: Node, key: str) -> str:
        try:
            return self.fields.convert(root.fields[key], str, (key,)) if key in root.fields else ""
        except LoadError as error:
            self.problems.add(error)
            return ""

    def assignment(self, root: Node) -> str:
        name = self.text(root, "assignment")
        if not name:
            return name
        node = root.fields["assignment"]
        if not NAME.fullmatch(name):
            hint = "use lower-case letters, digits and _, a letter first"
            message = f'"{name}" cannot be the name of an assignment'
            self.problems.add(self.fields.wrong(node, message, ("assignment",), hint))
        elif name != self.path.stem:
            self.problems.add(
                self.fields.wrong(
                    node,
                    f'the assignment "{name}" is in a file called {self.path.name}',
                    ("assignment",),
                    f"call the file {name}{self.path.suffix}, or the assignment {self.path.stem}",
                )
            )
        return name

    def deductions(self, node: Node | None) -> dict[str, float]:
        """Read what deviations cost."""
        if node is None:
            return {}
        path = ("deductions",)
        if node.kind != "mapping":
            hint = "write it as `deductions: {port: 5}`"
            self.problems.add(
                self.fields.wrong(node, "deductions are points by deviation", path, hint)
            )
            return {}
        for error in self.fields.keys(node, list(DEVIATIONS), '"deductions"'):
            self.problems.add(error)
        found: dict[str, float] = {}
        for code, below in node.fields.items():
            try:
                found[code] = self.fields.convert(below, float, (*path, code))
            except LoadError as error:
                self.problems.add(error)
                continue
            if found[code] < 0:
                message = f"{code}: a deduction is the number of points taken, not {below.text}"
                self.problems.add(self.fields.wrong(below, message, (*path, code)))
        return found

    def hidden_points(self, node: Node | None) -> float:
        """Read the points of checks that a bundle for students leaves out."""
        if node is None:
            return 0
        path = ("hidden_points",)
        try:
            points = self.fields.convert(node, float, path)
        except LoadError as error:
            self.problems.add(error)
            return 0
        if points < 0:
            message = f"hidden_points is a number of points, not {node.text}"
            self.problems.add(self.fields.wrong(node, message, path))
        return points

    # ----------------------------------------------------------------------------- checks

    def checks(self, fields: Fields, programs: list[Program], assignment: str) -> list[Draft]:
        node = fields.document.root.fields.get("checks")
        if node is None:
            return []
        if node.kind != "list" or not node.items:
            wrong = fields.wrong(node, "checks is a list with at least one check", ("checks",))
            self.problems.add(wrong)
            return []
        drafts: list[Draft] = []
        for index, below in enumerate(node.items):
            path = ("checks", index)
            draft = read_check(fields, programs, below, path, self.problems)
            if draft is not None:
                rooted(draft, self.path.parent)
                drafts.append(draft)
                self.look_into(draft, programs, assignment)
        return drafts

    def look_into(self, draft: Draft, programs: list[Program], assignment: str) -> None:
        for error in check_cast(draft.document, draft, programs):
            self.problems.add(error)
        for error in check_texts(draft.document, draft):
            self.problems.add(error)
        for error in check_wires(draft.document, draft, programs):
            self.problems.add(error)
        for error in check_references(draft.document, draft):
            self.problems.add(error)
        folder = self.path.parent / "fixtures" / assignment
        for name, node in files_used(draft):
            try:
                if name not in self.fixtures:
                    fields = Fields(draft.document)
                    self.fixtures[name] = read_fixture(fields, node, name, folder)
            except LoadError as error:
                self.problems.add(error)

    def relative(self, document: Document) -> str:
        """Return how the spec calls a file it includes."""
        return Path(document.file).relative_to(self.path.parent).as_posix()
