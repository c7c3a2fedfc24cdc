"""SMTP replies (RFC 5321, section 4.2): three digits, a text, CR LF; or several such lines, all
but the last with a hyphen after the code.

Read as a mail client reads them: the code counts, any text will do. What a client forgives, or
has to guess, is a finding: a phrase with the section that rules it out.
"""

from __future__ import annotations

import msgspec

PADDING = b"\r\n\0"
MAX_LINE = 512  # bytes with CR LF: section 4.5.3.1.5
DIGITS = 3


class Reply(msgspec.Struct, frozen=True):
    """A whole reply; `used` bytes of the stream belong to it, what stands before it included."""

    code: int
    text: bytes  # of its last line
    used: int
    findings: tuple[str, ...] = ()


class Malformed(msgspec.Struct, frozen=True):
    """No reply; `problem` is a clause that begins with a verb."""

    problem: str
    cut: bool = False  # it was one as far as it came


def reply(data: bytes, *, ended: bool) -> Reply | Malformed | None:
    """Read the first reply of a stream of which `data` is what came so far; None while more is
    needed. `ended`: nothing more will come, so that a line without an end is taken as it is.
    """
    at = len(data) - len(data.lstrip(PADDING))
    found = {_before(data[:at]): True} if at else {}
    codes: list[bytes] = []
    while True:
        newline = data.find(b"\n", at)
        line = data[at : newline + 1] if newline >= 0 else data[at:]
        whole = newline >= 0 or ended
        code, mark, text = line[:DIGITS], line[DIGITS : DIGITS + 1].strip(b"\r\n"), line[DIGITS:]
        if not _begins(line, whole=newline >= 0):
            return Malformed("sends a line that does not begin with a code of three digits")
        if len(line) < DIGITS or (newline < 0 and not whole):
            return Malformed("sends an incomplete reply", cut=True) if ended else None
        found |= dict.fromkeys(_findings(line, mark), True)
        codes.append(code)
        if mark != b"-":
            break
        if newline < 0 or newline + 1 == len(data):
            problem = f"never ends its reply: after the lines with {codes[-1].decode()}- one with "
            problem += f"{codes[-1].decode()} and a space is missing (RFC 5321, section 4.2.1)"
            return Malformed(problem, cut=True) if ended else None
        at = newline + 1
    if len(set(codes)) > 1:
        found["gives the lines of one reply different codes (RFC 5321, section 4.2.1)"] = True
    return Reply(int(codes[-1]), text.lstrip(b" ").rstrip(b"\r\n"), at + len(line), tuple(found))


def _begins(line: bytes, *, whole: bool) -> bool:
    """Tell whether a line begins with three digits, or may yet."""
    code = line[:DIGITS]
    return all(0x30 <= byte <= 0x39 for byte in code) and (
        len(code) == DIGITS or not (whole and code)
    )


def _before(padding: bytes) -> str:
    """Say what stands between two replies and does not belong there."""
    return "sends NUL bytes" if b"\0" in padding else "sends empty lines between its replies"


def _findings(line: bytes, mark: bytes) -> list[str]:
    """Name what a mail client forgives in one line, or should."""
    found = []
    if not line.endswith(b"\n"):
        found.append("sends replies without a line's end (RFC 5321, section 2.3.8)")
    elif not line.endswith(b"\r\n"):
        found.append("ends its replies with a bare LF instead of CR LF (RFC 5321, section 2.3.8)")
    if mark.strip(b" -"):
        found.append("puts no space between code and text (RFC 5321, section 4.2)")
    elif mark != b"-" and not line[DIGITS:].strip():
        found.append("sends a code without a text (RFC 5321, section 4.2)")
    if b"\0" in line:
        found.append("sends NUL bytes")
    if len(line) > MAX_LINE:
        found.append(f"sends lines of more than {MAX_LINE} bytes (RFC 5321, section 4.5.3.1.5)")
    return found


def last_line(sent: bytes) -> bytes:
    """Return the last line of what a client has said: the command that is to be answered."""
    lines = [line for line in sent.replace(b"\r", b"\n").split(b"\n") if line.strip()]
    return lines[-1] if lines else b""
