"""The doctor: names what is missing with its remedy, and never falls ill itself."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.testbed.doctor import Diagnosis, Probes, diagnose, render
from grader.testbed.engine import EngineError, EngineFacts, connect, engine_address, read_engine
from grader.testbed.images import BASE_IMAGE, image_plan

TAGS = {
    "": BASE_IMAGE,
    "base": "grader-base:1a",
    "c": "grader-c:2b",
    "browser": "grader-browser:3c",
}
ENGINE = EngineFacts(
    where="unix:///run/engine.sock",
    version="28.1",
    cgroup="2",
    cores=8,
    memory=16 << 30,
    storage="/var/lib/engine",
    tags=frozenset(TAGS.values()),
    containers=(),
)
WELL = Probes(
    python=lambda: (3, 12, 1),
    packages=lambda: {"click": "8.1", "docker": "7.1"},
    engine=lambda: ENGINE,
    images=lambda: dict(TAGS),
    free_disk=lambda _: 90 << 30,
    has_proc=lambda: True,
    which=lambda tool: f"/usr/bin/{tool}",
)


def fails(error: Exception) -> Callable[..., Any]:
    def probe(*_: object) -> Any:
        raise error

    return probe


def with_engine(**facts: Any) -> Probes:
    return replace(WELL, engine=lambda: replace(ENGINE, **facts))


def finding(name: str, probes: Probes) -> Diagnosis:
    return next(each for each in diagnose(probes) if each.name == name)


def test_a_machine_that_has_everything() -> None:
    found = diagnose(WELL)
    assert {each.state for each in found} == {"ok"}
    assert not any(each.remedy for each in found)


@pytest.mark.parametrize(
    ("name", "probes", "state", "detail", "remedy"),
    [
        ("Python", replace(WELL, python=lambda: (3, 10, 4)), "missing", "3.10.4", "3.11 or newer"),
        (
            "Packages",
            replace(WELL, packages=lambda: {"click": "8.1", "h11": None, "rich": None}),
            "missing",
            "without h11, rich",
            "make setup",
        ),
        (
            "Docker engine",
            replace(WELL, engine=fails(EngineError("nobody there", "knock louder"))),
            "missing",
            "nobody there",
            "knock louder",
        ),
        (
            "Docker engine",
            replace(WELL, engine=fails(ImportError("No module named 'docker'"))),
            "missing",
            "No module named 'docker'",
            "make setup",
        ),
        ("Docker engine", with_engine(memory=1 << 30), "warn", "1.0 GiB", "-j 1"),
        (
            "Base image",
            with_engine(tags=frozenset()),
            "missing",
            BASE_IMAGE,
            "make setup",
        ),
        (
            "Base image",
            with_engine(tags=frozenset(TAGS.values()) - {BASE_IMAGE}),
            "ok",
            "none needed",
            "",
        ),
        (
            "Image c",
            with_engine(tags=frozenset({BASE_IMAGE, "grader-base:1a"})),
            "missing",
            "not built",
            "make setup",
        ),
        (
            "Image c",
            with_engine(tags=frozenset({BASE_IMAGE, "grader-base:1a", "grader-c:00"})),
            "missing",
            "changed since grader-c:00",
            "make setup",
        ),
        (
            "Image browser",
            with_engine(tags=frozenset(TAGS.values()) - {"grader-browser:3c"}),
            "warn",
            "not built: checks that need a browser are skipped",
            "make browser",
        ),
        (
            "Image browser",
            with_engine(
                tags=frozenset(TAGS.values()) - {"grader-browser:3c"} | {"grader-browser:0"}
            ),
            "warn",
            "changed since grader-browser:0",
            "make browser",
        ),
        (
            "Base image",
            with_engine(tags=frozenset(TAGS.values()) - {BASE_IMAGE, "grader-browser:3c"}),
            "ok",
            "none needed",
            "",
        ),
        (
            "Left-overs",
            with_engine(containers=("a", "b", "c", "d")),
            "warn",
            "4 containers labelled grader: a, b, c, …",
            "next run removes",
        ),
        ("Disk", replace(WELL, free_disk=lambda _: 1 << 30), "warn", "1.0 GiB", "make room"),
        ("/proc", replace(WELL, has_proc=lambda: False), "warn", "cannot see", "--runner docker"),
        (
            "Compilers",
            replace(WELL, which=lambda tool: None if tool in {"g++", "javac"} else tool),
            "warn",
            "g++ (C++), javac (Java)",
            "install them",
        ),
    ],
)
def test_what_is_missing_is_named_with_its_remedy(
    name: str, probes: Probes, state: str, detail: str, remedy: str
) -> None:
    found = finding(name, probes)
    assert found.state == state
    assert detail in found.detail
    assert remedy in found.remedy
    assert bool(found.remedy) == (state != "ok")


@pytest.mark.parametrize(
    "probe", ["python", "packages", "engine", "images", "free_disk", "has_proc", "which"]
)
@pytest.mark.parametrize("error", [OSError("no"), KeyError("x"), RuntimeError()])
def test_a_probe_that_breaks_is_a_finding_and_the_rest_goes_on(
    probe: str, error: Exception
) -> None:
    broken: dict[str, Any] = {probe: fails(error)}
    found = diagnose(replace(WELL, **broken))
    assert sum(each.state != "ok" for each in found) == 1
    assert {"Python", "Packages", "Docker engine", "Disk", "Compilers"} <= {
        each.name for each in found
    }


def test_the_findings_fit_a_terminal() -> None:
    long = Diagnosis("Docker engine", "missing", "word " * 40, "do this and that " * 9)
    lines = render([Diagnosis("Disk", "ok", "9 GiB"), long]).splitlines()
    assert lines[0] == "ok       Disk           9 GiB"
    assert max(map(len, lines)) <= 80
    assert lines[1].startswith("missing  Docker engine  word")
    assert sum("→ do this" in line for line in lines) == 1
    assert render([]) == ""


# --- a real address, with nobody or somebody odd at it --------------------------------------------


@pytest.mark.parametrize("host", ["unix:///nobody/here.sock", "tcp://127.0.0.1:1", "nonsense"])
def test_no_engine_at_docker_host(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("DOCKER_HOST", host)
    with pytest.raises(EngineError, match=f"no Docker engine answers at DOCKER_HOST={host}"):
        connect(timeout=5)
    found = finding("Docker engine", replace(WELL, engine=read_engine))
    assert found.state == "missing"
    assert "unset DOCKER_HOST" in found.remedy


def test_no_engine_at_the_usual_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DOCKER_HOST", raising=False)
    monkeypatch.setattr("grader.testbed.engine.engine_address", lambda: f"unix://{tmp_path}/no")
    with pytest.raises(EngineError) as caught:
        connect(timeout=5)
    assert caught.value.problem == f"no Docker engine answers at unix://{tmp_path}/no"
    assert caught.value.remedy == "make setup"


def test_an_engine_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setenv("DOCKER_HOST", f"tcp://127.0.0.1:{listener.getsockname()[1]}")
        with pytest.raises(EngineError, match="no Docker engine answers"):
            connect(timeout=1)


def test_docker_host_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://elsewhere:2375")
    assert engine_address() == "tcp://elsewhere:2375"


def test_packages_of_the_course_are_there_or_will_be() -> None:
    probes = replace(with_engine(tags=frozenset({"grader-packages:1"})), packages_tag=tag_of)
    for listed, state, detail in (
        (["numpy"], "ok", "numpy (grader-packages:1)"),
        (["numpy", "requests"], "warn", "numpy, requests: not installed yet"),
    ):
        (found,) = [x for x in diagnose(probes, listed) if x.name == "Python packages"]
        assert (found.state, found.detail) == (state, detail)
    assert not [each for each in diagnose(probes) if each.name == "Python packages"]


def tag_of(packages: Sequence[str]) -> str:
    return f"grader-packages:{len(packages)}"


@pytest.mark.docker
def test_a_real_engine_tells_of_itself() -> None:
    facts = read_engine()
    assert facts.version[0].isdigit()
    assert facts.cgroup in {"1", "2"}
    assert facts.cores > 0
    assert facts.memory > 0
    assert finding("Docker engine", Probes()).state == "ok"
    assert {f"Image {name}" for name in image_plan()} <= {each.name for each in diagnose()}
