"""What `grade validate` does, with progress; the proof itself is made in `validation`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from grader.core.killing import SpecProof
from grader.core.model import Spec
from grader.loading import LoadError, load_spec, load_specs
from grader.reports.escape import terminal
from grader.reports.layout import shorten
from grader.reports.validation import proof_json, proof_table
from grader.reports.validation_page import proof_page
from grader.resources import data_dir
from grader.run import pipeline
from grader.run.benches import ALL_IMAGES, testbed
from grader.run.console import course_at, progress
from grader.run.proving import Trying
from grader.run.reading import specs_folder
from grader.run.store import Store
from grader.run.validation import Wanted, carry_out, plan, prove
from grader.testbed.bench import Bench, BenchError

PLACE = "validation"  # below the output folder


def validate_specs(
    paths: tuple[Path, ...],
    *,
    config: Path,
    runner: str,
    jobs: int | None,
    out: Path,
    results: Path | None,
    page: Path | None,
    as_json: bool,
    static: bool,
    repeat: int,
    samples: bool,
    threshold: float,
    mutate: bool,
    quick: bool,
    only: str,
) -> list[SpecProof]:
    """Prove specs and show what was found; raises `LoadError` when one cannot be loaded.

    With `static` they are only loaded, and their points added up: nothing is run.
    """
    course, root = course_at(config)
    specs, folder = _specs(paths, specs_folder(course, root))
    make_bench: Callable[[], Bench] = _no_bench
    images: tuple[str, ...] = ()
    if not static:
        make_bench, images = testbed(runner, course.limits, list(ALL_IMAGES), course.packages, None)
    own = root / "reference_impl"
    wanted = Wanted(
        course=course,
        root=root,
        specs=specs,
        folder=folder,
        models=own if own.is_dir() else data_dir("reference_impl"),
        tools=(*images, runner, pipeline.grader_digest()),
        repeat=0 if static else repeat,
        samples=samples and not static,
        threshold=threshold,
        mutate=mutate and not static,
        quick=quick,
        only=only,
        workers=1 if runner == "local" else jobs or os.cpu_count() or 1,
    )
    planned = plan(wanted)
    kept, classwide = Store(out / PLACE), Store(results or out)
    done = []
    with progress(len(planned.tryings), _label) as tick:
        try:
            for item, result in carry_out(wanted, planned, make_bench, kept, classwide):
                done.append((item, result))
                tick(item)
        except BenchError as error:
            if error.reason == "interrupted":
                raise KeyboardInterrupt from None
            raise
    proofs = prove(wanted, planned, done)
    if page is not None:
        kept.write(page, proof_page(proofs))
    click.echo(proof_json(proofs) if as_json else proof_table(proofs, colour=sys.stdout.isatty()))
    return proofs


def _no_bench() -> Bench:
    raise BenchError("internal", "nothing was to be run")


def _specs(paths: tuple[Path, ...], usual: Path) -> tuple[dict[str, Spec], Path]:
    """Load what was asked for, a file or the name of an assignment; all specs by default."""
    if not paths:
        return load_specs(usual), usual
    specs: dict[str, Spec] = {}
    folders = set()
    for path in paths:
        named = usual / f"{path.name}.yml"
        file = named if not path.exists() and path.name == str(path) and named.exists() else path
        spec = load_spec(file)
        specs[spec.assignment] = spec
        folders.add(file.resolve().parent)
    if len(folders) > 1:
        raise LoadError("specs of several folders cannot be validated at once")
    return specs, folders.pop()


def _label(item: Trying) -> str:
    return terminal(shorten(f"{item.assignment} {item.kind} {item.name}", 76))
