"""The image with a course's Python packages: its tag, what is in it, what is said when it fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from docker import DockerClient

from grader.testbed.engine import connect
from grader.testbed.images import ImageError, ensure_images, image_plan
from grader.testbed.packages import ensure_packages, packages_image

LISTED = ["six==1.17.0"]  # small, and nothing but Python


def test_the_tag_is_a_digest_of_the_list_whatever_its_order() -> None:
    tag = packages_image(["a", "b==1"]).tag
    assert tag.startswith("grader-packages:")
    assert packages_image(["b==1", "a", "a"]).tag == tag
    assert packages_image(["a", "b==2"]).tag != tag
    assert packages_image(["a"]).parent == image_plan()["python"].tag


def test_where_they_are_fetched_makes_no_difference_to_the_tag(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PIP_INDEX_URL", "PIP_CERT", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    plain = packages_image(["a"])
    bundle = tmp_path / "school.pem"
    bundle.write_text("a certificate")
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("PIP_CERT", str(bundle))
    here = packages_image(["a"])
    assert here.tag == plain.tag
    assert dict(plain.context)["certificates.pem"] == b""
    assert dict(here.context)["certificates.pem"] == b"a certificate"
    assert dict(here.arguments)["PIP_INDEX_URL"] == "https://mirror.example/simple"


@pytest.fixture(scope="module")
def engine() -> Iterator[DockerClient]:
    client = connect()
    yield client
    client.close()


def run(engine: DockerClient, tag: str, *argv: str) -> str:
    """Run a command in an image as the student, with no network, and return its output."""
    output = engine.containers.run(
        tag,
        list(argv[1:]),
        entrypoint=argv[0],
        network_mode="none",
        user="student",
        remove=True,
    )
    assert isinstance(output, bytes)
    return output.decode().strip()


@pytest.mark.docker
def test_without_packages_it_is_the_image_for_python(engine: DockerClient) -> None:
    assert ensure_packages(engine, []) == ensure_images(engine, ["python"])["python"]


@pytest.mark.docker
@pytest.mark.timeout(900)
def test_a_student_can_import_what_is_listed_and_there_is_no_pip(engine: DockerClient) -> None:
    said: list[str] = []
    tag = ensure_packages(engine, LISTED, said.append)
    assert run(engine, tag, "python3", "-c", "import six; print(six.__version__)") == "1.17.0"
    found = "import importlib.util as u; print(u.find_spec('pip'), u.find_spec('six') is not None)"
    assert run(engine, tag, "python3", "-c", found) == "None True"
    assert "agent" in run(engine, tag, "ls", "/opt")
    again: list[str] = []
    assert ensure_packages(engine, LISTED, again.append) == tag
    assert again == []


@pytest.mark.docker
@pytest.mark.timeout(900)
def test_a_package_that_is_not_there_is_told_with_a_remedy(engine: DockerClient) -> None:
    with pytest.raises(ImageError) as caught:
        ensure_packages(engine, ["six==0.0.0.1"])
    assert "six==0.0.0.1" in caught.value.problem
    assert "grade.yml spells every package" in caught.value.remedy
