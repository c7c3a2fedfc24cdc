"""A bundle's specs hold the public checks, unchanged, and no trace of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.core.model import Course
from grader.loading import LoadError, load_spec, load_specs
from grader.loading.bundle import public_source
from grader.loading.yamlsource import parse_yaml, read_yaml
from grader.run.bundling import bundle
from grader.run.handout import FILE, packed
from grader.run.reading import public

ROOT = Path(__file__).parents[2]

SPEC = """\
# The answer to everything is kwyjibo.
assignment: t
title: "no"
programs:
  server: {listens: tcp/1060}
checks:
  - id: listens   # comments go
    title: Listens
    points: 40
    steps: [server starts]
  - id: sekrit
    title: The thing nobody knows
    points: 35
    visibility: hidden
    hint: Kwyjibo.
    files: [sekrit.txt]
    steps:
      - server starts
      - alice connects
      - alice expects: kwyjibo
  - id: late
    title: Only afterwards
    points: 5
    visibility: after_due
    needs: [listens]
    steps: [server starts]
  - id: echoes
    title: "Echoes: 12:30"
    points: 20
    needs: [listens, sekrit]
    let: {long: {repeat: [007, 3]}, page: {file: shown.txt}}
    steps:
      - server starts
      - alice connects
      - alice sends: "${long}"
      - alice expects: {matches: "^\\\\d+ [a-z]$"}
      - alice sends: 'on'
      - alice expects: {any_of: ["yes", 'a "quoted" one', "tab\\there"]}
      - alice sends: ${page}
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "t.yml"
    path.write_text(SPEC)
    fixtures = tmp_path / "fixtures" / "t"
    fixtures.mkdir(parents=True)
    (fixtures / "sekrit.txt").write_text("kwyjibo")
    (fixtures / "shown.txt").write_text("shown")
    return path


def test_the_public_checks_stay_what_they_are(source: Path, tmp_path: Path) -> None:
    spec = load_spec(source)
    files = bundle([spec], Course())
    for name, content in files.items():
        path = tmp_path / "student" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    shown = load_spec(tmp_path / "student/specs/t.yml")
    strip = [(c.id, c.title, c.points, c.needs, c.let, c.hint) for c in shown.checks]
    assert strip == [(c.id, c.title, c.points, c.needs, c.let, c.hint) for c in public(spec).checks]
    for ours, theirs in zip(public(spec).checks, shown.checks, strict=True):
        assert [(s.actor, s.verb, s.action) for s in ours.steps] == [
            (s.actor, s.verb, s.action) for s in theirs.steps
        ]
    assert shown.fixtures == {"shown.txt": b"shown"}


def test_nothing_tells_what_is_hidden_but_its_points(source: Path) -> None:
    files = bundle([load_spec(source)], Course())
    del files[FILE]  # the grader has words of its own; see test_bundle in end_to_end
    everything = b"\n".join([*files.values(), *(name.encode() for name in files)]).lower()
    for word in (b"kwyjibo", b"sekrit", b"nobody knows", b"late", b"after_due", b"comments go"):
        assert word not in everything, word
    assert b"hidden_points: 40" in everything


def test_a_bundle_of_a_bundle_is_the_same(source: Path) -> None:
    spec = load_spec(source)
    once = public_source(read_yaml(source).root, spec)
    source.write_text(once)
    assert public_source(parse_yaml(once.encode(), "t.yml").root, load_spec(source)) == once


def test_the_courses_own_specs_can_be_bundled_whole() -> None:
    specs = load_specs(ROOT / "specs")
    files = bundle(specs.values(), Course(title="a: b"))
    assert {f"specs/{name}.yml" for name in specs} <= set(files)
    assert b'title: "a: b"' in files["grade.yml"]
    assert files["requirements.txt"].decode() == f"./{FILE}\n"


def test_equal_courses_make_equal_archives(source: Path) -> None:
    spec = load_spec(source)
    assert packed(bundle([spec], Course())) == packed(bundle([spec], Course()))


def test_a_hidden_check_in_python_may_not_share_its_file(tmp_path: Path) -> None:
    (tmp_path / "plays.py").write_text("def a(cast):\n    yield cast.server.starts()\n\n\nb = a\n")
    head = "assignment: t\nprograms:\n  server: {listens: tcp/1060}\nchecks:\n"
    one = "  - {id: one, title: A, points: 1, program: server, python: 'plays.py:a'}\n"
    two = one.replace("one", "two").replace(":a'", ":b', visibility: hidden")
    (tmp_path / "t.yml").write_text(head + one + two)
    with pytest.raises(LoadError, match="file of their own"):
        bundle([load_spec(tmp_path / "t.yml")], Course())


SHARED = """\
checks:
  - {id: has_readme, title: README, points: 2, steps: [{source has: readme}]}
  - {id: kwyjibo, title: Secret, points: 3, visibility: hidden, steps: [source forbids: eval]}
  - {id: plays, title: P, points: 1, program: server, python: "plays.py:a"}
rubric:
  - {id: modular, title: Modular, points: 4}
"""


def test_what_a_spec_includes_is_written_out(source: Path, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/quality.yml").write_text(SHARED)
    (tmp_path / "shared/plays.py").write_text("def a(cast):\n    yield cast.server.starts()\n")
    source.write_text(SPEC + "include: shared/quality.yml\n")
    spec = load_spec(source)
    files = bundle([spec], Course())
    assert not any(b"wyjibo" in content for content in files.values())
    unpacked = tmp_path / "unpacked"
    for name, content in files.items():
        (unpacked / name).parent.mkdir(parents=True, exist_ok=True)
        (unpacked / name).write_bytes(content)
    again = load_spec(unpacked / "specs/t.yml")
    assert [check.id for check in again.checks] == [check.id for check in public(spec).checks]
    assert again.rubric == spec.rubric
    assert (again.include, again.checks[-1].python) == ((), "shared/plays.py:a")
    assert again.max_score + again.hidden_points == spec.max_score
