"""A page, told line by line: whole, byte by byte, and by a page that lies."""

from __future__ import annotations

import base64
from typing import Any

import msgspec
import pytest

from grader.core.page import PNG, Page, named, path_of

HOST = "http://127.0.0.1:6789"
PICTURE = PNG + b"and so on"
STORY: list[dict[str, Any]] = [
    {"what": "asked", "url": f"{HOST}/a.html"},
    {"what": "answered", "url": f"{HOST}/a.html", "status": 200, "phrase": "OK",
     "type": "text/html", "main": True},
    {"what": "asked", "url": f"{HOST}/img/logo.png"},
    {"what": "got", "url": f"{HOST}/a.html", "size": 321},
    {"what": "lost", "url": f"{HOST}/img/logo.png", "error": "net::ERR_EMPTY_RESPONSE"},
    {"what": "script", "error": "ReferenceError: x is not defined\n    at a.html:1"},
    {"what": "opened", "error": "", "done": True, "waiting": []},
    {"what": "shows", "title": "Café", "text": "Hi\nthere", "type": "text/html",
     "images": [{"src": f"{HOST}/img/logo.png", "shown": False}]},
    {"what": "picture", "png": base64.b64encode(PICTURE).decode()},
]  # fmt: skip


def lines(*story: dict[str, Any]) -> bytes:
    return b"".join(msgspec.json.encode(line) + b"\n" for line in story)


def test_what_is_told_makes_the_page() -> None:
    page = Page(f"{HOST}/a.html")
    said = page.take(lines(*STORY))
    assert (page.title, page.text, page.type) == ("Café", "Hi\nthere", "text/html")
    assert page.main is not None
    assert (page.main.status, page.main.size, page.main.over) == (200, 321, True)
    assert (page.opened, page.done, page.seen, page.hangs) == (True, True, True, False)
    logo = page.fetch("logo.png")
    assert logo is not None
    assert (logo.error, logo.over, logo.status) == ("net::ERR_EMPTY_RESPONSE", True, 0)
    image = page.image("img/logo.png")
    assert image is not None
    assert not image.shown
    assert page.picture == PICTURE
    assert said == [
        ("asked for", "/a.html"),
        ("was answered", "/a.html: 200 OK, text/html"),
        ("asked for", "/img/logo.png"),
        ("lost", "/img/logo.png: net::ERR_EMPTY_RESPONSE"),
        ("script error", "ReferenceError: x is not defined"),
        ("shows", "Café"),
    ]


def test_where_the_output_is_cut_makes_no_difference() -> None:
    whole, pieces = Page("u"), Page("u")
    said = whole.take(lines(*STORY))
    bit_by_bit = [line for byte in lines(*STORY) for line in pieces.take(bytes([byte]))]
    assert bit_by_bit == said
    assert vars(pieces).keys() == vars(whole).keys()
    assert all(vars(pieces)[name] == value for name, value in vars(whole).items())


@pytest.mark.parametrize("line", [b"Traceback\n", b'{"what": 3}\n', b"[]\n", b"\xff\n", b"\n"])
def test_what_is_no_line_of_ours_is_a_fault_of_ours(line: bytes) -> None:
    page = Page("u")
    assert page.take(line) == []
    assert "not understood" in page.broken


def test_what_is_no_picture_is_none() -> None:
    for png in ("", "!!", base64.b64encode(b"<svg onload=alert(1)>").decode()):
        page = Page("u")
        page.take(lines({"what": "picture", "png": png}))
        assert page.picture == b""


def test_one_url_asked_for_twice_is_two_fetches() -> None:
    page = Page("u")
    asked, got = {"what": "asked", "url": f"{HOST}/x"}, {"what": "got", "url": f"{HOST}/x"}
    page.take(lines(asked, got, asked))
    assert [item.over for item in page.fetches] == [True, False]


@pytest.mark.parametrize(
    ("url", "name", "fits"),
    [
        (f"{HOST}/logo.png", "logo.png", True),
        (f"{HOST}/logo.png", "/logo.png", True),
        (f"{HOST}/img/logo.png?v=1#x", "logo.png", True),
        (f"{HOST}/my%20logo.png", "my logo.png", True),
        (f"{HOST}/biglogo.png", "logo.png", False),
        (f"{HOST}/logo.png/other", "logo.png", False),
        ("", "logo.png", False),
    ],
)
def test_a_file_is_known_by_its_name(url: str, name: str, *, fits: bool) -> None:
    assert named(url, name) is fits


def test_our_own_host_goes_without_saying() -> None:
    assert path_of(f"{HOST}/a?b=1") == "/a?b=1"
    assert path_of("http://localhost:1/a") == "/a"
    assert path_of("http://cdn.example/a.js") == "http://cdn.example/a.js"
