r"""Bytes and exchanges as a person can read them.

`visible` shows bytes on one line: text as text, everything invisible made visible. What it prints
is unambiguous: `\xNN` is one byte, `\u{…}` one character, `␊ ␍ ␉ ␀ ␛` the control characters
they picture; a backslash that would look like one of these is doubled. `compare` puts what was
expected above what came, with a caret under the first difference; `tell` writes a transcript.
No line holds a control character, whatever a program sent, so all are safe on a terminal.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from grader.core.matching import differs_at
from grader.core.model import Exchange

PICTURES = {"\n": "␊", "\r": "␍", "\t": "␉", "\0": "␀", "\x1b": "␛"}
# Letters and symbols by category, yet nothing is seen of them.
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f")
_LENGTHS = ((0x00, 0x80, 1), (0xC2, 0xE0, 2), (0xE0, 0xF0, 3), (0xF0, 0xF5, 4))
_MARKS = frozenset({"Mn", "Me"})
_RIGHT = frozenset({"R", "AL", "AN"})  # letters written from right to left
_SEEN = frozenset(
    "Lu Ll Lt Lm Lo Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Mn Mc Me".split()  # noqa: SIM905
)
_ESCAPES = ("\\", "x", "u")
_ROW = 10  # columns of the labels `expected  ` and `received  `
_DATA = frozenset({"sent", "received", "printed", "was typed"})  # whose data are bytes


class Cell(NamedTuple):
    """One character as shown: its text, the columns it takes, the bytes it stands for."""

    shown: str
    columns: int
    size: int
    escaped: bool = False


def visible(data: bytes, limit: int = 0) -> str:
    """Show bytes on one line; with a limit (of 24 columns or more), cut in the middle."""
    shown = _unambiguous(list(_ends(data, 6 * limit) if limit else cells(data)))
    if not limit or sum(cell.columns for cell in shown) <= limit:
        return "".join(cell.shown for cell in shown)
    room = max(2, limit - len(f"…[+{len(data)} bytes]…"))
    head = _fitting(shown, room - room // 3)
    tail = _fitting(shown[:head:-1], room // 3)
    left_out = sum(cell.size for cell in shown[head : len(shown) - tail])
    ends = shown[:head], shown[len(shown) - tail :]
    first, last = ("".join(cell.shown for cell in end) for end in ends)
    return f"{first}…[+{left_out} bytes]…{last}"


def _ends(data: bytes, size: int) -> Iterator[Cell]:
    """Yield the cells of both ends; what lies between, if it is much, is one that fits nowhere."""
    left_out = len(data) - 2 * size
    if left_out <= 0:
        return cells(data)
    middle = Cell("", size, left_out)
    return chain(cells(data[:size]), [middle], cells(data[-size:]))


def columns(text: str) -> int:
    """Return the columns that a text takes on a terminal."""
    return sum(_columns(char) for char in text)


def as_bytes(text: str) -> bytes:
    """Return the bytes of a result's latin-1 text, even if it is none."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


# ------------------------------------------------------------------------------ characters


def cells(data: bytes, *, rigid: bool = False) -> Iterator[Cell]:
    """Yield the characters of bytes. With `rigid`, what might shift its neighbours on a line
    (accents, right-to-left letters) is escaped as well.
    """
    at, marks = 0, 2  # an accent needs something to sit on, and two are enough
    while at < len(data):
        char = _decode(data, at)
        size = len(char.encode()) if char else 1
        is_mark = unicodedata.category(char) in _MARKS if char else False
        marks = marks + 1 if is_mark else 0
        if char is None or (ord(char) < 0xA0 and not char.isprintable() and char not in PICTURES):
            shown, escaped = "".join(f"\\x{byte:02X}" for byte in data[at : at + size]), True
        elif char in PICTURES:
            shown, escaped = PICTURES[char], False
        elif _hides(char) or (is_mark and marks > 2) or (rigid and _shifts(char)):
            shown, escaped = f"\\u{{{ord(char):X}}}", True
        else:
            shown, escaped = char, False
        if escaped or char in PICTURES:
            marks = 2
        yield Cell(shown, columns(shown), size, escaped)
        at += size


def _decode(data: bytes, at: int) -> str | None:
    """Return the UTF-8 character at a place; None if the byte there begins none."""
    for low, high, length in _LENGTHS:
        if low <= data[at] < high:
            try:
                return data[at : at + length].decode()
            except UnicodeDecodeError:
                return None
    return None


def _hides(char: str) -> bool:
    """Tell whether a character is invisible, unassigned, or a picture that we use."""
    if char in _UNSEEN or char in PICTURES.values() or 0xFE00 <= ord(char) <= 0xFE0F:
        return True
    return char != " " and (
        unicodedata.category(char) not in _SEEN or 0xE0100 <= ord(char) <= 0xE01EF
    )


def _shifts(char: str) -> bool:
    return unicodedata.category(char) in _MARKS or unicodedata.bidirectional(char) in _RIGHT


def _columns(char: str) -> int:
    if unicodedata.category(char) in _MARKS:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _unambiguous(shown: list[Cell]) -> list[Cell]:
    """Double the backslashes that would look like the start of an escape."""
    for index in range(len(shown) - 2, -1, -1):
        if shown[index].shown == "\\" and shown[index + 1].shown[:1] in _ESCAPES:
            shown[index] = Cell("\\\\", 2, 1)
    return shown


def _fitting(shown: Sequence[Cell], room: int) -> int:
    """Return how many cells fit into a number of columns."""
    for index, cell in enumerate(shown):
        room -= cell.columns
        if room < 0:
            return index
    return len(shown)


# ------------------------------------------------------------------------------- comparing


def compare(expected: bytes, received: bytes, width: int = 78) -> list[str]:
    """Put two texts one above the other, with a caret under the first byte that differs; as rows
    of hexadecimal numbers when they are no text. Long ones are cut around the difference.
    """
    at = differs_at(expected, received)
    if not _is_text(expected, at) or not _is_text(received, at):
        return _compare_hex(expected, received, at, width)
    room = max(20, width - _ROW)
    base = _boundary(expected, at - 4 * room)
    sides = [_rigid(side[base : at + 4 * room]) for side in (expected, received)]
    start = min(_cell_at(side, at - base) for side in sides)
    first = _first_cell(sides[0][:start], room)
    lead = "…" if first or base else ""
    caret = len(lead) + sum(cell.columns for cell in sides[0][first:start])
    rows = [lead + _cut(side[first:], room - len(lead)) for side in sides]
    return [*beside(*rows), *_caret(expected, received, at, _ROW + caret, width)]


def beside(expected: str | None, received: str | None) -> list[str]:
    """Put two shown texts one above the other; what is None is left out, empty is `(nothing)`."""
    rows = (("expected", expected), ("received", received))
    return [f"{label:<{_ROW}}{shown or '(nothing)'}" for label, shown in rows if shown is not None]


def _rigid(data: bytes) -> list[Cell]:
    """Return cells whose look does not depend on their neighbours."""
    return [Cell("\\\\", 2, 1) if cell.shown == "\\" else cell for cell in cells(data, rigid=True)]


def _is_text(data: bytes, at: int) -> bool:
    """Tell whether what would be shown around a place is text, a few odd bytes allowed."""
    part = list(cells(data[max(0, at - 60) : at + 120]))
    return sum(cell.escaped for cell in part) * 8 <= len(part) + 8


def _cell_at(side: Sequence[Cell], at: int) -> int:
    """Return the index of the cell that holds a byte; one past the last if there is none."""
    for index, cell in enumerate(side):
        at -= cell.size
        if at < 0:
            return index
    return len(side)


def _boundary(data: bytes, at: int) -> int:
    """Return a place at or just before `at` where a character begins."""
    at = max(0, at)
    steps = (back for back in range(min(4, at + 1)) if data[at - back : at - back + 1] < b"\x80")
    return at - next(steps, 0)


def _first_cell(before: Sequence[Cell], room: int) -> int:
    """Return where to begin, so that the difference is seen with enough before it."""
    if sum(cell.columns for cell in before) <= room * 2 // 3:
        return 0
    return len(before) - _fitting(before[::-1], room // 2)


def _cut(side: Sequence[Cell], room: int) -> str:
    if sum(cell.columns for cell in side) <= room:
        return "".join(cell.shown for cell in side)
    return "".join(cell.shown for cell in side[: _fitting(side, room - 1)]) + "…"


def _caret(expected: bytes, received: bytes, at: int, column: int, width: int) -> list[str]:
    """Return the line with the caret; none if the two are equal."""
    if expected == received:
        return []
    words = f"byte {at + 1}: {_byte(expected, at)} expected, {_byte(received, at)} came"
    if column + 2 + len(words) <= width:
        return [" " * column + "^ " + words]
    if column - 1 - len(words) >= 0:
        return [" " * (column - 1 - len(words)) + words + " ^"]
    return [" " * column + "^", " " * _ROW + words]


def _byte(data: bytes, at: int) -> str:
    if at >= len(data):
        return "nothing more"
    shown = chr(data[at]) if 0x20 < data[at] < 0x7F else PICTURES.get(chr(data[at]), "")
    return f"{shown} (0x{data[at]:02x})" if shown else f"0x{data[at]:02x}"


def _compare_hex(expected: bytes, received: bytes, at: int, width: int) -> list[str]:
    """Show the bytes around a place as rows: offset, numbers, characters."""
    per_row = 16 if width >= _ROW + 6 + 4 * 16 + 1 else 8
    lines: list[str] = []
    middle = at - at % per_row
    for start in range(max(0, middle - per_row), middle + 2 * per_row, per_row):
        rows = [side[start : start + per_row] for side in (expected, received)]
        if not any(rows):
            continue
        lines += beside(*(_hex_row(start, row, per_row) for row in rows))
        if start == middle:
            lines += _caret(expected, received, at, _ROW + 6 + 3 * (at - start), width)
    return lines


def _hex_row(start: int, row: bytes, per_row: int) -> str:
    numbers = row.hex(" ") or "(nothing)"
    letters = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in row)
    return f"{start:04x}  {numbers:<{3 * per_row}} {letters}".rstrip()


# --------------------------------------------------------------------------------- telling


def tell(exchanges: Sequence[Exchange], lines: int = 40, width: int = 100) -> list[str]:
    """Write a transcript: time, who, what, bytes; at most `lines`, the first and the last."""
    joined = _joined(exchanges)
    who = min(16, max((len(item.actor) for item in joined), default=0))
    if len(joined) <= lines:
        return [_line(item, who, width) for item in joined]
    head = max(1, lines // 2)
    tail = max(1, lines - head - 1)
    first, last = (
        [_line(item, who, width) for item in part] for part in (joined[:head], joined[-tail:])
    )
    return [*first, f"… {len(joined) - head - tail} lines left out …", *last]


def _joined(exchanges: Sequence[Exchange]) -> list[Exchange]:
    """Join what a program printed in one go (segments on the network stay as they came)."""
    joined: list[Exchange] = []
    for item in exchanges:
        last = joined[-1] if joined else None
        if last and item.what == last.what == "printed" and item.actor == last.actor:
            joined[-1] = Exchange(last.at, last.actor, last.what, last.data + item.data)
        else:
            joined.append(item)
    return joined


def _line(item: Exchange, who: int, width: int) -> str:
    data = as_bytes(item.data)
    actor, what = visible(as_bytes(item.actor)), visible(as_bytes(item.what))
    line = f"{item.at:7.3f}  {actor:<{who}}  {what:<9}"
    if not data:
        return line.rstrip()
    if item.what not in _DATA:
        return f"{line}  {visible(data, max(24, width - len(line) - 2))}"
    shown, size = visible(data, max(24, width - len(line) - 2)), f"  ({len(data)} bytes)"
    fits = "bytes]…" not in shown and item.what != "printed"
    return f"{line}  {shown}{size if fits and len(line + shown + size) + 2 <= width else ''}"
