"""`make peers`: grader and check50 side by side, the same checks, in one run on this machine.

Three questions, whole processes each: a self-check of a correct submission, of a broken one, and
a class of 40, half of it broken, every submission in a container of its own. check50 comes from
PyPI into an environment of its own, the same version into the container's image. Its checks are
in `check50/`; why they are chained is said there.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from docker import DockerClient

from grader.testbed.engine import connect
from grader.testbed.images import ensure_images
from grader.testbed.packages import INDEX, certificates

ROOT = Path(__file__).parents[2]
CHECKS = Path(__file__).parent / "check50"
CHECK50 = "3.5.0"
CLASS = 40
WORKERS = os.cpu_count() or 1

CLIENT = """\
from socket import *

client = socket(AF_INET, SOCK_STREAM)
client.connect(("localhost", 12000))
client.send(input("Input lowercase sentence:").encode())
print("From Server:", client.recv(2048).decode())
client.close()
"""
SERVER = """\
from socket import *

server = socket(AF_INET, SOCK_STREAM)
server.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
server.bind(("", 12000))
server.listen(5)
while True:
    connection, address = server.accept()
    try:
        {exchange}
    except OSError:
        pass
    {after}
"""
RIGHT = SERVER.format(
    exchange="connection.sendall(connection.recv(2048).upper())", after="connection.close()"
)
# What students get wrong most, see FIELD's list: the first is the one of the single self-check.
WRONG = (
    SERVER.format(
        exchange='connection.sendall(connection.makefile("rb").readline().upper())',
        after="connection.close()",
    ),
    SERVER.format(
        exchange="connection.sendall(connection.recv(2048).upper())", after="server.accept()"
    ),
    SERVER.format(exchange="connection.recv(2048).upper()", after="connection.recv(2048)"),
    SERVER.format(
        exchange="connection.sendall(connection.recv(2048).upper())",
        after="connection.recv(2048); connection.close(); server.close()",
    ),
)

IMAGE = """\
FROM {parent}
RUN apt-get update -qq \\
    && apt-get install -y -qq --no-install-recommends ca-certificates git python3-venv
ARG PIP_INDEX_URL
COPY certificates.pem /tmp/
RUN if [ -s /tmp/certificates.pem ]; then export PIP_CERT=/tmp/certificates.pem; fi; \\
    python3 -m venv /opt/check50 && /opt/check50/bin/pip install -q check50=={version}
COPY checks/ /checks/
ENTRYPOINT []
"""


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="of each self-check")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory(prefix="grader-peers-") as folder:
        place = Path(folder)
        peer = install(place / "venv")
        right, wrong = submission(place / "right", RIGHT), submission(place / "wrong", WRONG[0])
        print("| what | grader | check50, its checks chained | ratio |\n|---|---|---|---|")
        for label, where in (("a correct submission", right), ("a broken one", wrong)):
            times = pair(partial(ours, where), partial(theirs, peer, where), runs)
            row(f"self-check of {label}", *times)
        client = connect()
        image = peer_image(client)
        tree = students(place / "class" / "tcp_echo")
        mine = timed(partial(grade_class, tree.parent, place / "out"))
        other = timed(partial(check_class, client, image, tree))
        row(f"a class of {CLASS}, half broken, {WORKERS} at a time", mine, other)
    print(
        f"\ncheck50 {CHECK50} runs checks at the same time; as all want port 12000, they must wait"
    )
    print("for each other (a lock around each). Medians of interleaved runs, whole processes.")


def row(label: str, ours_: float, theirs_: float) -> None:
    """Print a line of the table."""
    ratio = theirs_ / ours_
    print(f"| {label} | {ours_:.2f} s | {theirs_:.2f} s | {ratio:.1f} × |", flush=True)


def pair(one: Callable[[], object], other: Callable[[], object], runs: int) -> tuple[float, float]:
    """Return the medians of two actions, run in turns so that both meet the same machine."""
    one(), other()  # once for the caches of Python and of the system
    found = [(timed(one), timed(other)) for _ in range(runs)]
    return statistics.median(a for a, _ in found), statistics.median(b for _, b in found)


def timed(action: Callable[[], object]) -> float:
    """Return the seconds an action takes."""
    begun = time.monotonic()
    action()
    return time.monotonic() - begun


def submission(folder: Path, server: str) -> Path:
    """Write a student's two programs."""
    folder.mkdir(parents=True)
    (folder / "server.py").write_text(server)
    (folder / "client.py").write_text(CLIENT)
    return folder


def students(tree: Path) -> Path:
    """Write a class: every other one is wrong, in one of the ways in turn."""
    for number in range(CLASS):
        server = WRONG[number // 2 % len(WRONG)] if number % 2 else RIGHT
        submission(tree / f"student{number:02}", f"# {number}\n{server}")
    return tree


# ---------------------------------------------------------------------------- the two graders


def ours(folder: Path) -> None:
    """Check by `grade check`."""
    run([sys.executable, "-m", "grader.cli", "check", folder, "-a", "tcp_echo"], ROOT, (0, 1))


def theirs(python: Path, folder: Path) -> None:
    """Check by check50, as a student does."""
    command = [python.parent / "check50", "--dev", CHECKS, "--log-level", "warning"]
    run([*command, "-o", "ansi"], folder, (0, 1))


def grade_class(tree: Path, out: Path) -> None:
    """Grade the class as a TA does."""
    command = [sys.executable, "-m", "grader.cli", "run", tree, "-j", str(WORKERS), "--out", out]
    run(command, ROOT, (0,))


def check_class(client: DockerClient, image: str, tree: Path) -> None:
    """Run check50 for each submission in a fresh container without a network."""

    def one(student: Path) -> None:
        container = client.api.create_container(
            image,
            [
                "/opt/check50/bin/check50",
                "--dev",
                "/checks",
                "--log-level",
                "warning",
                "-o",
                "json",
            ],
            working_dir="/hand-in",
            host_config=client.api.create_host_config(network_mode="none"),
        )["Id"]
        try:
            client.api.put_archive(container, "/", packed(student))
            client.api.start(container)
            client.api.wait(container)
            said = client.api.logs(container).decode()
            if '"results"' not in said:
                sys.exit(f"check50 failed on {student.name}:\n{said[-2000:]}")
        finally:
            client.api.remove_container(container, force=True)

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(one, sorted(tree.iterdir())))


def run(command: list[object], folder: Path, good: tuple[int, ...]) -> None:
    """Run a command; anything but an expected end is an error."""
    words = [str(word) for word in command]
    # As on anybody's machine, Python keeps what it has compiled.
    others = {key: os.environ[key] for key in os.environ if key != "PYTHONDONTWRITEBYTECODE"}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        words,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**others, "PATH": path},
    )
    if done.returncode not in good:
        sys.exit(f"{words} ended with {done.returncode}:\n{done.stdout}{done.stderr}")


# -------------------------------------------------------------------------------- installing


def install(folder: Path) -> Path:
    """Install check50 into an environment of its own; return its Python."""
    print(f"installing check50 {CHECK50} …", file=sys.stderr)
    run([sys.executable, "-m", "venv", folder], ROOT, (0,))
    python = folder / "bin/python"
    run([python, "-m", "pip", "install", "-q", f"check50=={CHECK50}"], ROOT, (0,))
    return python


def peer_image(client: DockerClient) -> str:
    """Build the image of check50 on the one our Python submissions run in."""
    tags = ensure_images(client, ["python", "sidecar"], lambda line: print(line, file=sys.stderr))
    print("building check50's image …", file=sys.stderr)
    recipe = IMAGE.format(parent=tags["python"], version=CHECK50)
    packed_ = io.BytesIO()
    with tarfile.open(fileobj=packed_, mode="w") as archive:
        files = {"Dockerfile": recipe.encode(), "certificates.pem": certificates()}
        for name, content in {**files, **check_files()}.items():
            add(archive, name, content)
    packed_.seek(0)
    image, _ = client.images.build(
        fileobj=packed_,
        custom_context=True,
        network_mode="host",
        tag="grader-peer-check50",
        buildargs={INDEX: os.environ[INDEX]} if os.environ.get(INDEX) else {},
    )
    return str(image.id)


def check_files() -> dict[str, bytes]:
    """Return the checks' files, as the image has them."""
    return {
        f"checks/{path.name}": path.read_bytes()
        for path in sorted(CHECKS.iterdir())
        if path.is_file()
    }


def packed(student: Path) -> bytes:
    """Pack a submission as the folder `hand-in`."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        folder = tarfile.TarInfo("hand-in")
        folder.type, folder.mode = tarfile.DIRTYPE, 0o777
        archive.addfile(folder)
        for path in sorted(student.iterdir()):
            add(archive, f"hand-in/{path.name}", path.read_bytes())
    return whole.getvalue()


def add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    """Put a file into an archive."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o644
    archive.addfile(entry, io.BytesIO(content))


if __name__ == "__main__":
    shutil.which("git") or sys.exit("check50 needs git")
    main()
