"""`report.md`: golden, and safe whatever a student wrote."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from grader.reports.markdown import report
from tests.reports.report_samples import HOSTILE, check, failed, hostile, result

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

CAUSE = "it counts characters; take the length of the bytes, before decoding them"
GOLDEN = f"""\
# alice: TCP chat

`██████████░░░░░░░░░░` **10 of 20**: 1 check passed, 1 failed.

| | Check | Points |
|---|---|---:|
| ✓ | The builds check | 10 of 10 |
| ✗ | The counts\\_bytes check | 0 of 10 |

## Notes

- sends a newline after its reply

## ✗ The counts\\_bytes check

`counts_bytes`, 0 of 10 points, `wrong_reply`

Your server sent something else than expected, from byte 15 on.

```text
expected  Your data was 6 bytes
received  Your data was 5 bytes
                        ^ byte 15: 6 (0x36) expected, 5 (0x35) came
```

**Likely cause:** {CAUSE} (bytes and characters)

**Where it stands:** blocked in accept() while alice's connection is open

What it printed last:

```text
[server]
Listening
```

What happened:

```text
  0.000  server  started
  0.031  server  listens    tcp/1060
  0.040  alice   connected  port 1060
  0.041  alice   sent       naïve  (6 bytes)
  0.043  alice   received   Your data was 5 bytes  (21 bytes)
```

See it yourself, with your program running:

```text
(printf 'na\\303\\257ve'; sleep 1) | nc -w 3 127.0.0.1 1060
```

**Hint:** Count the bytes you received, not the characters you decoded.

**In general:** Compare the two lines byte by byte

## What the compiler said

```text
server.c:3: warning: unused
```
"""


def structure(page: str) -> list[str]:
    """Return the blocks of a page, and what stands in them beside text."""
    found = PARSER.parse(page)
    inner = [child for item in found for child in item.children or []]
    return [item.type for item in found] + [
        item.type for item in inner if not item.type.startswith("text")
    ]


def test_a_report() -> None:
    one = result(
        check("builds"),
        failed(),
        notes=("sends a newline after its reply",),
        build="server.c:3: warning: unused",
    )
    assert report(one, "TCP chat") == GOLDEN


@settings(deadline=None)
@given(st.one_of(st.text(max_size=40), st.sampled_from(HOSTILE)))
def test_a_students_text_changes_nothing_but_itself(text: str) -> None:
    page = report(hostile(text), "")
    page.encode()
    found = structure(page)
    assert not {item for item in found if "html" in item or "link" in item or "image" in item}
    assert found.count("heading_open") == 4 + 2 * bool(text.strip())
    assert found.count("table_open") == 1
    assert found.count("tr_open") == 4
    assert all(line.replace("\u200b", "").isprintable() for line in page.split("\n"))


def test_a_withheld_score_says_whose_fault_it_is() -> None:
    lost = check("b", "error", reason="engine_lost", message="the Docker engine went away")
    page = report(result(check("a"), lost), "")
    assert "**withheld**: 1 check passed, 1 could not be made." in page
    assert "no points were taken.** The Docker engine went away." in page
    assert "- The b check: the Docker engine went away (Start it again" in page
    assert "0 of 20" not in page


def test_skipped_checks_say_why() -> None:
    said = "not tried because of: A thing"
    skipped = [check(name, "skip", reason="needs_failed", message=said) for name in "bc"]
    page = report(result(failed("a"), *skipped), "")
    assert (
        "## Not tried\n\n- Not tried because of: A thing\n  - The b check\n  - The c check\n"
        in page
    )


def test_extra_credit_is_marked() -> None:
    assert "The a check (extra credit)" in report(result(check("a", extra_credit=True)), "")


def test_a_failed_build_is_told_once() -> None:
    broken = check("b", "fail", reason="build_failed", message="no", output="server.c:1: error")
    assert report(result(broken, build="server.c:1: error"), "").count("server.c:1: error") == 1


def test_endless_compiler_output_is_cut() -> None:
    page = report(result(check("a"), build="w\n" * 1000), "")
    assert "… 920 more lines" in page
    assert len(page.splitlines()) < 110


def test_a_result_without_checks_is_a_page_too() -> None:
    assert report(result(), "").startswith("# alice: TCP chat")


def test_screenshots_are_shown_of_passed_checks_too() -> None:
    one = result(
        check("page", screenshot="results/chat/Zoë B.page.png"),
        failed(screenshot="results/chat/alice.counts_bytes.png"),
        check("other"),
    )
    page = report(one, "")
    assert "## What a browser shows" in page
    assert "![The page check](../../results/chat/Zo%C3%AB%20B.page.png)" in page
    assert page.count("![") == 2
    assert "What a browser shows" not in report(result(check("other")), "")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_screenshot_is_the_only_image_whatever_it_is_called(text: str) -> None:
    one = result(check("page", title=text, screenshot=f"results/chat/{text}.page.png"))
    images = [
        child
        for token in PARSER.parse(report(one, ""))
        for child in token.children or []
        if child.type in {"image", "html_inline", "link_open"}
    ]
    assert [child.type for child in images] == ["image"]
    assert str(images[0].attrs["src"]).startswith("../../results/chat/")
