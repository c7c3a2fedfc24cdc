"""Reads a table as spreadsheets export it: rows of cells, each with its place in the file.

Delimiter `,`, `;` or tab (told by the first line, or by Excel's `sep=;`), UTF-8 with or without
byte order mark, UTF-16, or the Western European code page that Excel writes. Raises `LoadError`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import msgspec

from grader.loading.errors import LoadError, Mark

MAX_BYTES = 16 << 20
DELIMITERS = (",", ";", "\t")


class Cell(msgspec.Struct, frozen=True):
    """A cell: its text without blanks around it, and where it stands."""

    text: str
    line: int
    column: int


class Sheet:
    """A table that was read."""

    def __init__(self, path: Path, shown: str) -> None:
        self.file = shown
        try:
            with path.open("rb") as stream:
                raw = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise LoadError(f"cannot be read: {error.strerror}", shown) from None
        if len(raw) > MAX_BYTES:
            raise LoadError(f"larger than {MAX_BYTES >> 20} MiB: this is no table of ours", shown)
        self.lines = _decoded(raw, shown).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self.skipped = 1 if self.lines[0].lower().startswith("sep=") else 0
        self.delimiter = self._delimiter()
        rows = list(self._rows())
        self.head = rows[0] if rows else []
        self.body = rows[1:]

    def error(self, cell: Cell, message: str, suggestion: str = "") -> LoadError:
        """Make an error that points at a cell."""
        source = self.lines[cell.line - 1]
        mark = Mark(cell.line, cell.column)
        return LoadError(message, self.file, mark, source=source, suggestion=suggestion)

    def _delimiter(self) -> str:
        if self.skipped and self.lines[0][4:5] in DELIMITERS:
            return self.lines[0][4]
        head = next((line for line in self.lines[self.skipped :] if line.strip()), "")
        return max(DELIMITERS, key=head.count)

    def _rows(self) -> Iterator[list[Cell]]:
        """Yield the rows that are not empty."""
        text = "\n".join(self.lines[self.skipped :])
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter, strict=True)
        begin = self.skipped + 1
        try:
            for texts in reader:
                if any(text.strip() for text in texts):
                    yield list(self._placed(texts, begin))
                begin = self.skipped + reader.line_num + 1
        except csv.Error as error:
            last = len(self.lines)
            words = "a quote is not closed" if "end of data" in str(error) else str(error)
            raise self.error(
                Cell("", min(begin, last), 1), words, 'a quote inside a text is written ""'
            ) from None

    def _placed(self, texts: list[str], begin: int) -> Iterator[Cell]:
        """Tell where the cells of one row stand; a row may have several lines."""
        line, at = begin, 0
        for text in texts:
            first = text.split("\n", 1)[0].replace('"', '""')
            found = self.lines[line - 1].find(first, at)
            column = max(found, at)
            yield Cell(text.strip(), line, column + 1)
            if "\n" in text:
                line, at = line + text.count("\n"), 0
            else:
                at = column + len(first)
            at = self.lines[line - 1].find(self.delimiter, at) + 1 or at


def _decoded(raw: bytes, shown: str) -> str:
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        hint = "save the table as CSV (UTF-8)"
        raise LoadError("this is no text", shown, suggestion=hint)
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
