"""Goes past the shims of version managers: pyenv's and asdf's `python3` is a shell script that
looks for the real one at every start, which takes four times as long as the start itself.
"""

from __future__ import annotations

import os

_SECONDS = 10
_ASK = "import sys; print(sys.executable)"


def past_shims(path: str, name: str = "python3") -> str:
    """PATH with the folder of the real interpreter in front, as the shim would set it, if a script
    stands in its place; else as it was. Which one it is may depend on the current directory.
    """
    found = _on_path(path, name)
    if not found or not _is_script(found):
        return path
    import subprocess  # noqa: PLC0415  # only where there is a shim

    try:
        done = subprocess.run(  # a name on PATH, as the program itself would be started
            [found, "-I", "-S", "-c", _ASK],
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=True,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError):
        return path
    folder = os.path.dirname(done.stdout.strip())
    real = os.path.join(folder, name)
    if not os.path.isabs(real) or not os.access(real, os.X_OK) or _is_script(real):
        return path
    return folder + os.pathsep + path


def _on_path(path: str, name: str) -> str:
    places = (os.path.join(folder, name) for folder in path.split(os.pathsep) if folder)
    return next((place for place in places if os.access(place, os.X_OK)), "")


def _is_script(file: str) -> bool:
    try:
        with open(file, "rb") as opened:
            return opened.read(2) == b"#!"
    except OSError:
        return False
