"""Options of commands: those that several share, and those of a command that has many."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

GOES_ON = "Interrupted. What was finished is kept; the same command goes on."
ASSIGNMENT = click.option(
    "-a", "--assignment", metavar="NAME", help="The assignment (a spec's name)."
)
CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("grade.yml"),
    show_default=True,
    help="The course's settings.",
)
SEED = click.option(
    "--seed",
    default="",
    metavar="TEXT",
    help="Draw chance from this, as a report names it: the same words and faults again.",
)
OUT = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports"),
    show_default=True,
    help="Where results and reports go.",
)
RUBRIC = click.option(
    "--rubric",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A file or folder with points given by hand, instead of grade.yml's.",
)
JOBS = click.option(
    "-j", "--jobs", type=click.IntRange(1, 64), help="Workers [default: processors]."
)
RUNNER = click.option(
    "--runner",
    type=click.Choice(["docker", "local"]),
    default="docker",
    show_default=True,
    help="Where programs run; local is for submissions you trust.",
)
CHECK = (
    click.option(
        "--only", metavar="ID", multiple=True, help="Just this check; may be given again."
    ),
    click.option("--watch", is_flag=True, help="Check again at every save, what failed first."),
    click.option("-v", "--verbose", is_flag=True, help="Show every transcript."),
    click.option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
    click.option(
        "--runner",
        type=click.Choice(["docker", "local"]),
        default="local",
        show_default=True,
        help="Where programs run.",
    ),
    click.option(
        "--config",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        help="The course's settings [default: the nearest grade.yml].",
    ),
    SEED,
)
VALIDATE = (
    click.option(
        "--repeat",
        type=click.IntRange(1, 100),
        default=2,
        show_default=True,
        help="How often each model solution is graded.",
    ),
    click.option(
        "--threshold",
        type=click.FloatRange(0, 100),
        default=95,
        show_default=True,
        help="Percent of mutants to be killed, equivalent ones aside.",
    ),
    click.option(
        "--load-only",
        "static",
        is_flag=True,
        help="Run nothing: load, add points up, and see what the lists of equivalents name.",
    ),
    click.option("--samples/--no-samples", default=True, help="Try samples, or not."),
    click.option("--mutants/--no-mutants", "mutate", default=True, help="Try mutants, or not."),
    click.option("--only", metavar="TEXT", default="", help="Only mutants whose name contains it."),
    click.option(
        "--quick",
        is_flag=True,
        help="Stop a mutant at its first failure; believe the list of equivalents.",
    ),
    click.option(
        "--results",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="Where `grade` left the samples' results [default: --out].",
    ),
    click.option(
        "--page",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write the proof as a page of Markdown.",
    ),
    click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON."),
)


def options(*given: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command several options, in the order its help shows them."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(given):
            command = option(command)
        return command

    return decorate
