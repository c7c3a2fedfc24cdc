"""Causes that HTTP responses show, and what only looks like them (played by `test_registry`)."""

from __future__ import annotations

from typing import Any

from grader.core.model import CheckResult
from tests.core.symptoms.evidence_samples import played, seen

OK = "HTTP/1.1 200 OK\r\n"
PAGE = "<html><h1>na\xc3\xafve</h1></html>"  # 28 bytes, 27 characters
ASKED = ("alice", "sent", "GET /a.html HTTP/1.1\r\n\r\n")


def response(head: str, body: str, *, ended: bool = True, **fields: Any) -> CheckResult:
    heard = ("alice", "received", f"{OK}{head}\r\n{body}")
    end = [("alice", "saw the end", "")] if ended else []
    return played(ASKED, heard, *end, **{"reason": "wrong_header", **fields})


def status(asked: str, due: str, came: str) -> CheckResult:
    return seen(f"HTTP/1.1 {due}", f"HTTP/1.1 {came} X", (asked,), reason="wrong_status")


def header(expected: str, received: str) -> CheckResult:
    return seen(expected, OK + received, reason="wrong_header")


def body(expected: str, received: str) -> CheckResult:
    return seen(expected, received, reason="wrong_body")


def broken(received: str) -> CheckResult:
    return seen("HTTP/1.1 ", received, reason="not_http")


CUT: dict[str, Any] = {"reason": "partial_reply"}
RESET: dict[str, Any] = {"reason": "not_shown", "message": "reset (ERR_CONNECTION_RESET)"}
SHOWN = [
    ("closed_unread", played(("visitor", "exited"), **RESET)),
    ("path_traversal", seen(reason="file_leaked")),
    ("no_version", broken("200 OK\r\n\r\n<html>")),
    ("no_blank_line", broken(f"{OK}Content-Type: text/html\r\n<html>")),
    ("bare_feed", broken("HTTP/1.1 200 OK\nA: b\n\n<html>")),
    ("endless_body", response("Content-Type: text/html\r\n", PAGE, ended=False, **CUT)),
    ("length_of_characters", response("Content-Length: 27\r\n", PAGE)),
    ("miscounted", response("Content-Length: 30\r\n", PAGE)),
    ("no_type", header("Content-Type: text/html", "Content-Length: 3")),
    ("one_type", header("Content-Type: image/png", "Content-Type: text/html")),
    ("any_method", status("DELETE / HTTP/1.1\r\n", "4xx or 5xx", "200")),
    ("not_found", status("GET /a HTTP/1.1\r\n", "200", "404")),
    ("always_found", status("GET /a HTTP/1.1\r\n", "404", "200")),
    ("mangled", body("\x89PNG\xff", "\xef\xbf\xbdPNG\xef\xbf\xbd")),
    ("converted", body("<p>\n</p>\n", "<p>\r\n</p>\r\n")),
    ("other_page", body("<html>one</html>", "<html>another</html>")),
]

UNSHOWN = [
    ("closed_unread", played(("server", "exited"), **RESET)),
    ("closed_unread", seen(reason="not_shown", message="still loading")),
    ("path_traversal", seen(reason="wrong_body")),
    ("no_version", broken("HTTP 200 OK\r\n\r\n<html>")),
    ("no_blank_line", broken(f"{OK}Content-Type: text/html\r\n\r\n<html>")),
    ("bare_feed", broken(f"{OK}A: b\r\n\r\n<html>")),
    ("endless_body", response("Content-Length: 99\r\n", PAGE, ended=False, **CUT)),
    ("endless_body", response("Transfer-Encoding: chunked\r\n", PAGE, ended=False, **CUT)),
    ("endless_body", response("Content-Type: text/html\r\n", PAGE, **CUT)),
    ("length_of_characters", response("Content-Length: 28\r\n", PAGE)),
    ("length_of_characters", response("Content-Length: 26\r\n", PAGE)),
    ("miscounted", response("Content-Length: 99\r\n", PAGE)),
    ("miscounted", response("Content-Length: 30\r\n", PAGE, ended=False)),
    ("no_type", header("Content-Type: text/html", "content-type: text/plain")),
    ("one_type", header("Content-Type: image/png", "Content-Type: image/gif")),
    ("any_method", status("GET / HTTP/1.1\r\n", "4xx or 5xx", "200")),
    ("not_found", status("GET /a HTTP/1.1\r\n", "200", "500")),
    ("always_found", status("GET /a HTTP/1.1\r\n", "404", "302")),
    ("mangled", body("\xef\xbf\xbd and", "\xef\xbf\xbd or")),
    ("converted", body("<p>\n</p>\n", "<p></p>\r\n")),
    ("other_page", body("<html>one</html>", "<html>one</ht")),
    ("other_page", body("<html>one</html>", "<html>\r\none</html>\r\n")),
]
