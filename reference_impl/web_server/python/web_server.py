"""Web server: one HTTP request at a time, files from this program's own directory.

    python3 web_server.py [port]          then open http://localhost:6789/ in a browser

Every response says how long it is and that the connection will be closed after it. Whatever
cannot be served is answered with an error page:

    400  the request line cannot be understood
    404  no such file in our directory
    501  another method than GET
"""

import os
import re
import socket
import sys
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
    404: "Not Found",
    501: "Not Implemented",
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
REQUEST_LINE = re.compile(rb"(\S+) (/\S*) HTTP/1\.[0-9]")


class RequestError(Exception):
    """The request is answered with this error status instead of a file."""

    def __init__(self, status):
        super().__init__(status, REASON_PHRASES[status])
        self.status = status


# ---- reading the request ---------------------------------------------------------------


def read_head(connection):
    """Return the request up to its blank line; raises OSError if it never comes to it.

    TCP is a stream: the request may arrive in any number of pieces, so keep on receiving
    until the blank line is there. Browsers open connections ahead and may never use them.
    """
    connection.settimeout(CLIENT_TIMEOUT)
    head = b""
    while not BLANK_LINE.search(head):
        piece = connection.recv(4096)
        if not piece or len(head) > MAX_HEAD:
            raise ConnectionAbortedError("no request came, or one without end")
        head += piece
    return head


def parse_request_line(line):
    """Return what `GET /index.html HTTP/1.1` asks for."""
    parts = REQUEST_LINE.fullmatch(line)
    if not parts:
        raise RequestError(400)
    method, target = parts.groups()
    if method != b"GET":
        raise RequestError(501)
    return target


# ---- finding the file ------------------------------------------------------------------


def read_file(target):
    """Return name and bytes of the file that `target` asks for, certainly one of ours."""
    path = target.split(b"?")[0]  # a query string names no file
    # Decode first, check afterwards: %2e%2e is `..` and %2f is `/`.
    path = os.fsdecode(unquote_to_bytes(path))
    if path.endswith("/"):
        path += "index.html"
    try:
        # realpath follows `..` and symbolic links, so whatever leads outside is noticed.
        name = os.path.realpath(DOCUMENT_ROOT + path)
        if not name.startswith(os.path.join(DOCUMENT_ROOT, "")):
            raise PermissionError(name)
        # `rb`, for in text mode an image would be damaged.
        with open(name, "rb") as file:
            return name, file.read()
    except (OSError, ValueError):
        # Not there, a folder, not ours, or no name at all (one with a NUL). What is outside
        # our directory, and whether it is there, is nobody's business.
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
    line = read_head(connection).split(b"\n")[0].rstrip(b"\r")
    try:
        name, body = read_file(parse_request_line(line))
        status, content_type = 200, content_type_of(name)
    except RequestError as error:
        status, content_type, body = error.status, HTML, error_page(error.status)

    # Logged with its odd bytes escaped: a request must not paint on our terminal.
    print(f"{ascii(line.decode('latin-1'))} -> {status}", file=sys.stderr)
    connection.sendall(response_head(status, content_type, len(body)) + body)
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
    try:
        listening_socket = open_listening_socket(port)
    except OSError as error:
        sys.exit(f"Cannot listen on TCP port {port}: {error}")

    with listening_socket:
        # Flushed, or the line would wait in a buffer when stdout is not a terminal.
        print(f"The web server is ready at http://localhost:{port}/", flush=True)
        while True:
            try:
                connection, _ = listening_socket.accept()
                with connection:
                    serve_client(connection)
            except OSError as error:
                # A client that resets, or stops reading, ends its own request only.
                print("Client lost:", error, file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nServer stopped")
