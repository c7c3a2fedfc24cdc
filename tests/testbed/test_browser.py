"""A real browser in Docker, before servers right and wrong: what it says of each, and its picture.

Every server here is a student's, played in a sandbox by the whole grader: spec, script and bench.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.core.model import Job, Limits, Result, Submission
from grader.core.page import PNG
from grader.loading import load_spec
from grader.run.job import grade
from grader.testbed.bench import Bench
from grader.testbed.browsers import find_browser
from grader.testbed.docker import DockerBench
from grader.testbed.engine import connect
from grader.testbed.images import ensure_images
from grader.testbed.local import LocalBench

SPEC = """\
assignment: web
programs:
  server: {listens: tcp/6789}
checks:
  - id: page
    title: A browser shows the page
    points: 60
    steps:
      - server starts
      - visitor visits: /
      - visitor sees title: Hello
      - visitor sees: It works
  - id: picture
    title: A browser shows the picture
    points: 30
    needs: [page]
    steps:
      - server starts
      - visitor visits: /
      - visitor sees image: red.png
  - id: alive
    title: The server is alive after it
    points: 10
    steps:
      - server starts
      - alice connects
"""

# A server in a few lines; each student's changes something of it.
SERVER = r"""
import socket, struct, time, zlib

def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

RED = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
       + chunk(b"IDAT", zlib.compress(8 * (b"\0" + 8 * b"\xff\0\0"))) + chunk(b"IEND", b""))
PAGE = b"<title>Hello</title><h1>It works</h1><img src=red.png>"

def ok(kind, body, length=None):
    return (b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\nContent-Length: "
            + str(len(body) if length is None else length).encode() + b"\r\n\r\n" + body)

def answer(path):
    if path == b"/":
        return ok(b"text/html", PAGE)
    if path == b"/red.png":
        return ok(b"image/png", RED)
    return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

def serve(connection):
    connection.sendall(answer(connection.recv(4096).split()[1]))

#HERE
listener = socket.create_server(("", 6789))
while True:
    connection, _ = listener.accept()
    serve(connection)
    connection.close()
"""

PICTURE_BROKEN = {"page": "pass", "picture": "wrong_page"}
NOT_SHOWN = {"page": "not_shown"}
UNTRIED = {"page": "no_tool", "picture": "no_tool", "alive": "pass"}

STUDENTS: dict[str, tuple[str, dict[str, str], str]] = {
    # what is changed -> how, the outcome or the reason of checks, and words of a message or note
    "nothing": ("", {"page": "pass", "picture": "pass", "alive": "pass"}, ""),
    "a title made by a script": (
        ("PAGE = b'<title>Wait</title><h1 id=h></h1><script>document.title = \"Hello\";'"
        "b'setTimeout(() => h.textContent = \"It works\", 50)</script>'"),
        {"page": "pass", "picture": "wrong_page"},
        "the page has no image red.png",
    ),
    "an alert": (
        "PAGE += b'<script>alert(1)</script>'",
        {"page": "pass", "picture": "pass"},
        "",
    ),
    "parts from elsewhere": (
        "PAGE += b'<script src=https://cdn.example/x.js></script>'",
        {"page": "pass", "picture": "pass"},
        "ERR_NAME_NOT_RESOLVED",
    ),
    "Content-Length too large": (
        ("answer_, answer = answer, lambda path: ok(b'text/html', PAGE, len(PAGE) + 9)"
        " if path == b'/' else answer_(path)"),
        {"page": "pass", "picture": "pass"},
        "fewer bytes came than Content-Length says (ERR_CONTENT_LENGTH_MISMATCH)",
    ),
    "Content-Length much too small": (
        "answer = lambda path: ok(b'text/html', PAGE, 22)",
        {"page": "wrong_page"},
        "the page is blank in the browser",
    ),
    "no answer at all": (
        "serve = lambda connection: connection.recv(4096)",
        NOT_SHOWN,
        "closed the connection without sending anything (ERR_EMPTY_RESPONSE)",
    ),
    "no status line": (
        "answer = lambda path: PAGE",
        NOT_SHOWN,
        "what your server sent is not an HTTP response (ERR_INVALID_HTTP_RESPONSE)",
    ),
    "a reset": (
        ("def serve(c):\n"
        "    c.recv(4096); c.setsockopt(1, socket.SO_LINGER, struct.pack('ii', 1, 0))"),
        NOT_SHOWN,
        "your server reset the connection (ERR_CONNECTION_RESET)",
    ),
    "a crash": (
        "def serve(connection): raise ValueError('no idea')",
        {"page": "crashed"},
        "ValueError: no idea",
    ),
    "another type": (
        "answer = lambda path: ok(b'application/x-page', PAGE)",
        NOT_SHOWN,
        "it would save the page as a file, because its Content-Type is application/x-page",
    ),
    "plain text": (
        "answer = lambda path: ok(b'text/plain', PAGE)",
        {"page": "wrong_page"},
        "it was taken for text/plain, not for HTML",
    ),
    "not found": (
        "answer_ = answer\nanswer = lambda path: answer_(b'/no')",
        {"page": "wrong_status"},
        "your server answered the browser with 404 Not Found",
    ),
    "a picture that is none": (
        "RED = b'red'", PICTURE_BROKEN, "what came (image/png) is no image",
    ),
    "one request only": (
        ("def serve(c):\n"
        "    c.sendall(answer(c.recv(4096).split()[1]))\n"
        "    c.close(); listener.close(); time.sleep(99)"),
        PICTURE_BROKEN,
        "your server refused the connection (ERR_CONNECTION_REFUSED)",
    ),
    "a port that browsers avoid": (
        "make = socket.create_server; socket.create_server = lambda at: make(('', 6000))",
        {"page": "pass", "picture": "pass"},
        "listens on port 6000, not 6789",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    client = connect()
    made = DockerBench(client, ensure_images(client, ["python", "sidecar", "browser"]), Limits())
    yield made
    made.close()
    client.close()


def job(folder: Path, change: str = "", spec: str = SPEC) -> Job:
    (folder / "web.yml").write_text(spec)
    files = {"server.py": SERVER.replace("#HERE", change).encode()}
    return Job(load_spec(folder / "web.yml"), Submission("web", "alice", files))


def came(result: Result) -> dict[str, str]:
    """Return the outcome of each check, of a failed one the reason."""
    played = [check for check in result.checks if check.max_points]
    return {check.id: check.reason or check.outcome for check in played}


def told(result: Result) -> str:
    return "\n".join([*(check.message for check in result.checks), *result.notes])


@pytest.mark.docker
@pytest.mark.timeout(300)
@pytest.mark.parametrize("what", STUDENTS)
def test_what_the_browser_says_of(what: str, bench: Bench, tmp_path: Path) -> None:
    change, expected, words = STUDENTS[what]
    pictures: dict[str, bytes] = {}

    def keep(check: str, png: bytes) -> str:
        pictures[check] = png
        return f"{check}.png"

    result = grade(job(tmp_path, change), bench, keep)
    assert {name: came(result)[name] for name in expected} == expected, told(result)
    assert words in told(result)
    shots = {check.id: check.screenshot for check in result.checks if check.screenshot}
    assert shots.keys() == pictures.keys()
    if expected["page"] == "pass":
        assert {"page", "picture"} == pictures.keys()
    for png in pictures.values():
        assert png.startswith(PNG)
        assert struct.unpack(">II", png[16:24]) == (1024, 768)


@pytest.mark.docker
@pytest.mark.timeout(300)
def test_the_picture_shows_the_page(bench: Bench, tmp_path: Path) -> None:
    """Two pages give two pictures, and the same page the same."""
    pictures: list[bytes] = []

    def keep(check: str, png: bytes) -> str:
        pictures.append(png)
        return check

    for change in ("", "", "PAGE += b'<body bgcolor=blue>'"):
        grade(job(tmp_path, change), bench, keep)
    first, _, again, _, other, _ = pictures
    assert first == again != other


@pytest.mark.docker
@pytest.mark.timeout(300)
def test_without_the_image_the_points_count_neither_way(tmp_path: Path) -> None:
    client = connect()
    made = DockerBench(client, ensure_images(client, ["python", "sidecar"]), Limits())
    try:
        result = grade(job(tmp_path), made, lambda _check, _png: "never")
    finally:
        made.close()
        client.close()
    assert came(result) == UNTRIED
    assert [check.outcome for check in result.checks if check.reason] == ["skip", "skip"]
    assert "make browser" in told(result)
    assert (result.status, result.score, result.max_score) == ("graded", 10, 10)
    assert not any(check.screenshot for check in result.checks)


def test_a_machine_without_a_browser_skips_and_says_so(tmp_path: Path) -> None:
    made = LocalBench(Limits(), browser="")
    try:
        result = grade(job(tmp_path), made)
    finally:
        made.close()
    assert came(result) == UNTRIED
    assert "neither Chromium nor Chrome is on this machine" in told(result)
    assert (result.status, result.score, result.max_score) == ("graded", 10, 10)


def test_a_machines_browser_that_does_not_work_costs_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho this is no browser >&2\nexit 1\n")
    broken.chmod(0o755)
    made = LocalBench(Limits(), browser=str(broken))
    try:
        result = grade(job(tmp_path), made)
    finally:
        made.close()
    assert came(result) == UNTRIED
    assert "this is no browser" in told(result)
    assert result.status == "graded"


def test_a_browser_is_found_by_its_usual_names() -> None:
    assert find_browser(lambda name: f"/usr/bin/{name}" if name == "google-chrome" else None) == (
        "/usr/bin/google-chrome"
    )
    assert find_browser(lambda _name: None) == ""
