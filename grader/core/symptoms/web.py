"""Symptoms of web servers: what the bytes of a response show."""

from __future__ import annotations

import re

from grader.core.regex import regex
from grader.core.symptoms.evidence import Evidence
from grader.core.symptoms.symptom import Symptom

_LENGTH = regex(rb"\r\ncontent-length: *(\d{1,9})(?:\r\n|$)", re.IGNORECASE)
_BARE = regex(rb"HTTP/1\.[01] [^\r\n]*\n")
_MARK = b"\xef\xbf\xbd"  # what a decoder puts for bytes that are none of its own
_NOT_IN_TEXT = regex(rb"\s+")
SMALL = 4  # bytes; a longer difference is no miscount


def left_folder(seen: Evidence) -> bool:
    """It served what lies outside of its folder."""
    return seen.reason == "file_leaked"


def closed_unread(seen: Evidence) -> bool:
    """A browser's connection was reset by a program that runs on."""
    ended = "exited" in {x.what for x in seen.check.transcript if x.actor == seen.check.program}
    return seen.reason == "not_shown" and "ERR_CONNECTION_RESET" in seen.check.message and not ended


def no_version(seen: Evidence) -> bool:
    """The response begins with the status code."""
    return seen.reason == "not_http" and re.match(rb"\d{3} ", seen.received) is not None


def no_blank_line(seen: Evidence) -> bool:
    """A page begins right after the lines of the header."""
    head, page, _ = seen.received.partition(b"<")
    lines = head.replace(b"\r\n", b"\n")
    begins = lines.startswith(b"HTTP/") and bool(page) and lines.endswith(b"\n")
    return seen.reason in {"not_http", "partial_reply"} and begins and b"\n\n" not in lines


def bare_feeds(seen: Evidence) -> bool:
    """The status line ends with LF alone."""
    return seen.reason == "not_http" and _BARE.match(seen.received) is not None


def endless_body(seen: Evidence) -> bool:
    """No Content-Length was sent, and the connection stays open after the page."""
    response = seen.response
    silent = response is not None and b"content-length" not in response[0].lower()
    framed = response is not None and b"transfer-encoding" in response[0].lower()
    return seen.reason == "partial_reply" and silent and not framed and not _over(seen)


def _over(seen: Evidence) -> bool:
    return bool({"saw the end", "saw a reset"} & seen.happened)


def _lengths(seen: Evidence) -> tuple[int, bytes] | None:
    """The Content-Length that was said and the body that came, where the two do not agree."""
    response = seen.response
    said = _LENGTH.search(response[0]) if response else None
    if response is None or said is None or int(said[1]) == len(response[1]):
        return None
    return int(said[1]), response[1]


def length_of_characters(seen: Evidence) -> bool:
    """Content-Length is the number of characters of a body that has more bytes."""
    lengths = _lengths(seen)
    return lengths is not None and lengths[0] == len(lengths[1].decode("utf-8", "ignore"))


def miscounted(seen: Evidence) -> bool:
    """Content-Length differs from the bytes that came by a few, and the connection has ended."""
    lengths = _lengths(seen)
    near = lengths is not None and abs(lengths[0] - len(lengths[1])) <= SMALL
    return near and _over(seen) and seen.reason in {"wrong_header", "partial_reply", "wrong_body"}


def no_type(seen: Evidence) -> bool:
    """The header has no Content-Type."""
    wanted = seen.expected.lower().startswith(b"content-type:")
    return wanted and seen.reason == "wrong_header" and b"content-type" not in seen.received.lower()


def one_type(seen: Evidence) -> bool:
    """It says text/html of what is no HTML."""
    wanted = re.match(rb"content-type: (?!text/html)", seen.expected, re.IGNORECASE)
    said = re.search(rb"\ncontent-type: *text/html", seen.received, re.IGNORECASE)
    return seen.reason == "wrong_header" and wanted is not None and said is not None


def any_method(seen: Evidence) -> bool:
    """A method that is neither GET nor HEAD was answered with 200."""
    asked = bool(seen.sent) and re.match(rb"(?!GET |HEAD )[A-Z]+ /", seen.sent[-1]) is not None
    return asked and seen.reason == "wrong_status" and _status(seen) == b"200"


def not_found(seen: Evidence) -> bool:
    """404 was answered where 200 was due."""
    due = seen.expected == b"HTTP/1.1 200"
    return due and seen.reason == "wrong_status" and _status(seen) == b"404"


def always_found(seen: Evidence) -> bool:
    """200 was answered where 404 was due."""
    due = seen.expected == b"HTTP/1.1 404"
    return due and seen.reason == "wrong_status" and _status(seen) == b"200"


def _status(seen: Evidence) -> bytes:
    found = re.match(rb"HTTP/1\.[01] (\d{3})\b", seen.received)
    return found[1] if found else b""


def mangled(seen: Evidence) -> bool:
    """The bytes EF BF BD stand in the body and not in the file."""
    return seen.reason == "wrong_body" and _MARK in seen.received and _MARK not in seen.expected


def converted(seen: Evidence) -> bool:
    """Only the line ends of the body are others than the file's."""
    same = seen.received.replace(b"\r\n", b"\n") == seen.expected.replace(b"\r\n", b"\n")
    return seen.both and seen.reason == "wrong_body" and same and seen.received != seen.expected


def other_page(seen: Evidence) -> bool:
    """A page came, and it is neither the one asked for nor a part of it."""
    came, due = (_NOT_IN_TEXT.sub(b"", text) for text in (seen.received, seen.expected))
    pages = b"<html" in came.lower() and b"<html" in due.lower()
    return seen.reason == "wrong_body" and pages and came not in due and due not in came


SYMPTOMS = (
    Symptom(
        "path_traversal",
        "path traversal",
        "it opens whatever path it is asked for; resolve the path first, and serve it only if it "
        "still lies below your folder",
        left_folder,
    ),
    Symptom(
        "closed_unread",
        "connection reset",
        "it closes the connection before it has read all of the request, and so resets it; make "
        "room for more, and read up to the empty line",
        closed_unread,
    ),
    Symptom(
        "no_version",
        "status line",
        "the status line begins with the code; it is HTTP/1.1, the code and a phrase",
        no_version,
    ),
    Symptom(
        "no_blank_line",
        "message framing",
        "no empty line stands between header and body; end the header with CR LF CR LF",
        no_blank_line,
    ),
    Symptom(
        "bare_feed",
        "line ends",
        r"it ends the lines of the header with \n; HTTP wants \r\n",
        bare_feeds,
    ),
    Symptom(
        "endless_body",
        "message framing",
        "nobody can tell where the body ends; send its length as Content-Length, or close the "
        "connection after it",
        endless_body,
    ),
    Symptom(
        "length_of_characters",
        "bytes and characters",
        "Content-Length counts characters; take the length of the bytes that you send",
        length_of_characters,
    ),
    Symptom(
        "miscounted",
        "Content-Length",
        "Content-Length is wrong by a few bytes; take the length of exactly what you send after "
        "the empty line, without a line's end or a NUL more",
        miscounted,
    ),
    Symptom(
        "no_type",
        "Content-Type",
        "no Content-Type is sent with this file, so that a browser has to guess",
        no_type,
    ),
    Symptom(
        "one_type",
        "Content-Type",
        "it says text/html of a file that is no page; choose the type by the file's ending",
        one_type,
    ),
    Symptom(
        "any_method",
        "request line",
        "it looks at the path only; look at the method, too, and answer 501 or 405 to others",
        any_method,
    ),
    Symptom(
        "not_found",
        "document root",
        "it does not find a file that lies beside the program; look below the folder it is started "
        "in, without the path's leading slash and without a path of your own machine",
        not_found,
    ),
    Symptom(
        "always_found",
        "status code",
        "it says 200 of a file that is not there; the status line has to say 404",
        always_found,
    ),
    Symptom(
        "mangled",
        "bytes and text",
        "it decodes the file and encodes it again; open it in binary mode and send its bytes",
        mangled,
    ),
    Symptom(
        "converted",
        "bytes and text",
        "the line ends of the file were converted; open it in binary mode and send its bytes",
        converted,
    ),
    Symptom(
        "other_page",
        "request line",
        "it sends another page than the one asked for; take the path from the request line",
        other_page,
    ),
)
