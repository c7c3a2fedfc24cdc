"""The grader itself as a wheel, for a course to hand out with its specs.

A student who installs from the bundle has the very version that the course tried, whether an
index has it or not (and nobody else's program of the same name). It holds the package as it runs
here, without the specs of this machine, and of the reference programs only those that are named:
a course's hidden checks and model solutions stay where they are. The format is that of the
"Binary distribution format" in the packaging guide of Python.
"""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from importlib.metadata import distribution
from pathlib import Path

from grader import __version__
from grader.resources import PACKAGE, data_dir

NAME = "netgrader"
FILE = f"{NAME}-{__version__}-py3-none-any.whl"
DATE = (1980, 1, 1, 0, 0, 0)  # the same for all, so that equal bundles are equal files

_ABOUT = f"{NAME}-{__version__}.dist-info"
_WHEEL = "Wheel-Version: 1.0\nGenerator: grade bundle\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_SCRIPTS = "[console_scripts]\ngrade = grader.cli:main\n"


def wheel(references: Iterable[str]) -> bytes:
    """Return the wheel; `references` are reference programs, as a spec names them."""
    files = {f"grader/{name}": content for name, content in _tree(PACKAGE).items()}
    files = {name: files[name] for name in files if not name.startswith("grader/_data/")}
    for name, content in _tree(data_dir("docker")).items():
        files[f"grader/_data/docker/{name}"] = content
    models = data_dir("reference_impl")
    for name in references:
        files[f"grader/_data/reference_impl/{name}"] = (models / name).read_bytes()
    files[f"{_ABOUT}/METADATA"] = (distribution(NAME).read_text("METADATA") or "").encode()
    files[f"{_ABOUT}/WHEEL"] = _WHEEL.encode()
    files[f"{_ABOUT}/entry_points.txt"] = _SCRIPTS.encode()
    files[f"{_ABOUT}/RECORD"] = _record(files)
    return packed(files)


def references(texts: Iterable[bytes]) -> list[str]:
    """Return the reference programs that any of these texts, specs and checks, names."""
    folder = data_dir("reference_impl")
    whole = list(texts)
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.py"))
    return [name for name in names if any(name.encode() in text for text in whole)]


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive; equal files give equal bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return whole.getvalue()


def _tree(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in paths
        if "__pycache__" not in path.parts
    }


def _record(files: Mapping[str, bytes]) -> bytes:
    """List every file with its digest and size; the list itself has neither."""
    lines = [f"{name},sha256={_digest(files[name])},{len(files[name])}" for name in sorted(files)]
    return "\n".join([*lines, f"{_ABOUT}/RECORD,,", ""]).encode()


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
