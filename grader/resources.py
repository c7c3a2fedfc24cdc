"""Where the files that travel with the program are: specs, Docker recipes, model solutions.

In a checkout they lie beside the package, where people edit them; a wheel carries them inside
the package. Nobody else needs to know which of the two is running.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def checkout() -> Path | None:
    """Return the root of the source checkout that is running, or None for an installed wheel."""
    root = PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "docker").is_dir() else None


def data_dir(name: str) -> Path:
    """Return the folder called `name`: `specs`, `docker` or `reference_impl`."""
    root = checkout()
    return root / name if root else PACKAGE / "_data" / name


def browser_command() -> str:
    """Return what a person types to get the image of a real browser."""
    return "make browser" if checkout() else "python -m grader.run.prepare browser"


def setup_command() -> str:
    """Return what a person types to get the engine, the base image and the images."""
    return "make setup" if checkout() else f"sh {data_dir('docker') / 'setup-engine.sh'}"
