"""Source is read whatever it is: broken, huge, hostile, of any encoding; and never for long."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.sources import read_sources
from grader.core.sources.finding import Wanted, absolute_paths, comments, uses
from grader.core.sources.reading import FILE_LIMIT, TOTAL_LIMIT, said

NAMES = ("a.py", "a.c", "a.cpp", "a.h", "A.java")
PIECES = [
    '"""', "'''", '"', "'", "/*", "*/", "//", "\n", "\\", "#if 0\n", "#endif\n", "#define X ",
    '#include "', 'R"x(', ')x"', 'f"{', "}", "{", "(", ")", "import a as b", "from a import (b",
    "a.b", "::", "->", "/home/a/b", "C:\\x", "eval(", "class ", "\t", "\r", "\x0c", "\0", "é", "%0",
]  # fmt: skip


def look(files: dict[str, bytes]) -> None:
    """Do all that a spec can ask for."""
    for source in read_sources(files).sources:
        for finding in uses(source, Wanted(anything=("a", ".b", "a.b"), imports=("a",))):
            assert 0 < finding.line <= len(source.lines)
        list(absolute_paths(source))
        comments(source)


@given(st.sampled_from(NAMES), st.lists(st.sampled_from(PIECES), max_size=30))
def test_anything_can_be_read(name: str, pieces: list[str]) -> None:
    look({name: "".join(pieces).encode()})


@given(st.sampled_from(NAMES), st.binary(max_size=200))
def test_any_bytes_can_be_read(name: str, data: bytes) -> None:
    look({name: data})


def test_encodings_do_not_matter() -> None:
    text = "# été\nname = eval('é')\n"
    for encoding in ("utf-8", "utf-8-sig", "latin-1", "utf-16"):
        data = text.encode(encoding)
        (source,) = read_sources({"a.py": data}).sources
        assert [item.line for item in uses(source, Wanted(calls=("eval",)))] == [2]
        assert len(comments(source)) == 1


def test_line_ends_do_not_matter() -> None:
    for end in ("\n", "\r\n", "\r"):
        (source,) = read_sources({"a.c": end.join(["", "", "int x;", "goto y;"]).encode()}).sources
        assert [item.line for item in uses(source, Wanted(keywords=("goto",)))] == [4]


def test_what_is_no_source_is_not_read() -> None:
    files = {"README.md": b"# eval", "a.html": b"<p>", "a.docx": b"PK", "empty.py": b" \n"}
    assert read_sources(files).sources == ()
    (source,) = read_sources({"server": b"#!/usr/bin/env python3\n"}).sources
    assert source.language == "python"


def test_a_huge_file_is_read_in_part_and_told_of() -> None:
    line = b"x = 1\n"
    reading = read_sources({"a.py": line * FILE_LIMIT + b"eval(1)\n"})
    assert reading.notes == (f"only the first {FILE_LIMIT >> 10} KiB of a.py were looked at",)
    assert not list(uses(reading.sources[0], Wanted(calls=("eval",))))
    many = {f"a{n}.py": line * (TOTAL_LIMIT // 12) for n in range(4)}
    assert "a3.py was not looked at" in read_sources(many).notes[-1]


@pytest.mark.parametrize("name", ["a.py", "a.cpp", "A.java"])
@pytest.mark.parametrize(
    "piece",
    [
        " \n", "a ", "(", "[[", "/*", 'R"a( ', '\n"""', "\n'''", 'f"{', "#if 0\n",
        "#include <a> /*\n",
        "private ", "int f(a,", "import a.", '"\\', "if0 ", "x::", '"{a[', "1'", "class case enum ",
    ],
    ids=repr,
)  # fmt: skip
def test_hostile_text_ends_soon(name: str, piece: str) -> None:
    """Pygments' own patterns need hours for some of these; a minute here is a loaded machine."""
    begun = time.monotonic()
    look({name: (piece * FILE_LIMIT)[:FILE_LIMIT].encode()})
    assert time.monotonic() - begun < 60


def test_what_a_literal_says() -> None:
    assert said(r'"C:\\a"', "c") == r"C:\a"
    assert said(r'"\w\n"', "python") == "\\w\ufffd"
    assert said(r'rb"\n"', "python") == r"\n"
    assert said('R"x(a"b)x"', "cpp") == 'a"b'
    assert said("'''it's'''", "python") == "it's"
    assert said('"never closed', "c") == "never closed"


def test_pygments_is_loaded_when_a_spec_asks_and_not_before() -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "import grader.cli\n"
        "from grader.loading import load_specs\n"
        "from grader.run import console, rubric\n"
        "load_specs(Path('specs'))\n"
        "assert 'pygments' not in sys.modules\n"
        "from grader.core.sources import read_sources\n"
        "read_sources({'a.py': b'x'})\n"
        "assert 'pygments' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
