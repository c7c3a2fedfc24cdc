"""HTTP responses: parsed by h11, with byte-level findings of our own beside it.

h11 accepts what browsers forgive (a bare LF, a missing reason phrase); an assignment may care,
so `lint` names such things with the RFC section that rules them out.
"""

from __future__ import annotations

import h11
import msgspec


class Response(msgspec.Struct, frozen=True):
    """A complete response. Header names are lower case; `findings` are breaches of RFC 9112."""

    status: int
    reason: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    extra: bytes = b""  # what came after the end of the body
    findings: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """Return a header's value, or None."""
        wanted = name.lower().encode()
        return next((v.decode("latin-1") for k, v in self.headers if k == wanted), None)


class Malformed(msgspec.Struct, frozen=True):
    """No HTTP response and never will be one; `problem` is a sentence."""

    problem: str
    header_only: bool = False  # the header was fine, the body does not fit it


def request(line: str, headers: dict[str, str], body: bytes, host: str) -> bytes:
    """Write a request as it goes over the wire: `GET /path` or `GET /path HTTP/1.0`."""
    words = line.split()
    version = words.pop() if words[-1].startswith("HTTP/") else "HTTP/1.1"
    base = {"Host": host, "User-Agent": "grader", "Accept": "*/*", "Connection": "close"}
    if body:
        base["Content-Length"] = str(len(body))
    fields = "".join(f"{name}: {value}\r\n" for name, value in {**base, **headers}.items())
    return f"{' '.join(words)} {version}\r\n{fields}\r\n".encode() + body


def response(data: bytes, *, ended: bool, method: str = "GET") -> Response | Malformed | None:
    """Read a response from what came so far; None while more is needed."""
    if problem := _bad_start(data, ended=ended):
        return Malformed(problem)
    connection = h11.Connection(our_role=h11.CLIENT)
    target = [("Host", "x"), ("Connection", "close")]
    connection.send(h11.Request(method=method, target="/", headers=target))
    connection.send(h11.EndOfMessage())
    connection.receive_data(data)
    if ended:
        connection.receive_data(b"")
    head: h11.Response | None = None
    body = b""
    try:
        while True:
            event = connection.next_event()
            if isinstance(event, h11.Response):
                head = event
            elif isinstance(event, h11.Data):
                body += bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                break
            elif event is h11.NEED_DATA:
                return None
            elif isinstance(event, h11.ConnectionClosed) or event is h11.PAUSED:
                return Malformed("the connection was closed before the response was complete")
    except h11.RemoteProtocolError as error:
        return Malformed(_explain(str(error), head, body), header_only=head is not None)
    if head is None:
        return Malformed("there is no final response")
    extra, _ = connection.trailing_data
    return Response(
        head.status_code,
        bytes(head.reason),
        tuple((bytes(k), bytes(v)) for k, v in head.headers),
        body,
        bytes(extra),
        tuple(lint(data, head.status_code)),
    )


def lint(data: bytes, status: int) -> list[str]:
    """Name what is wrong with the bytes of a header that h11 took."""
    head, blank, _ = data.partition(b"\r\n\r\n")
    if not blank or b"\n" in head.replace(b"\r\n", b""):
        head = head.partition(b"\n\n")[0]
        if b"\n" in head.replace(b"\r\n", b""):
            yield_lf = "header lines end with a bare LF instead of CR LF (RFC 9112, section 2.2)"
            return [yield_lf, *_lint_line(head, status)]
    return _lint_line(head, status)


def _lint_line(head: bytes, status: int) -> list[str]:
    line = head.split(b"\n", 1)[0].rstrip(b"\r")
    _, _, phrase = line.partition(str(status).encode())
    found = []
    if not phrase.strip():
        found.append("the status line has no reason phrase (RFC 9112, section 4)")
    wrong = {404: (b"ok", b"found"), 400: (b"ok",), 405: (b"ok",), 501: (b"ok",), 403: (b"ok",)}
    if phrase.strip().lower() in wrong.get(status, ()):
        found.append(f"the status line says {status} {phrase.strip().decode('latin-1')!r}")
    return found


def _bad_start(data: bytes, *, ended: bool) -> str:
    start = b"HTTP/"
    if not data:
        return "the connection was closed without a response" if ended else ""
    if not (data.startswith(start) or start.startswith(data)):
        if data.lstrip().startswith(start):
            return "there is white space before the status line"
        return "the response does not begin with HTTP/1.0 or HTTP/1.1"
    line, newline, _ = data.partition(b"\n")
    words = line.split()
    if newline and (len(words) < 2 or not words[1].isdigit() or len(words[1]) != 3):
        return f"the status line has no status code: {line.decode('latin-1').strip()[:80]!r}"
    if ended and b"\r\n\r\n" not in data and b"\n\n" not in data.replace(b"\r\n", b"\n"):
        return "no empty line ends the header"
    return ""


def _explain(error: str, head: h11.Response | None, body: bytes) -> str:
    if head is not None:
        said = next((v.decode() for k, v in head.headers if k == b"content-length"), "?")
        return f"Content-Length says {said} bytes, but {len(body)} came before the end"
    return f"the header is malformed: {error}"
