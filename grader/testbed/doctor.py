"""`grade doctor`: what is there, what is missing, and the remedy.

`diagnose` never raises and never changes anything: a check that itself goes wrong is a finding.
All it knows of the machine comes through `Probes`, so that every answer can be tried without the
machine that gives it. The wording is for the person at the keyboard; `render` fits 80 columns.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from grader.resources import browser_command, checkout, setup_command
from grader.testbed.engine import CONTAINER_LABEL, EngineError, EngineFacts, read_engine

State = Literal["ok", "warn", "missing"]

MIN_PYTHON = (3, 11)
MIN_DISK = 4 << 30
MIN_MEMORY = 2 << 30
COMPILERS = {"python3": "Python", "gcc": "C", "g++": "C++", "javac": "Java"}


@dataclass(frozen=True)
class Diagnosis:
    """One thing that was looked at: `missing` stops grading, `warn` may spoil some of it."""

    name: str
    state: State
    detail: str
    remedy: str = ""


def _packages() -> dict[str, str | None]:
    """Return the version of each package we need, None for one that is not there."""
    found: dict[str, str | None] = {}
    for requirement in metadata.requires("netgrader") or ():
        if "extra ==" in requirement:
            continue
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = None
    return found


def _optional() -> frozenset[str]:
    """Return the names of the images that nobody needs to have."""
    from grader.testbed.images import OPTIONAL  # noqa: PLC0415 - as below

    return OPTIONAL


def _image_tags() -> dict[str, str]:
    """Return the tag that each image should have now, the base image's among them."""
    # Not at the top: it needs the SDK, and a doctor has to work without.
    from grader.testbed.images import BASE_IMAGE, image_plan  # noqa: PLC0415

    return {"": BASE_IMAGE} | {image.name: image.tag for image in image_plan().values()}


def _packages_tag(packages: Sequence[str]) -> str:
    """Return the tag of the image that has these packages of Python's."""
    from grader.testbed.packages import packages_image  # noqa: PLC0415 - see above

    return packages_image(packages).tag


def _free_disk(folder: str) -> int:
    return shutil.disk_usage(folder if os.path.isdir(folder) else ".").free  # noqa: PTH112


@dataclass(frozen=True)
class Probes:
    """Everything `diagnose` asks the machine."""

    python: Callable[[], tuple[int, ...]] = lambda: sys.version_info[:3]
    packages: Callable[[], dict[str, str | None]] = _packages
    engine: Callable[[], EngineFacts] = read_engine
    images: Callable[[], dict[str, str]] = _image_tags
    packages_tag: Callable[[Sequence[str]], str] = _packages_tag
    optional: Callable[[], frozenset[str]] = _optional
    free_disk: Callable[[str], int] = _free_disk
    has_proc: Callable[[], bool] = Path("/proc/self/task").is_dir
    which: Callable[[str], str | None] = shutil.which


def diagnose(probes: Probes | None = None, packages: Sequence[str] = ()) -> list[Diagnosis]:
    """Look at everything grading needs; return what was found, in the order it is needed.

    `packages` are those that the course's grade.yml lists for Python programs.
    """
    probes = probes or Probes()
    found = [
        *_guarded("Python", lambda: _check_python(probes)),
        *_guarded("Packages", lambda: _check_packages(probes)),
    ]
    facts: EngineFacts | None = None
    try:
        facts = probes.engine()
    except EngineError as error:
        remedy = error.remedy or setup_command()
        found.append(Diagnosis("Docker engine", "missing", error.problem, remedy))
    except Exception as error:  # noqa: BLE001 - no SDK, a broken one: told, not thrown
        found.append(Diagnosis("Docker engine", "missing", _words(error), setup_command()))
    if facts:
        engine = facts
        found += _guarded("Docker engine", lambda: _check_engine(engine))
        found += _guarded("Images", lambda: _check_images(engine, probes))
        found += _guarded("Python packages", lambda: _check_listed(engine, probes, packages))
        found += _guarded("Left-overs", lambda: _check_leftovers(engine))
    storage = facts.storage if facts else "."
    found += _guarded("Disk", lambda: _check_disk(probes.free_disk(storage)))
    found += _guarded("/proc", lambda: _check_proc(probes))
    found += _guarded("Compilers", lambda: _check_compilers(probes))
    return found


def _guarded(name: str, check: Callable[[], Iterator[Diagnosis]]) -> list[Diagnosis]:
    try:
        return list(check())
    except Exception as error:  # noqa: BLE001 - a doctor that falls ill is no help
        return [Diagnosis(name, "warn", f"could not be looked at: {_words(error)}")]


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__


def _check_python(probes: Probes) -> Iterator[Diagnosis]:
    version = probes.python()
    text = ".".join(map(str, version))
    if version >= MIN_PYTHON:
        yield Diagnosis("Python", "ok", text)
    else:
        wanted = ".".join(map(str, MIN_PYTHON))
        yield Diagnosis("Python", "missing", text, f"install Python {wanted} or newer")


def _check_packages(probes: Probes) -> Iterator[Diagnosis]:
    packages = probes.packages()
    absent = [name for name, version in packages.items() if version is None]
    if absent:
        remedy = "make setup" if checkout() else "pip install --upgrade netgrader"
        yield Diagnosis("Packages", "missing", "without " + ", ".join(absent), remedy)
    else:
        text = ", ".join(f"{name} {version}" for name, version in packages.items())
        yield Diagnosis("Packages", "ok", text)


def _check_engine(facts: EngineFacts) -> Iterator[Diagnosis]:
    detail = (
        f"{facts.version} at {facts.where}, cgroup v{facts.cgroup}, "
        f"{facts.cores} cores, {facts.memory / 2**30:.1f} GiB"
    )
    if facts.memory >= MIN_MEMORY:
        yield Diagnosis("Docker engine", "ok", detail)
    else:
        remedy = "give it 2 GiB or more, or grade with -j 1"
        yield Diagnosis("Docker engine", "warn", f"{detail}: little memory", remedy)


def _check_images(facts: EngineFacts, probes: Probes) -> Iterator[Diagnosis]:
    wanted = probes.images()
    base = wanted.pop("")
    optional_ones = probes.optional()
    ours_missing = [
        tag for name, tag in wanted.items() if tag not in facts.tags and name not in optional_ones
    ]
    if base in facts.tags:
        yield Diagnosis("Base image", "ok", base)
    elif ours_missing:
        yield Diagnosis("Base image", "missing", f"no {base}", setup_command())
    else:
        yield Diagnosis("Base image", "ok", f"no {base}, and none needed: all images are built")
    for name, tag in wanted.items():
        optional = name in optional_ones
        state: State = "warn" if optional else "missing"
        remedy = browser_command() if optional else setup_command()
        older = sorted(each for each in facts.tags if each.startswith(f"grader-{name}:"))
        if tag in facts.tags:
            yield Diagnosis(f"Image {name}", "ok", tag)
        elif older:
            detail = f"changed since {older[-1]} was built"
            yield Diagnosis(f"Image {name}", state, detail, remedy)
        else:
            detail = (
                f"not built: checks that need a {name} are skipped" if optional else "not built"
            )
            yield Diagnosis(f"Image {name}", state, detail, remedy)


def _check_listed(
    facts: EngineFacts, probes: Probes, packages: Sequence[str]
) -> Iterator[Diagnosis]:
    if not packages:
        return
    tag = probes.packages_tag(packages)
    listed = ", ".join(packages)
    if tag in facts.tags:
        yield Diagnosis("Python packages", "ok", f"{listed} ({tag})")
    else:
        yield Diagnosis("Python packages", "warn", f"{listed}: not installed yet", setup_command())


def _check_leftovers(facts: EngineFacts) -> Iterator[Diagnosis]:
    if not facts.containers:
        yield Diagnosis("Left-overs", "ok", "no container of ours")
        return
    some = ", ".join(facts.containers[:3]) + (", …" if len(facts.containers) > 3 else "")
    yield Diagnosis(
        "Left-overs",
        "warn",
        f"{len(facts.containers)} containers labelled {CONTAINER_LABEL}: {some}",
        "none if a grader is running now; else the next run removes them",
    )


def _check_disk(free: int) -> Iterator[Diagnosis]:
    detail = f"{free / 2**30:.1f} GiB free"
    if free >= MIN_DISK:
        yield Diagnosis("Disk", "ok", detail)
    else:
        yield Diagnosis("Disk", "warn", detail, "make room: the images alone take 1 GiB")


def _check_proc(probes: Probes) -> Iterator[Diagnosis]:
    if probes.has_proc():
        yield Diagnosis("/proc", "ok", "the local runner sees ports and what programs wait for")
    else:
        detail = "not here: the local runner cannot see ports, nor what programs wait for"
        yield Diagnosis("/proc", "warn", detail, "use --runner docker")


def _check_compilers(probes: Probes) -> Iterator[Diagnosis]:
    absent = [f"{tool} ({what})" for tool, what in COMPILERS.items() if not probes.which(tool)]
    if absent:
        detail = f"the local runner cannot do {', '.join(absent)}"
        yield Diagnosis("Compilers", "warn", detail, "install them, or use --runner docker")
    else:
        yield Diagnosis("Compilers", "ok", "of all languages, for the local runner")


def render(diagnoses: list[Diagnosis]) -> str:
    """Return the findings as plain text, no line longer than 80 columns."""
    wide = max((len(each.name) for each in diagnoses), default=0)
    margin = " " * (len("missing") + wide + 4)
    lines: list[str] = []
    for each in diagnoses:
        head = f"{each.state:<7}  {each.name:<{wide}}  "
        lines += textwrap.wrap(each.detail, 80, initial_indent=head, subsequent_indent=margin)
        if each.remedy:
            first = margin + "→ "
            lines += textwrap.wrap(
                each.remedy, 80, initial_indent=first, subsequent_indent=margin + "  "
            )
    return "\n".join(lines)
