"""Names from folders and archives: made readable, safe, and told apart from junk."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.loading.names import (
    MAX_NAME,
    is_compiled,
    is_junk,
    is_source,
    quoted,
    readable,
    safe_name,
)

ANY_NAME = st.text(max_size=300) | st.binary(max_size=60).map(os.fsdecode)


@pytest.mark.parametrize(
    "name", ["alice", "Ana María", "s1234567", "o'neil", "张伟", "a.b", "x 😀"]
)
def test_a_plain_name_stays_as_it_is(name: str) -> None:
    assert safe_name(unicodedata.normalize("NFC", name)) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "-rf", "~", "a/b", "a\nb", "a\x1b[31m", "x" * 200, "NUL", "con.txt", "a ",
     "a:b", "`id`", "$(id)", "e\u0301", "\udcff", " a", "a."],
)  # fmt: skip
def test_a_name_with_teeth_loses_them(name: str) -> None:
    safe = safe_name(name)
    assert safe != name
    assert safe[0] not in "-.~ "
    assert safe.rsplit("-", 1)[1].isalnum()


@given(ANY_NAME)
def test_a_safe_name_is_a_file_name_everywhere(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe.encode()) <= MAX_NAME
    assert not set(safe) & set('/\\:*?"<>|\0\n\r')
    assert safe.isprintable()
    assert safe == safe_name(name)


@given(ANY_NAME, ANY_NAME)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert (safe_name(one) == safe_name(other)) == (one == other)


@given(ANY_NAME)
def test_what_a_safe_name_looks_like_cannot_be_taken_by_another(name: str) -> None:
    safe = safe_name(name)
    assert safe == name or safe_name(safe) != safe


@given(st.binary(max_size=40))
def test_every_file_name_becomes_text_that_can_be_stored(raw: bytes) -> None:
    text = readable(os.fsdecode(raw))
    text.encode()
    try:
        assert text == raw.decode()
    except UnicodeDecodeError:
        assert "%" in text


def test_a_quoted_name_is_on_one_line_and_not_endless(tmp_path: Path) -> None:
    assert quoted("a\nb\x1b") == '"a\\nb\\x1b"'
    assert len(quoted("x" * 500)) == 82
    assert quoted("sérver 😀.py") == '"sérver 😀.py"'


@pytest.mark.parametrize(
    ("name", "source"),
    [("a.py", True), ("src/Server.JAVA", True), ("Makefile", True), ("x/makefile", True),
     ("a.txt", False), ("py", False), ("a.py.docx", False)],
)  # fmt: skip
def test_source_is_told_by_its_name(name: str, source: bool) -> None:  # noqa: FBT001 - a table
    assert is_source(name) is source


def test_compiled_files_are_told_by_ending_or_by_their_first_bytes() -> None:
    assert is_compiled("Server.class")
    assert is_compiled("server", b"\x7fELF\x02\x01")
    assert is_compiled("a.out", b"\x7fELF")
    assert not is_compiled("server.py", b"\x7fELF")
    assert not is_compiled("expected.out", b"text")
    assert not is_compiled("README", b"text")


def test_junk_is_told_apart() -> None:
    assert is_junk("__MACOSX", folder=True)
    assert is_junk(".git", folder=True)
    assert is_junk("._server.py", folder=False)
    assert not is_junk("src", folder=True)
    assert not is_junk("server.py", folder=False)
