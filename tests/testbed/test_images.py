"""Images: a tag names exactly what went into an image, and what is there is not built again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from docker import DockerClient

from grader import resources
from grader.testbed import images
from grader.testbed.browsers import CHROMIUM
from grader.testbed.engine import connect
from grader.testbed.images import (
    BASE_IMAGE,
    NEEDED,
    OPTIONAL,
    PARENTS,
    ImageError,
    ensure_images,
    image_plan,
    images_there,
)

CHILDREN = {name for name, parent in PARENTS.items() if parent == "base"}


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Path, Path]:
    """Copy what images are made from, so that a test may change it."""
    recipes = shutil.copytree(resources.data_dir("docker"), tmp_path / "docker")
    package = tmp_path / "grader"
    (package / "agent").mkdir(parents=True)
    (package / "__init__.py").write_text('"""A package."""\n')
    (package / "agent" / "__init__.py").write_text('"""An agent."""\n')
    (package / "agent" / "loop.py").write_text("TURNS = 1\n")
    return recipes, package


def changed(before: dict[str, images.Image], after: dict[str, images.Image]) -> set[str]:
    return {name for name in PARENTS if before[name].tag != after[name].tag}


def test_equal_sources_have_equal_tags_wherever_they_are(
    sources: tuple[Path, Path], tmp_path: Path
) -> None:
    recipes, package = sources
    elsewhere = shutil.copytree(recipes, tmp_path / "elsewhere")
    assert image_plan(recipes, package) == image_plan(elsewhere, package)


def test_tags_say_what_they_are() -> None:
    for name, image in image_plan().items():
        repository, _, digest = image.tag.partition(":")
        assert repository == f"grader-{name}"
        assert len(bytes.fromhex(digest)) == 6


def test_parents_come_first() -> None:
    plan = image_plan()
    assert list(plan) == ["base", "python", "c", "java", "sidecar", "browser"]
    assert plan["base"].parent == BASE_IMAGE
    assert {plan[name].parent for name in CHILDREN} == {plan["base"].tag}


def test_a_recipe_changes_its_image_only(sources: tuple[Path, Path]) -> None:
    recipes, package = sources
    before = image_plan(recipes, package)
    with (recipes / "Dockerfile.c").open("a") as recipe:
        recipe.write("RUN true\n")
    assert changed(before, image_plan(recipes, package)) == {"c"}


def test_the_base_recipe_changes_all(sources: tuple[Path, Path]) -> None:
    recipes, package = sources
    before = image_plan(recipes, package)
    with (recipes / "Dockerfile.base").open("a") as recipe:
        recipe.write("RUN true\n")
    assert changed(before, image_plan(recipes, package)) == {"base"} | CHILDREN


def test_a_file_beside_a_recipe_counts(sources: tuple[Path, Path]) -> None:
    recipes, package = sources
    before = image_plan(recipes, package)
    (recipes / "java" / "Warm.java").write_text("class Warm {}\n")
    assert changed(before, image_plan(recipes, package)) == {"java"}


@pytest.mark.parametrize("name", ["__init__.py", "agent/loop.py", "agent/new.py"])
def test_the_agent_changes_all_that_carry_it(sources: tuple[Path, Path], name: str) -> None:
    recipes, package = sources
    before = image_plan(recipes, package)
    (package / name).write_text("CHANGED = True\n")
    assert changed(before, image_plan(recipes, package)) == CHILDREN


@pytest.mark.parametrize("name", ["cli.py", "agent/__pycache__/loop.pyc", "agent/notes.txt"])
def test_nothing_else_changes_any(sources: tuple[Path, Path], name: str) -> None:
    recipes, package = sources
    before = image_plan(recipes, package)
    (package / name).parent.mkdir(exist_ok=True)
    (package / name).write_text("CHANGED = True\n")
    (recipes / "setup-engine.sh").write_text("exit 0\n")
    assert changed(before, image_plan(recipes, package)) == set()


def test_our_program_that_visits_pages_changes_the_browser_only(
    sources: tuple[Path, Path],
) -> None:
    recipes, package = sources
    before = image_plan(recipes, package)
    (package / "browser").mkdir()
    (package / "browser" / "visit.py").write_text("CHANGED = True\n")
    assert changed(before, image_plan(recipes, package)) == {"browser"}


def test_nobody_needs_the_optional_images() -> None:
    assert {"browser"} == OPTIONAL
    assert OPTIONAL.isdisjoint(NEEDED)
    assert OPTIONAL | set(NEEDED) == set(PARENTS)


def test_moving_bytes_from_one_file_to_the_next_changes_the_tag(
    sources: tuple[Path, Path],
) -> None:
    recipes, package = sources
    (package / "agent" / "a.py").write_text("one\ntwo\n")
    (package / "agent" / "b.py").write_text("three\n")
    before = image_plan(recipes, package)
    (package / "agent" / "a.py").write_text("one\n")
    (package / "agent" / "b.py").write_text("two\nthree\n")
    assert changed(before, image_plan(recipes, package)) == CHILDREN


def test_a_missing_recipe_is_named(sources: tuple[Path, Path]) -> None:
    recipes, package = sources
    (recipes / "Dockerfile.java").unlink()
    with pytest.raises(ImageError, match=r"Dockerfile\.java"):
        image_plan(recipes, package)


def test_the_set_up_script_makes_the_same_base_image() -> None:
    script = (resources.data_dir("docker") / "setup-engine.sh").read_text()
    assert f"\nBASE_IMAGE={BASE_IMAGE}\n" in script


# --- with an engine -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def engine() -> Iterator[DockerClient]:
    client = connect()
    yield client
    client.close()


@pytest.fixture(scope="module")
def tags(engine: DockerClient) -> dict[str, str]:
    return ensure_images(engine, PARENTS)


def run(engine: DockerClient, tag: str, script: str) -> str:
    """Run a shell script in an image as the student, with no network, and return its output."""
    output = engine.containers.run(
        tag, ["-ec", script], entrypoint="sh", network_mode="none", user="student", remove=True
    )
    assert isinstance(output, bytes)
    return output.decode()


@pytest.mark.docker
@pytest.mark.timeout(900)
def test_what_is_there_is_not_built_again(engine: DockerClient, tags: dict[str, str]) -> None:
    ids = {tag: engine.images.get(tag).id for tag in tags.values()}
    said: list[str] = []
    assert ensure_images(engine, PARENTS, progress=said.append) == tags
    assert said == []
    assert {tag: engine.images.get(tag).id for tag in tags.values()} == ids


@pytest.mark.docker
@pytest.mark.timeout(900)
def test_looking_for_images_builds_none(
    engine: DockerClient,
    tags: dict[str, str],
    sources: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert images_there(engine, OPTIONAL) == {"browser": tags["browser"]}
    monkeypatch.setattr(images, "image_plan", lambda: image_plan(*sources))
    assert images_there(engine, OPTIONAL) == {}


@pytest.mark.docker
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", list(PARENTS))
def test_every_image_has_the_student_and_the_agents_python(
    engine: DockerClient, tags: dict[str, str], name: str
) -> None:
    said = run(
        engine,
        tags[name],
        "id -u; id -g; echo ~; stat -c %U /work; echo $LANG;"
        'python3 -I -S -c "import ctypes, json, pty, resource, selectors, socket, tarfile, zlib"',
    )
    assert said.split() == ["1000", "1000", "/work", "student", "C.UTF-8"]


@pytest.mark.docker
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", sorted(CHILDREN))
def test_every_image_but_the_base_carries_the_compiled_agent(
    engine: DockerClient, tags: dict[str, str], name: str
) -> None:
    said = run(engine, tags[name], "cd /opt/agent; find . -name '*.py*' | sort").splitlines()
    context = [path for path, _ in image_plan()[name].context]
    shipped = {path.removeprefix("agent/").removeprefix("browser/") for path in context}
    assert {line[2:] for line in said if line.endswith(".py")} == {
        path for path in shipped if path.endswith(".py") and path.startswith("grader/")
    }
    assert sum(line.endswith(".pyc") for line in said) == sum(line.endswith(".py") for line in said)


C_PROGRAM = """
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
int main(void) { return puts("42") < 0; }
"""
JAVA_PROGRAM = """
class A { public static void main(String[] a) { System.out.println(42); } }
"""


@pytest.mark.docker
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("name", "script", "expected"),
    [
        ("python", "echo 'print(6 * 7)' >a.py; python3 a.py; python a.py", "42\n42\n"),
        ("c", f"echo '{C_PROGRAM}' | tee a.c >b.cpp; make -s a b; ./a; ./b", "42\n42\n"),
        # The archive of ready-made classes holds: with `on`, a JVM that cannot use it gives up.
        ("java", f"echo '{JAVA_PROGRAM}' >A.java; javac A.java; java -Xshare:on A", "42\n"),
        ("sidecar", "curl --version | cut -c1-5 | head -n1", "curl \n"),
        (
            "browser",
            f"{CHROMIUM} --version | cut -c1-9; ls /usr/share/fonts/truetype/*/DejaVuSans.ttf",
            "Chromium \n/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf\n",
        ),
    ],
    ids=["python", "c", "java", "sidecar", "browser"],
)
def test_each_image_has_its_tools(
    engine: DockerClient, tags: dict[str, str], name: str, script: str, expected: str
) -> None:
    assert run(engine, tags[name], f"cd /tmp; {script}") == expected


@pytest.mark.docker
@pytest.mark.timeout(900)
def test_a_changed_agent_costs_seconds_and_stale_images_go(
    engine: DockerClient,
    tags: dict[str, str],
    sources: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Under names of its own: nobody else's image may be taken for stale.
    names = {"base": BASE_IMAGE, "zztest": "base"}
    recipes, package = sources
    (recipes / "Dockerfile.zztest").write_bytes((recipes / "Dockerfile.python").read_bytes())
    plan = image_plan(recipes, package)
    monkeypatch.setattr(images, "PARENTS", names)
    monkeypatch.setattr(images, "IMAGE_LABEL", "grader.test-image")
    monkeypatch.setattr(images, "image_plan", lambda: image_plan(recipes, package))
    said: list[str] = []

    first = ensure_images(engine, ["zztest"], said.append, stale_after=0)["zztest"]
    assert plan["base"].tag == tags["base"]
    assert not any("grader-base" in line for line in said)
    (package / "agent" / "loop.py").write_text("TURNS = 2\n")
    second = ensure_images(engine, ["zztest"], said.append, stale_after=0)["zztest"]
    try:
        assert second != first
        assert any(line.startswith("  zztest: ") for line in said)
        left = [tag for image in engine.images.list("grader-zztest") for tag in image.tags]
        assert left == [second]
    finally:
        engine.images.remove(second)


@pytest.mark.docker
@pytest.mark.timeout(900)
def test_a_failing_build_shows_its_last_lines_and_a_remedy(
    engine: DockerClient,
    tags: dict[str, str],
    sources: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recipes, package = sources
    (recipes / "Dockerfile.python").write_text(
        "ARG PARENT\nFROM ${PARENT}\nRUN echo 'disk on fire' >&2 && exit 3\n"
    )
    monkeypatch.setattr(images, "image_plan", lambda: image_plan(recipes, package))
    with pytest.raises(ImageError) as caught:
        ensure_images(engine, ["python"])
    assert "disk on fire" in caught.value.problem
    assert "make setup" in caught.value.remedy
