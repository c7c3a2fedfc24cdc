"""The command line: what people type, and the only place that decides exit codes.

0 graded · 1 below (`check`, or `--min-score`) · 2 bad usage, spec or config · 3 something
withheld · 130 interrupted.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NoReturn

import click

from grader import __version__
from grader.options import (
    ASSIGNMENT,
    CHECK,
    CONFIG,
    GOES_ON,
    JOBS,
    OUT,
    RUBRIC,
    RUNNER,
    SEED,
    VALIDATE,
    options,
)

GRADED, BELOW, BAD_INPUT, WITHHELD, INTERRUPTED = 0, 1, 2, 3, 130


class Commands(click.Group):
    """A group whose default command is `run`: `grade submissions/` needs no verb."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command in front of what is no command."""
        ours = {*self.commands, "--help", "-h", "--version"}
        if not args or args[0] not in ours:
            args.insert(0, "run")
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Carry out a command; click's own end at Ctrl-C would be that of a failed check."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            stop("Interrupted.", INTERRUPTED)


def stop(message: str, code: int) -> NoReturn:
    """Say what is wrong and end."""
    click.echo(message, err=True)
    sys.exit(code)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="`grade PATH` is short for `grade run PATH`; see `grade run --help`.",
)
@click.version_option(__version__, prog_name="grade")
def cli() -> None:
    """Grade network-programming assignments over real sockets.

    \b
    grade                      grade the class of grade.yml
    grade submissions/ -j 4    grade a tree with four workers
    grade check . -a chat      check your own work before you hand it in
    grade doctor               see what is missing on this machine
    """  # noqa: D301 - click reads a real \b


@cli.command("run")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@ASSIGNMENT
@JOBS
@RUNNER
@OUT
@click.option("--force", is_flag=True, help="Grade again what has not changed.")
@RUBRIC
@click.option("--min-score", type=float, help="Exit with 1 if a score is below.")
@SEED
@CONFIG
def run_command(path: Path | None, min_score: float | None, **options: Any) -> None:
    """Grade a tree of submissions.

    PATH is laid out ASSIGNMENT/STUDENT/files, or with -a STUDENT/files, or is one
    submission's folder. Without PATH, the submissions of grade.yml are graded.
    Results that are already there and still fit are kept; Ctrl-C loses nothing.

    \b
    Exit status: 0 graded, 1 a score is below --min-score, 2 bad usage, spec or
    settings, 3 a score was withheld because something of ours failed.
    """  # noqa: D301 - click reads a real \b
    from grader.run.console import grade_tree  # noqa: PLC0415 - only when needed

    results = guarded(lambda: grade_tree(path, **options))
    if any(result.status == "withheld" for result in results):
        sys.exit(WITHHELD)
    if min_score is not None and any((result.score or 0) < min_score for result in results):
        sys.exit(BELOW)


@cli.command()
@click.argument("path", required=False, type=click.Path(path_type=Path), default=Path())
@ASSIGNMENT
@options(*CHECK)
def check(path: Path, watch: bool, **options: Any) -> None:  # noqa: FBT001 - a click option
    """Check your own submission before you hand it in.

    Runs the public checks on this machine and says what to mend first. The
    assignment is told from names and ports, or you are asked.

    \b
    grade check                     what is in this folder
    grade check chat.py -a chat     one file, an assignment you name
    grade check --watch             again at every save
    grade check --only echoes -v    one check, with all that happened

    Exit status: 0 all passed, 1 some failed, 3 the grader itself failed.
    """  # noqa: D301 - click reads a real \b
    from grader.testbed.crew import Crew  # noqa: PLC0415 - only when needed

    with Crew() if options["runner"] == "local" else nullcontext() as crew:
        gc.disable()  # until all is loaded: looking through it again and again takes 20 ms
        from grader.run import selfcheck  # noqa: PLC0415 - while the crew gets ready

        wish = selfcheck.Wish(path, **options)
        run = selfcheck.watch if watch else selfcheck.self_check
        result = guarded(lambda: run(wish, ask_assignment, crew), interrupted="Interrupted.")
    if result.status == "withheld":
        sys.exit(WITHHELD)
    if any(item.outcome == "fail" for item in result.checks):
        sys.exit(BELOW)


def ask_assignment(names: Sequence[str]) -> str:
    """Let a person choose; where nobody can answer, say how to name it."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        known = ", ".join(names)
        stop(f"Which assignment? Say it with -a, one of: {known}", BAD_INPUT)
    return str(click.prompt("Which assignment", type=click.Choice(list(names)), err=True))


@cli.command()
@click.argument("assignments", nargs=-1)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("bundle.zip"),
    show_default=True,
    help="The archive to write.",
)
@CONFIG
def bundle(assignments: tuple[str, ...], output: Path, config: Path) -> None:
    """Make what a course hands to its students.

    A zip archive with the specs of these ASSIGNMENTS (all, if none is named)
    for `grade check`: hidden checks are taken out without a trace, but for
    the number of their points.
    """
    from grader.run.console import make_bundle  # noqa: PLC0415 - only when needed

    guarded(lambda: make_bundle(assignments, output, config))


@cli.command()
@CONFIG
def doctor(config: Path) -> None:
    """Show what this machine has, what is missing, and how to get it."""
    from grader.loading import load_course  # noqa: PLC0415 - only when needed
    from grader.testbed.doctor import diagnose, render  # noqa: PLC0415

    found = guarded(lambda: diagnose(packages=load_course(config).packages.python))
    click.echo(render(found))
    if any(item.state == "missing" for item in found):
        sys.exit(BAD_INPUT)


@cli.command()
def schema() -> None:
    """Print the JSON Schema of specs, for editors."""
    import json  # noqa: PLC0415 - only when needed

    from grader.loading.schema import spec_schema  # noqa: PLC0415 - only when needed

    click.echo(json.dumps(spec_schema(), indent=2, ensure_ascii=False))


@cli.command()
@click.argument("specs", nargs=-1, type=click.Path(path_type=Path))
@options(*VALIDATE)
@JOBS
@RUNNER
@OUT
@CONFIG
def validate(specs: tuple[Path, ...], **options: Any) -> None:
    """Prove that specs are sound.

    Each SPEC is a file or an assignment's name; without one, all of the course. Right
    programs must score full: the model solutions. Wrong ones must not: the samples
    (see their expected.yml), and mutants, which are model solutions with a mistake.

    \b
    Exit status: 0 sound, 2 a spec is not, 3 something of ours failed.
    """  # noqa: D301 - click reads a real \b
    from grader.run.validate import validate_specs  # noqa: PLC0415 - only when needed

    proofs = guarded(lambda: validate_specs(specs, **options))
    if any(finding.ours for proof in proofs for finding in proof.findings):
        sys.exit(WITHHELD)
    if not all(proof.sound for proof in proofs):
        sys.exit(BAD_INPUT)


@cli.group()
def rubric() -> None:
    """Bring in points that people give.

    \b
    grade rubric template -a chat_room   write a table to fill in
    grade rubric apply                   put its points into the results
    """  # noqa: D301 - click reads a real \b


@rubric.command("template")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@ASSIGNMENT
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The table; - shows it.")
@click.option("--wide", is_flag=True, help="A line for each student, a column for each row.")
@click.option("--delimiter", type=click.Choice([",", ";"]), default=",", show_default=True)
@OUT
@CONFIG
def rubric_template(path: Path | None, assignment: str | None, **options: Any) -> None:
    """Write a table of the points that are still to be given.

    PATH is the tree of submissions; without it, grade.yml's. The table is put where
    `grade` looks for it, and no file is ever written over.
    """
    from grader.run.rubric import place, template  # noqa: PLC0415 - only when needed

    where = {key: options.pop(key) for key in ("config", "out")}
    guarded(lambda: template(place(**where, tree=path), assignment, **options))


@rubric.command("apply")
@ASSIGNMENT
@RUBRIC
@OUT
@CONFIG
def rubric_apply(assignment: str | None, **where: Any) -> None:
    """Put given points into the results that are kept. Nothing is graded again."""
    from grader.run.rubric import apply, place  # noqa: PLC0415 - only when needed

    guarded(lambda: apply(place(**where), assignment))


def guarded(action: Callable[[], Any], interrupted: str = GOES_ON) -> Any:
    """Carry out an action; every known fault becomes one message and an exit code."""
    from grader.loading import LoadError  # noqa: PLC0415 - `grade --help` needs none of it
    from grader.run.store import StoreError  # noqa: PLC0415
    from grader.testbed.bench import BenchError  # noqa: PLC0415
    from grader.testbed.engine import EngineError  # noqa: PLC0415

    try:
        return action()
    except KeyboardInterrupt:
        stop(interrupted, INTERRUPTED)
    except LoadError as error:
        stop(str(error), BAD_INPUT)
    except (StoreError, EngineError, BenchError) as error:
        stop(str(error), WITHHELD)


def main() -> None:
    """Entry point; even a mistake of ours ends in a sentence, not in a traceback."""
    try:
        cli()
    except Exception as error:  # the last resort
        import os  # noqa: PLC0415

        if os.environ.get("GRADER_DEBUG"):
            raise
        stop(
            f"The grader made a mistake: {type(error).__name__}: {error}\n"
            "Please report it with the output of the same command after GRADER_DEBUG=1; "
            "results that were written are kept.",
            WITHHELD,
        )


if __name__ == "__main__":
    main()
