"""Bytes made readable: what is shown, that nothing is hidden, and that carets point true."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.core.model import Exchange
from grader.core.transcript import as_bytes, columns, compare, tell, visible

TRICKY = st.one_of(
    st.binary(max_size=40),
    st.text(max_size=30).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text("\\xu{}␊\n\r41a", max_size=20).map(str.encode),
)
ESCAPE = re.compile(r"\\\\|\\x([0-9A-F]{2})|\\u\{([0-9A-F]+)\}|([␊␍␉␀␛])|(.)", re.DOTALL)
CONTROLS = {"␊": b"\n", "␍": b"\r", "␉": b"\t", "␀": b"\0", "␛": b"\x1b"}


def read_back(shown: str) -> bytes:
    """Turn what is shown into the bytes it stands for."""
    data = b""
    for match in ESCAPE.finditer(shown):
        byte, point, picture, plain = match.groups()
        if byte:
            data += bytes.fromhex(byte)
        elif point:
            data += chr(int(point, 16)).encode()
        elif picture:
            data += CONTROLS[picture]
        else:
            data += plain.encode() if plain else b"\\"
    return data


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"Your data was 6 bytes\r\n", "Your data was 6 bytes␍␊"),
        (b"a\tb\0\x1b[31m", "a␉b␀␛[31m"),
        (b"\x07\x7f\x80\xff", r"\x07\x7F\x80\xFF"),
        ("naïve 日本 👍".encode(), "naïve 日本 👍"),
        ("\u0085".encode(), r"\xC2\x85"),
        ("a\u202eb\u200bc\u00a0d\ufeff".encode(), r"a\u{202E}b\u{200B}c\u{A0}d\u{FEFF}"),
        ("\ue000\u0378\u3164".encode(), r"\u{E000}\u{378}\u{3164}"),
        ("e\u0301 e\u0301\u0301\u0301 \u0301".encode(), "e\u0301 e\u0301\u0301\\u{301} \u0301"),
        ("\u0301x\n\u0301".encode(), r"\u{301}x␊\u{301}"),
        (b"C:\\dir \\x41 \\\n", r"C:\dir \\x41 " + "\\␊"),
        ("␊".encode(), r"\u{240A}"),
        (b"\xed\xa0\x80", r"\xED\xA0\x80"),
        (b"", ""),
    ],
)
def test_what_is_shown(data: bytes, shown: str) -> None:
    assert visible(data) == shown


@given(TRICKY)
@example(b"\\\\x41")
@example(b"\\\xff")
def test_no_two_byte_strings_look_alike(data: bytes) -> None:
    assert read_back(visible(data)) == data


@given(TRICKY)
def test_nothing_shown_is_invisible(data: bytes) -> None:
    assert visible(data).isprintable()


def test_long_data_is_cut_in_the_middle_with_a_count() -> None:
    shown = visible(b"<start>" + b"." * 1000 + b"<end>", 50)
    assert shown == "<start>" + "." * 17 + "…[+977 bytes]…" + "." * 6 + "<end>"


@given(st.binary(min_size=0, max_size=5000), st.integers(24, 100))
def test_a_limit_is_kept(data: bytes, limit: int) -> None:
    assert columns(visible(data, limit)) <= limit


def test_a_limit_costs_no_more_for_a_megabyte() -> None:
    assert "…[+999968 bytes]…" in visible(b"x" * 1_000_000, 50)


# ------------------------------------------------------------------------------- comparing


def test_the_caret_stands_under_the_first_byte_that_differs() -> None:
    assert compare(b"Your data was 6 bytes", b"Your data was 5 bytes") == [
        "expected  Your data was 6 bytes",
        "received  Your data was 5 bytes",
        "                        ^ byte 15: 6 (0x36) expected, 5 (0x35) came",
    ]


def test_a_text_that_goes_on() -> None:
    assert compare(b"HELLO", b"HELLO\n") == [
        "expected  HELLO",
        "received  HELLO␊",
        "               ^ byte 6: nothing more expected, ␊ (0x0a) came",
    ]


def test_nothing_came() -> None:
    assert compare(b"HELLO", b"") == [
        "expected  HELLO",
        "received  (nothing)",
        "          ^ byte 1: H (0x48) expected, nothing more came",
    ]


def test_equal_texts_have_no_caret() -> None:
    assert compare(b"a", b"a") == ["expected  a", "received  a"]


def test_wide_characters_and_half_characters_keep_the_caret_in_place() -> None:
    assert compare("日本x".encode(), "日本y".encode())[2].index("^") == 10 + 4
    assert compare("né".encode(), b"n\xc3") == [
        "expected  né",
        r"received  n\xC3",
        "           ^ byte 3: 0xa9 expected, nothing more came",
    ]


def test_what_would_shift_a_line_is_escaped() -> None:
    assert compare("e\u0301א1".encode(), "e\u0301א2".encode())[:2] == [
        r"expected  e\u{301}\u{5D0}1",
        r"received  e\u{301}\u{5D0}2",
    ]


def test_a_long_text_is_cut_around_the_difference() -> None:
    before, after = b"a" * 5000, b"b" * 5000
    rows = compare(before + b"6" + after, before + b"5" + after)
    caret = rows[2].index("^")
    assert (rows[0][caret], rows[1][caret]) == ("6", "5")
    assert rows[0][10] == rows[0][-1] == "…"
    assert "byte 5001: 6 (0x36) expected" in " ".join(rows)


def test_what_is_no_text_is_shown_in_numbers() -> None:
    png = b"\x89PNG\r\n\x1a\n\xff\xd8\xfe\rIHDR"
    assert compare(png, png.replace(b"\r\n", b"\n")) == [
        "expected  0000  89 50 4e 47 0d 0a 1a 0a  .PNG....",
        "received  0000  89 50 4e 47 0a 1a 0a ff  .PNG....",
        "                            ^ byte 5: ␍ (0x0d) expected, ␊ (0x0a) came",
        "expected  0008  ff d8 fe 0d 49 48 44 52  ....IHDR",
        "received  0008  d8 fe 0d 49 48 44 52     ...IHDR",
    ]


def test_a_wide_page_has_sixteen_numbers_a_row() -> None:
    rows = compare(bytes(range(64)), bytes(range(40)) + bytes(24), 100)
    assert rows[0].startswith("expected  0010  10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f  ")


@given(TRICKY, TRICKY, TRICKY, st.integers(60, 120))
def test_comparisons_are_printable_and_keep_the_width(
    start: bytes, left: bytes, right: bytes, width: int
) -> None:
    for row in compare(start + left, start + right, width):
        assert row.isprintable()
        assert columns(row) <= width


LETTERS = st.characters(categories=("L", "N", "P", "S"))


@given(st.text(LETTERS, max_size=200), st.text(LETTERS), st.text(LETTERS))
def test_the_caret_has_the_same_before_it_on_both_lines(start: str, left: str, right: str) -> None:
    one, other = ((start + end).encode("utf-8", "replace") for end in (left, right))
    rows = compare(one, other)
    if one != other:
        caret = rows[2].index("^")
        before = [upto(row, caret) for row in rows[:2]]
        assert before[0][10:] == before[1][10:]


def upto(row: str, column: int) -> str:
    """Return what stands before a column."""
    return next(row[:end] for end in range(len(row) + 1) if columns(row[:end]) == column)


# --------------------------------------------------------------------------------- telling

PLAY = (
    Exchange(0.0, "server", "started"),
    Exchange(0.0312, "server", "listens", "tcp/1060"),
    Exchange(0.04, "alice", "connected", "port 1060"),
    Exchange(0.041, "alice", "sent", "Hi\r\n"),
    Exchange(0.042, "server", "printed", "g"),
    Exchange(0.043, "server", "printed", "ot 4\n"),
    Exchange(0.0432, "alice", "received", "Your data was 4 bytes"),
    Exchange(1.5, "alice", "saw the end"),
)


def test_a_transcript_reads_like_one() -> None:
    assert tell(PLAY) == [
        "  0.000  server  started",
        "  0.031  server  listens    tcp/1060",
        "  0.040  alice   connected  port 1060",
        "  0.041  alice   sent       Hi␍␊  (4 bytes)",
        "  0.042  server  printed    got 4␊",
        "  0.043  alice   received   Your data was 4 bytes  (21 bytes)",
        "  1.500  alice   saw the end",
    ]


def test_a_long_transcript_keeps_its_beginning_and_its_end() -> None:
    many = [Exchange(n / 10, "alice", "sent", f"line {n}") for n in range(100)]
    told = tell(many, lines=5)
    assert told[2] == "… 96 lines left out …"
    assert [line.split()[4] for line in told[:2] + told[3:]] == ["0", "1", "98", "99"]


def test_segments_on_the_network_are_not_joined() -> None:
    parts = [Exchange(0.1, "alice", "received", "He"), Exchange(0.2, "alice", "received", "llo")]
    assert len(tell(parts)) == 2


def test_an_empty_transcript_has_no_lines() -> None:
    assert tell([]) == []


def test_a_text_that_is_no_latin_1_is_shown_all_the_same() -> None:
    assert as_bytes("\xe9") == b"\xe9"
    assert "→" in tell([Exchange(0, "alice", "could not send", "a → b")])[0]


@given(st.lists(st.tuples(st.sampled_from(["sent", "printed", "x\n"]), st.text(max_size=300))))
def test_transcripts_are_printable(items: list[tuple[str, str]]) -> None:
    for line in tell([Exchange(0.5, "a\x1b", what, data) for what, data in items], 10, 80):
        assert line.isprintable()
