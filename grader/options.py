"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

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
