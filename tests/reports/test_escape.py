"""Nothing a student writes gets out of its place: on a terminal, in Markdown, in a CSV file."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from grader.reports.escape import block, cell, code, lines, link, prose, row, terminal
from tests.reports.report_samples import HOSTILE

MARKUP = st.text("\\`*_{}[]()<>#+-.!|~&@:$^=/ \n\r\taw1;x'\"%s", max_size=40)
ANYTHING = st.one_of(st.text(max_size=60), MARKUP, st.sampled_from(HOSTILE))
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
REFERENCE = re.compile(r"@\w|://|\bwww\.|[#!%]\w|:[\w+-]+:|mailto:\w", re.IGNORECASE)


def tokens(text: str) -> list[Token]:
    """Parse Markdown; blocks and what is in them, in one list."""
    found = PARSER.parse(text)
    return [*found, *(child for item in found for child in item.children or [])]


def kinds(text: str) -> list[str]:
    return [item.type for item in tokens(text)]


@given(ANYTHING)
@pytest.mark.parametrize("show", [terminal, row, code, prose, cell])
def test_everything_can_be_written_as_utf_8(show: object, text: str) -> None:
    assert callable(show)
    show(text).encode()


@given(ANYTHING)
def test_a_terminal_gets_one_printable_line(text: str) -> None:
    assert terminal(text).isprintable()
    assert row(text).isprintable()
    assert all(line.isprintable() for line in lines(text))


def test_a_printed_text_keeps_its_lines_and_its_indentation() -> None:
    assert lines("one\r\n\ttwo\x1b[0m\n\n") == ["one", "    two␛[0m"]


@given(ANYTHING)
@example("1. x")
@example("\\<b>")
def test_prose_is_one_paragraph_of_plain_text(text: str) -> None:
    shown = prose(text)
    types = set(kinds(shown))
    assert types <= {"paragraph_open", "inline", "paragraph_close", "text", "text_special"}
    assert "<" not in shown
    assert "|" not in shown
    rendered = "".join(item.content for item in tokens(shown) if item.type.startswith("text"))
    assert rendered.replace("\u200b", "") == terminal(text.strip())
    assert not REFERENCE.search(rendered)


@given(ANYTHING)
def test_prose_stays_in_its_heading_and_in_its_item(text: str) -> None:
    assert kinds(f"# {prose(text)} end").count("inline") == 1
    assert kinds(f"- {prose(text)} end").count("list_item_open") == 1
    assert kinds(f"**{prose(text) or 'x'}** end").count("strong_open") == 1


@given(ANYTHING)
def test_prose_stays_in_its_cell(text: str) -> None:
    types = kinds(f"| a | b |\n|---|---|\n| {prose(text)} | x |")
    assert types.count("td_open") == 2
    assert types.count("tr_open") == 2


@given(ANYTHING)
def test_code_is_one_span(text: str) -> None:
    found = [item for item in tokens(f"a {code(text)} b") if item.type != "inline"]
    assert [item.type for item in found if item.type.startswith("code")] == ["code_inline"]
    shown = next(item.content for item in found if item.type == "code_inline")
    assert shown == (terminal(text) or " ")


@given(st.lists(ANYTHING))
def test_nothing_ends_a_block(rows: list[str]) -> None:
    assert kinds(block(rows) + "\n\nafter") == [
        "fence",
        "paragraph_open",
        "inline",
        "paragraph_close",
        "text",
    ]


@given(ANYTHING, ANYTHING)
def test_a_link_leads_where_it_should(label: str, target: str) -> None:
    found = [item for item in tokens(link(label, target)) if item.type == "link_open"]
    assert len(found) == 1
    assert re.fullmatch(r"\./[A-Za-z0-9/_.~%-]*", str(found[0].attrs["href"]))


def test_a_link_to_a_plain_file_is_plain() -> None:
    assert link("alice", "chat/alice/report.md") == "[alice](./chat/alice/report.md)"
    assert link("Zoë [x]", "a b/(c)") == r"[Zoë \[x\]](./a%20b/%28c%29)"


@given(ANYTHING)
@example("=1+1")
@example(" =1+1")
@example("\t=1+1")
@example("\r=1+1")
@example("-dash")
@example("\uff1d1")
def test_no_cell_is_a_formula(text: str) -> None:
    shown = cell(text)
    assert not shown.lstrip(" ").startswith(tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"))
    assert all(char.isprintable() or char in "\t\n" for char in shown)


@given(ANYTHING)
def test_a_cell_comes_back_as_one(text: str) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(["a", cell(text), "b"])
    assert list(csv.reader(io.StringIO(stream.getvalue(), newline=""))) == [["a", cell(text), "b"]]


def test_a_plain_cell_stays_as_it_is() -> None:
    assert cell("Zoë O'Neill, jr.") == "Zoë O'Neill, jr."
    assert cell('=HYPERLINK("x")') == '\'=HYPERLINK("x")'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("it exited with status 1 (ValueError: x)", "it exited with status 1 (ValueError: x)"),
        ("a <b> & c | d", "a &lt;b&gt; &amp; c &#124; d"),
        ("*bold* _it_ `code`", r"\*bold\* \_it\_ \`code\`"),
        ("# no heading", r"\# no heading"),
        ("1. no list", r"1\. no list"),
        ("ann@b.example", "ann@\u200bb.example"),
        ("line\nbreak", "line␊break"),
    ],
)
def test_how_prose_looks(text: str, shown: str) -> None:
    assert prose(text) == shown
