"""grade.yml becomes a `Course`; without it everything has its default."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from grader.core.model import Course, Limits, Override
from grader.loading.course import RANGES, find_course, load_course
from grader.loading.errors import LoadError

ROOT = Path(__file__).resolve().parents[2]


def write(folder: Path, text: str) -> Path:
    path = folder / "grade.yml"
    path.write_text(text)
    return path


def test_everything_a_course_can_say(tmp_path: Path) -> None:
    course = load_course(
        write(
            tmp_path,
            "title: 101\nsubmissions: in\nspecs: plays\nrubric: marks\n"
            "limits: {memory: 512, cpus: 2, build_seconds: 7.5}\n"
            "overrides: {chat/alice: {entry: {server: a b.py}}}\n",
        )
    )
    assert (course.title, course.submissions, course.specs) == ("101", "in", "plays")
    assert course.rubric == "marks"
    assert course.limits == Limits(memory=512, cpus=2.0, build_seconds=7.5)
    assert course.overrides == {"chat/alice": Override(entry={"server": "a b.py"})}


def test_packages_are_names_with_at_most_a_version(tmp_path: Path) -> None:
    listed = "numpy, requests==2.32.3, PyYAML==6.0.2rc1+local, a.b_c-d"
    course = load_course(write(tmp_path, f"packages: {{python: [{listed}]}}\n"))
    assert course.packages.python == tuple(listed.split(", "))
    assert load_course(write(tmp_path, "packages: {python: numpy}\n")).packages.python == ("numpy",)
    assert load_course(write(tmp_path, "packages: {python: []}\n")).packages.python == ()


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert load_course() == Course()
    assert load_course(tmp_path) == Course()
    assert load_course(tmp_path / "grade.yml") == Course()
    assert load_course(write(tmp_path, "# nothing yet\nlimits:\n")) == Course()
    for path in (tmp_path / "other.yml", tmp_path / "nowhere" / "grade.yml"):
        with pytest.raises(LoadError, match="no such file"):
            load_course(path)


def test_the_course_of_the_house_says_the_defaults_in_full() -> None:
    course = load_course(ROOT)
    assert course.limits == Limits()
    text = (ROOT / "grade.yml").read_text()
    assert all(f"{name}:" in text for name in (*Course.__struct_fields__, *RANGES))


def test_every_limit_has_a_range_that_its_default_is_in() -> None:
    assert set(RANGES) == {item.name for item in structs.fields(Limits)}
    for name, (low, high, _) in RANGES.items():
        assert low <= getattr(Limits(), name) <= high


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("limts: {}\n", (1, 1), ('unknown key "limts" in grade.yml', 'did you mean "limits"?')),
        ("limits: {memry: 1}\n", (1, 10), ('unknown key "memry" in "limits"', '"memory"?')),
        ("limits: {memory: 256MiB}\n", (1, 18), ("expected a whole number", "counts MiB: for exa")),
        ("limits: {memory: 1}\n", (1, 18), ("memory is from 16 to 65536 MiB, not 1", "")),
        ("limits: {cpus: 0}\n", (1, 16), ("cpus is from 0.1 to 64 processors", "")),
        ("limits: 5\n", (1, 9), ("limits: expected keys (memory,", "")),
        ("title: [x]\n", (1, 8), ("title: expected a text, got a list", "")),
        ("overrides: {alice: {}}\n", (1, 13), ('"alice" names no submission', "assignment/stu")),
        ("overrides: {chat/al: {entri: {}}}\n", (1, 23), ('"entri" in "chat/al"', '"entry"?')),
        ("packages: {pyton: [a]}\n", (1, 12), ('unknown key "pyton" in "packages"', '"python"?')),
        ("packages: [numpy]\n", (1, 11), ("packages: expected keys (python)", "")),
        (
            "packages: {python: [numpy>=2]}\n",
            (1, 21),
            ('"numpy>=2" is no Python package', "numpy, or numpy==2.1.3"),
        ),
        (
            "packages:\n  python:\n  - a\n  - '-r /etc/passwd'\n",
            (4, 5),
            ("is no Python package", "a name as on PyPI"),
        ),
        ("packages: {python: ['a; rm -rf /']}\n", (1, 21), ("is no Python package", "")),
        ("packages: {python: ['git+https://x/y']}\n", (1, 21), ("is no Python package", "")),
        ("packages: {python: [a_b, A-B==1]}\n", (1, 26), ('"A-B" is listed twice', "")),
        ("packages: {python: [socket]}\n", (1, 21), ('"socket" is part of Python', "take it out")),
        ("packages: {python: [[a]]}\n", (1, 21), ("a list is no Python package", "")),
        ("just text\n", (1, 1), ("grade.yml has keys: title,", "")),
        ("title: a\ntitle: b\n", (2, 1), ('the key "title" is there twice', "")),
    ],
)
def test_what_is_wrong_is_told_where_it_is(
    tmp_path: Path, text: str, place: tuple[int, int], told: tuple[str, str]
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(LoadError) as caught:
        load_course(path)
    found = caught.value
    assert ((found.line, found.column), found.message) == (place, found.message)
    assert told[0] in found.message
    assert told[1] in found.suggestion
    assert str(found).startswith(f"{path}:{place[0]}:{place[1]}: ")


def test_the_nearest_course_above_is_found_within_its_repository(tmp_path: Path) -> None:
    repository = tmp_path / "course"
    inner = repository / "submissions" / "chat"
    inner.mkdir(parents=True)
    (repository / ".git").mkdir()
    write(tmp_path, "")
    assert find_course(inner) is None
    path = write(repository, "")
    assert find_course(inner) == path
    assert find_course(repository) == path
