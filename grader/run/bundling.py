"""`grade bundle`: what a course hands to its students, as the files of an archive.

Specs with their hidden checks taken out, the fixtures that are left, this version of the grader
to install, and a page that says what to type. Nothing in it tells what was taken out; equal
courses give equal files.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from grader.core.model import Course, Spec
from grader.loading import LoadError, load_spec
from grader.loading.bundle import public_plays, public_source
from grader.loading.include import inlined
from grader.run.handout import FILE, references, wheel

README = """\
# {title}: check your own work

Once, in this folder (Python 3.11 or newer; on Windows, in WSL):

    python3 -m venv .venv
    . .venv/bin/activate
    pip install -r requirements.txt

Then, in each new terminal after the second of these lines:

    grade check my_homework/ -a {example}

runs the public checks on your machine, says what to mend first, and how to see it yourself.
`--watch` checks again at every save, `--only ID -v` shows one check with all that happened.
The assignments are {assignments}. Run it in this folder, or below it.

{about}
"""
ALL_PUBLIC = "These are all the checks there are."
SOME_HIDDEN = "These are the public checks only: each run says how many points are not seen here."


def bundle(specs: Iterable[Spec], course: Course) -> dict[str, bytes]:
    """Return the files of a bundle by path.

    Raises `LoadError` when a spec would not be one any more without its hidden checks, or when
    a public check in Python shares its file with a hidden one.
    """
    files: dict[str, bytes] = {}
    chosen = sorted(specs, key=lambda spec: spec.assignment)
    for spec in chosen:
        files |= _spec_files(spec)
    names = [spec.assignment for spec in chosen]
    hidden = any(check.visibility != "public" for spec in chosen for check in spec.checks)
    page = README.format(
        title=course.title,
        example=names[0],
        assignments=", ".join(names),
        about=SOME_HIDDEN if hidden else ALL_PUBLIC,
    )
    files["README.md"] = page.encode()
    files["grade.yml"] = f"title: {_quoted(course.title)}\nspecs: specs\n".encode()
    # By its file, not by its name: an index may have another program of that name.
    files["requirements.txt"] = f"./{FILE}\n".encode()
    files[FILE] = wheel(references(files.values()))
    return files


def _spec_files(spec: Spec) -> dict[str, bytes]:
    source = Path(spec.source)
    plays, mixed = public_plays(spec.checks)
    if mixed:
        message = f"{mixed[0]} holds public and hidden checks of {spec.assignment}"
        raise LoadError(message, spec.source, suggestion="give the hidden ones a file of their own")
    text = public_source(inlined(spec), spec)
    files = {f"specs/{source.name}": text.encode()}
    for name in plays:
        files[f"specs/{name}"] = (source.parent / name).read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder) / source.name
        again.write_text(text, "utf-8")
        _copy({name: files[f"specs/{name}"] for name in plays}, Path(folder))
        _copy(spec.fixtures, Path(folder) / "fixtures" / spec.assignment)
        loaded = load_spec(again)
    for name in loaded.fixtures:
        files[f"specs/fixtures/{spec.assignment}/{name}"] = spec.fixtures[name]
    return files


def _copy(fixtures: dict[str, bytes], folder: Path) -> None:
    for name, content in fixtures.items():
        path = folder / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _quoted(text: str) -> str:
    """Write a text as YAML in double quotes, whatever it holds."""
    import json  # noqa: PLC0415 - JSON strings are YAML strings

    return json.dumps(text, ensure_ascii=False)
