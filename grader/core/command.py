"""The command that shows a fault without the grader: what our side did, written for `nc`.

Made from a check's transcript alone, and only where it would be the same exchange: few clients of
ours with little to say, or one server of ours. Otherwise there is no command, rather than one that
misleads. Clients that were there at the same time become commands in the background; a pause of a
second stands for each step that another had to come before.
"""

from __future__ import annotations

import string
from collections.abc import Sequence

import msgspec

from grader.core.model import Exchange
from grader.core.regex import regex
from grader.core.transcript import as_bytes

MAX_SENDS = 6
MAX_BYTES = 120
MAX_CLIENTS = 3
STAYS = 5  # seconds that a client is there after the others: longer than these wait
HOST = "127.0.0.1"
_PORT = regex(r"(?:port |udp/)(\d+)")
_NAME = regex(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_GET = regex(rb"GET (/[A-Za-z0-9._/-]*) HTTP/1\.[01]\r\n")
_LONG = regex(rb"[a-z]{50,}")  # random letters: others do as well
_ENDS = frozenset({"closed", "reset", "saw the end", "saw a reset"})
_PLAIN = frozenset(string.ascii_letters.encode())  # what is itself between any quotes
# What our side may have done and seen in an exchange that `nc` can repeat.
_SIMPLE = _ENDS | {"connected", "sent", "received", "could not connect", "could not send"}
_PROGRAMS = frozenset(
    {
        *("started", "printed", "exited", "listens", "stopped listening", "hit a limit", "has"),
        *("was typed", "was told to stop", "was told that the input ends"),
    }
)


class _Client(msgspec.Struct):
    """What a client of ours did, and when: at which step of all clients."""

    began: int
    port: str = ""
    tcp: bool = False
    sends: list[tuple[int, bytes]] = []
    ended: int = -1  # -1: it was there to the end
    how: str = ""
    heard: bool = False
    refused: bool = False


def see_it_yourself(transcript: Sequence[Exchange], files: Sequence[str] = ()) -> str:
    """Return a shell command that says to the student's program what our side said, after making
    those of the files put beside it that are spoken of.
    """
    command = _exchange(transcript)
    said = b"".join(as_bytes(item.data) for item in transcript if item.what == "sent")
    wanted = [name for name in files if _NAME.fullmatch(name) and name.encode() in said]
    made = [f"printf {quoted(_content(name))} >{name}; " for name in wanted]
    return "".join(made) + command if command else ""


def needs_files(command: str) -> bool:
    """Tell whether a command makes files: it is for the program's own folder."""
    return command.startswith("printf ") and not needs_listener(command)


def _content(name: str) -> bytes:
    """Return something short of the kind that a file's name tells."""
    if name.endswith((".html", ".htm")):
        return b"<h1>hello</h1>\n"
    return b"\x89PNG\r\n\x1a\n\0\xff" if name.endswith(".png") else b"hello\n"


def _exchange(transcript: Sequence[Exchange]) -> str:
    if any(item.what == "accepted" for item in transcript):
        return _as_server(transcript)
    clients = _clients(transcript)
    if clients is None or not 0 < len(clients) <= MAX_CLIENTS or not all(c.port for c in clients):
        return ""
    if len({client.tcp for client in clients}) > 1:
        return ""
    said = [data for client in clients for _, data in client.sends]
    short = sum(len(data) for data in said if not _LONG.fullmatch(data))
    if len(said) > MAX_SENDS or short > MAX_BYTES:
        return ""
    if len(clients) == 1 and len(said) == 1 and clients[0].tcp and (get := _GET.match(said[0])):
        return f"curl -v --path-as-is http://{HOST}:{clients[0].port}{get[1].decode()}"
    return _commands(clients)


def needs_listener(command: str) -> bool:
    """Tell whether a command plays the server: it is to be started before the program is."""
    return "nc -l " in command


def _clients(transcript: Sequence[Exchange]) -> list[_Client] | None:
    """Return what our clients did, in the order they came; None if it cannot be repeated."""
    found: dict[str, _Client] = {}
    step = -1
    bound = next((_port(item) for item in transcript if item.what == "listens"), "")
    for item in transcript:
        client = found.get(item.actor)
        if item.what in _PROGRAMS:
            continue
        if item.what not in _SIMPLE:
            return None
        if item.what in {"connected", "could not connect"} or (client is None):
            if client is not None or item.what not in {"connected", "sent", "could not connect"}:
                return None
            step += 1
            tcp = item.what != "sent"
            port = _port(item) if item.what == "connected" else bound
            client = found[item.actor] = _Client(step, port, tcp)
            if item.what == "could not connect":
                client.port = next((c.port for c in found.values() if c.port), "")
        if item.what == "sent":
            step += bool(client.sends) or client.began != step
            client.sends.append((step, as_bytes(item.data)))
        client.heard |= item.what == "received"
        client.refused |= item.what == "could not connect"
        if not client.tcp or (item.what in _ENDS and client.ended < 0):
            client.ended, client.how = step, item.what
    return list(found.values())


def _port(item: Exchange) -> str:
    found = _PORT.match(item.data)
    return found[1] if found else ""


def _commands(clients: Sequence[_Client]) -> str:
    """Write a command a client: one after another where they were, else side by side."""
    last = max([client.began for client in clients] + [c.sends[-1][0] for c in clients if c.sends])
    shown = ""
    for index, client in enumerate(clients):
        following = clients[index + 1] if index + 1 < len(clients) else None
        apart = following is None or 0 <= client.ended < following.began
        if client.tcp and (client.how == "reset" or _left_early(client)):
            if not apart:
                return ""
            shown += _python(client)
        else:
            shown += _nc(client, stays=0 if apart else last - client.began + STAYS)
        if following and apart:
            shown += "; "
        elif following:
            shown += f" & sleep {following.began - client.began}; "
    return shown


def _left_early(client: _Client) -> bool:
    """Tell whether it left without waiting for what it might have been sent."""
    return client.how == "closed" and bool(client.sends) and not client.heard


def _nc(client: _Client, stays: int) -> str:
    """Write a client that leaves when nothing more comes, or only after so many seconds."""
    patience = stays + STAYS if stays else 3
    kind = "" if client.tcp and not client.refused else "-v " if client.tcp else "-u "
    tool = f"nc {kind}-w {patience} {HOST} {client.port}"
    words: list[str] = []
    at = client.began
    for step, data in client.sends:
        words += [f"sleep {step - at}"] if step > at else []
        words.append(_printed(data))
        at = step
    if words:
        rest = max(1, client.began + stays - at)
        return f"({'; '.join([*words, f'sleep {rest}'])}) | {tool}"
    return f"sleep {stays} | {tool}" if stays else f"{tool} </dev/null"


def _printed(data: bytes) -> str:
    if _LONG.fullmatch(data):
        return f"head -c {len(data)} /dev/zero | tr '\\0' x"
    return f"printf {quoted(data)}"


def _python(client: _Client) -> str:
    """Write what `nc` cannot do: leave at once, or by a reset."""
    said = b"".join(data for _, data in client.sends)
    if len(said) > MAX_BYTES:
        said = said[:0]
    octal = "".join(chr(byte) if byte in _PLAIN else f"\\{byte:03o}" for byte in said)
    lines = [f"import socket as s; c = s.create_connection(('{HOST}', {client.port}))"]
    lines += [f"c.sendall(b'{octal}')"] if said else []
    if client.how == "reset":
        lines.append(r"c.setsockopt(s.SOL_SOCKET, s.SO_LINGER, b'\1\0\0\0\0\0\0\0')")
    return f'python3 -c "{"; ".join([*lines, "c.close()"])}"'


def _as_server(transcript: Sequence[Exchange]) -> str:
    """Write our server, where it served one client and said one thing."""
    ours = {"accepted", "sent", "received", *_ENDS}
    if any(item.what not in ours | _PROGRAMS for item in transcript):
        return ""
    accepted = [item for item in transcript if item.what == "accepted"]
    said = [as_bytes(item.data) for item in transcript if item.what == "sent"]
    port = _port(accepted[0])
    if len(accepted) > 1 or len(said) > 1 or not port or sum(map(len, said)) > MAX_BYTES:
        return ""
    if any(item.what == "reset" for item in transcript):
        return ""
    return f"printf {quoted(said[0])} | nc -l {port}" if said else f"nc -l {port}"


def quoted(data: bytes) -> str:
    """Write bytes as an argument of printf that every shell understands."""
    shown = "".join(_octal(byte) for byte in data)
    return f"'{shown}'" if not shown.startswith("-") else f"'\\055{shown[1:]}'"


def _octal(byte: int) -> str:
    named = {0x0A: "\\n", 0x0D: "\\r", 0x25: "%%", 0x5C: "\\\\"}
    if byte in named:
        return named[byte]
    plain = 0x20 <= byte < 0x7F and byte != 0x27
    return chr(byte) if plain else f"\\{byte:03o}"
