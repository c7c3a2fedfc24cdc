"""The class's page."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from grader.reports.summary import index
from tests.reports.report_samples import HOSTILE, check, failed, hostile, result

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table"])


def test_the_page_of_a_class() -> None:
    class_ = [
        result(check("a"), failed("b"), student="zoe"),
        result(check("a", "error", reason="internal"), student="bob"),
        result(check("a"), failed("b"), student="ann"),
    ]
    links = {("chat", "ann"): "chat/ann/report.md", ("chat", "bob"): "chat/bob/report.md"}
    assert (
        index(class_, links)
        == """\
# Grades

## chat: TCP chat that counts bytes

3 submissions, mean 10 of 20, **1 withheld** (ours to mend: no points were taken).

| Student | Score | Checks passed | Failed |
|---|---:|---:|---|
| [ann](./chat/ann/report.md) | 10 of 20 | 1 of 2 | b |
| [bob](./chat/bob/report.md) | **withheld** | 0 of 1 |  |
| zoe | 10 of 20 | 1 of 2 | b |

### Failed checks

| Check | Failed | Rate | Not tried |
|---|---:|---:|---:|
| The b check (b) | 2 of 2 | 100 % | 0 |
"""
    )


def test_an_empty_class() -> None:
    assert index([], {}) == "# Grades\n\nNo submissions.\n"


def test_a_class_without_failures_has_no_table_of_them() -> None:
    assert "Failed checks" not in index([result(check("a"))], {})


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_stay_in_their_cells(text: str) -> None:
    page = index([hostile(text)], {("chat", text): f"chat/{text}/report.md"})
    page.encode()
    found = PARSER.parse(page)
    inner = [child.type for item in found for child in item.children or []]
    assert [item.type for item in found].count("tr_open") == 4
    assert inner.count("link_open") == 1
    assert not {"html_inline", "image", "code_inline"} & set(inner)
