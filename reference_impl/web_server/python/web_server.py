"""Web server: one HTTP request at a time, files from this program's own directory.

    python3 web_server.py [port]          then open http://localhost:6789/ in a browser

Methods GET and HEAD. Every response says how long it is and that the connection will be
closed after it. Whatever cannot be served is answered with an error page:

    400  the request line cannot be understood     408  the request did not come in time
    403  a file we may not read                    431  header lines without end
    404  no such file in our directory             505  not HTTP/1.x
    405  another method
"""

import os
import re
import socket
import sys
import time
from email.utils import formatdate
from urllib.parse import unquote_to_bytes

SERVER_PORT = 6789
WAITING_CLIENTS = 16
MAX_HEAD = 16 * 1024  # bytes of request line and header lines
CLIENT_TIMEOUT = 10   # seconds; a client that stalls makes all the others wait

# Wherever this program lies and from wherever it is started: no directory is written here.
DOCUMENT_ROOT = os.path.dirname(os.path.realpath(__file__))

REASON_PHRASES = {
    200: "OK",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    431: "Request Header Fields Too Large",
    505: "HTTP Version Not Supported",
}

HTML = "text/html; charset=utf-8"
CONTENT_TYPES = {
    ".html": HTML,
    ".htm": HTML,
    ".txt": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".pdf": "application/pdf",
}

BLANK_LINE = re.compile(rb"\n\r?\n")
REQUEST_LINE = re.compile(rb"(\S+) (\S+) HTTP/([0-9])\.[0-9]")
BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


class RequestError(Exception):
    """The request is answered with this error status instead of a file."""

    def __init__(self, status):
        super().__init__(status, REASON_PHRASES[status])
        self.status = status


# ---- reading the request ---------------------------------------------------------------


def read_head(connection):
    """Return the request up to its blank line; no bytes if the client said nothing.

    TCP is a stream: the request may arrive in any number of pieces, so keep on receiving
    until the blank line is there. The deadline is for all of them together.
    """
    deadline = time.monotonic() + CLIENT_TIMEOUT
    head = b""
    while not BLANK_LINE.search(head):
        if len(head) > MAX_HEAD:
            raise RequestError(431)
        connection.settimeout(max(deadline - time.monotonic(), 0.001))
        try:
            piece = connection.recv(4096)
        except TimeoutError:
            if head:
                raise RequestError(408) from None
            return b""
        if not piece:
            if head:
                raise RequestError(400)
            return b""
        head += piece
    return head


def request_line_of(head):
    """Return the first line; an empty line before it is forgiven, as the RFC asks."""
    return head.lstrip(b"\r\n").split(b"\n")[0].rstrip(b"\r")


def parse_request_line(line):
    """Split `GET /index.html HTTP/1.1` into method and target."""
    parts = REQUEST_LINE.fullmatch(line)
    if not parts:
        raise RequestError(400)
    method, target, major_version = parts.groups()
    if major_version != b"1":
        raise RequestError(505)
    if method not in (b"GET", b"HEAD"):
        raise RequestError(405)
    return method, target


# ---- finding the file ------------------------------------------------------------------


def find_file(target):
    """Return the name of the file that `target` stands for, certainly in our directory."""
    path = target.split(b"?")[0]  # a query string names no file
    if not path.startswith(b"/") or BROKEN_ESCAPE.search(path):
        raise RequestError(400)
    # Decode first, check afterwards: %2e%2e is `..` and %2f is `/`.
    path = unquote_to_bytes(path)
    if b"\0" in path:
        raise RequestError(400)
    if path.endswith(b"/"):
        path += b"index.html"

    segments = os.fsdecode(path).split("/")
    # Browsers take `..` out before they ask: one that arrives here is up to no good.
    if ".." in segments:
        raise RequestError(404)
    # realpath follows symbolic links, so a link that leads outside is noticed too.
    # 404 rather than 403: not even whether a file outside exists is anyone's business.
    name = os.path.realpath(os.path.join(DOCUMENT_ROOT, *segments))
    if not name.startswith(os.path.join(DOCUMENT_ROOT, "")) or not os.path.isfile(name):
        raise RequestError(404)
    return name


def read_file(name):
    """Return the bytes of the file: `rb`, for in text mode an image would be damaged."""
    try:
        with open(name, "rb") as file:
            return file.read()
    except PermissionError:
        raise RequestError(403) from None
    except OSError:
        raise RequestError(404) from None


def content_type_of(name):
    """Return the media type; a browser guesses nothing from the name, it believes us."""
    extension = os.path.splitext(name)[1].lower()
    return CONTENT_TYPES.get(extension, "application/octet-stream")


# ---- sending the response --------------------------------------------------------------


def response_head(status, content_type, length):
    """Return status line and header lines, the blank line included."""
    lines = [
        f"HTTP/1.1 {status} {REASON_PHRASES[status]}",
        f"Date: {formatdate(usegmt=True)}",
        f"Content-Type: {content_type}",
        f"Content-Length: {length}",
        "Connection: close",
    ]
    if status == 405:
        lines.append("Allow: GET, HEAD")
    return "".join(line + "\r\n" for line in [*lines, ""]).encode("ascii")


def error_page(status):
    """Return a small HTML page; it quotes nothing of what the client sent."""
    title = f"{status} {REASON_PHRASES[status]}"
    return (
        f"<!DOCTYPE html>\n<html><head><title>{title}</title></head>\n"
        f"<body><h1>{title}</h1></body></html>\n"
    ).encode("ascii")


def finish(connection):
    """End the response, then drop what the client still has to say (a POST's body).

    Closing a socket with unread bytes sends a reset, which may destroy the response
    before the client has read it. The wait is short, and limited.
    """
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(0.2)
    try:
        for _ in range(16):
            if not connection.recv(64 * 1024):
                return
    except TimeoutError:
        pass


# ---- putting it together ---------------------------------------------------------------


def serve_client(connection):
    """Answer the one request of this connection."""
    line = method = b""
    try:
        head = read_head(connection)
        if not head:
            return  # browsers open connections ahead and may never use them
        line = request_line_of(head)
        method, target = parse_request_line(line)
        name = find_file(target)
        status, content_type, body = 200, content_type_of(name), read_file(name)
    except RequestError as error:
        status, content_type, body = error.status, HTML, error_page(error.status)

    # Logged with its odd bytes escaped: a request must not paint on our terminal.
    print(f"{ascii(line.decode('latin-1'))} -> {status} {REASON_PHRASES[status]}")
    connection.settimeout(CLIENT_TIMEOUT)
    connection.sendall(response_head(status, content_type, len(body)))
    if method != b"HEAD":  # the same header lines, but no body
        connection.sendall(body)
    finish(connection)


def port_from(arguments):
    """Return the port named on the command line, or the usual one."""
    if len(arguments) < 2:
        return SERVER_PORT
    if not (arguments[1].isdecimal() and 0 < int(arguments[1]) < 65536):
        sys.exit(f"usage: {arguments[0]} [port]")
    return int(arguments[1])


def open_listening_socket(port):
    """Return a TCP socket listening on `port` on every address of this machine."""
    listening_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # The server closes first, so its connections stay in TIME_WAIT for a minute. Without
    # SO_REUSEADDR a restarted server could not bind its port till then.
    listening_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening_socket.bind(("", port))
    listening_socket.listen(WAITING_CLIENTS)
    return listening_socket


def main():
    port = port_from(sys.argv)
    # Lines appear at once, also when stdout is not a terminal.
    sys.stdout.reconfigure(line_buffering=True)
    try:
        listening_socket = open_listening_socket(port)
    except OSError as error:
        sys.exit(f"Cannot listen on TCP port {port}: {error}")

    with listening_socket:
        print(f"The web server is ready at http://localhost:{port}/")
        while True:
            try:
                connection, _ = listening_socket.accept()
                with connection:
                    serve_client(connection)
            except OSError as error:
                # A client that resets, or stops reading, ends its own request only.
                print("Client lost:", error)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nServer stopped")
