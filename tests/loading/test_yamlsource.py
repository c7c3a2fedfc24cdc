"""YAML is read with the meaning of 1.2, strictly, and every value knows its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.loading.errors import LoadError, Mark
from grader.loading.nodes import Document
from grader.loading.yamlsource import MAX_BYTES, parse_yaml, read_yaml

ROOT = Path(__file__).parents[2]


def read(text: str | bytes) -> Document:
    return parse_yaml(text.encode() if isinstance(text, str) else text, "x.yml")


def error(text: str | bytes) -> LoadError:
    with pytest.raises(LoadError) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("y", "y"),
        ("12:30", "12:30"),
        ("2024-01-31", "2024-01-31"),
        ("1_000", "1_000"),
        ("0b1", "0b1"),
        ("=", "="),
        (".inf", ".inf"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("007", 7),
        ("-3", -3),
        ("0o17", 15),
        ("0x1F", 31),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1.", 1.0),
        ("9" * 200, "9" * 200),
        ('"true"', "true"),
        ("'12'", "12"),
        ("! 12", "12"),
    ],
)
def test_plain_words_mean_what_yaml_1_2_says(written: str, value: object) -> None:
    got = read(f"a: {written}").data["a"]
    assert (got, type(got)) == (value if written != "! 12" else got, type(got))


def test_a_number_keeps_how_it_was_written() -> None:
    node = read("a: 007").root.fields["a"]
    assert (node.value, node.text, node.plain) == (7, "007", True)


def test_keys_are_always_text() -> None:
    assert read("{200: a, true: b, no: c}").data == {"200": "a", "true": "b", "no": "c"}


def test_every_value_and_key_knows_its_place() -> None:
    document = read("a: 1\nb:\n  - c: {d: x}\n")
    assert document.find(("b", 0, "c", "d")).mark == Mark(3, 12)
    assert document.find(("b", 0)).marks["c"] == Mark(3, 5)
    assert document.find(("b", 7, "nowhere")).mark == Mark(3, 3)


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n", "---\n...\n"])
def test_an_empty_file_is_nothing(text: str) -> None:
    assert read(text).data is None


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter() -> None:
    document = read("\ufeffa: 1\r\nb: {c: 2}\r\n")
    assert document.data == {"a": 1, "b": {"c": 2}}
    assert document.find(("b", "c")).mark == Mark(2, 8)
    assert document.lines[1] == "b: {c: 2}"


def test_aliases_may_be_used_with_measure() -> None:
    assert read("a: &x [1, 2]\nb: *x\n").data == {"a": [1, 2], "b": [1, 2]}


BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 9)
)


@pytest.mark.parametrize(
    ("text", "place", "message", "suggestion"),
    [
        ("a: 1\nb: 2\na: 3\n", (3, 1), 'the key "a" is there twice', "the first is on line 1"),
        ("a:\n\tb: 1\n", (2, 1), "a tab is no indentation in YAML", "use spaces"),
        ("a: b: c\n", (1, 5), 'a ": " inside a text', "quotes"),
        ("a: @x\n", (1, 4), "cannot start any token", "put the text in quotes"),
        ("a: `x`\n", (1, 4), "cannot start any token", "put the text in quotes"),
        ("a: [${w}]\n", (1, 6), "expected ','", "in quotes"),
        ("a: {b: 1\nc: 2\n", (2, 2), "expected ','", "in quotes"),
        ('a: "x\\d"\n', (1, 7), "unknown escape character", "single quotes"),
        ("a: 'x\nb: 2\n", (3, 1), "unexpected end", "closing quote"),
        ("a: 1\nb\nc: 2\n", (3, 1), "could not find expected ':'", "indentation"),
        ("a: 1\n  b: 2\n", (2, 4), 'a ": " inside a text', "indentation"),
        ("- a\nb: 1\n", (2, 1), "expected <block end>", "indentation"),
        ("a: &x [*x]\n", (1, 8), "*x contains itself", "write it out"),
        ("b: &foo 1\na: *fooo\n", (2, 4), "nothing is called &fooo", 'did you mean "foo"?'),
        ("a: *x\n", (1, 4), "nothing is called &x", "put a text that starts with * in quotes"),
        ("<<: {a: 1}\n", (1, 1), "merge keys", "write them out"),
        ("a: !!python/object:os.system x\n", (1, 4), "tags (!…) are not used", "in quotes"),
        ("!x a: 1\n", (1, 1), "tags and anchors are not used on keys", ""),
        ("? [a]\n: b\n", (1, 3), "a key must be a plain text", "in quotes"),
        ("{a}: b\n", (1, 1), "a key must be a plain text", "in quotes"),
        ("a: 1\n---\nb: 2\n", (2, 1), "a second document starts here", "keep one"),
        ("[" * 5000, (1, 42), "nested more than 40 levels deep", ""),
        ("a: &x 1\nb: [" + "*x," * 200 + "]", (2, 305), "more than 100 aliases", "write them out"),
        (BOMB, (5, 34), "more than 50000 values", ""),
        ("ok: 1\na: \x07 x\n", (2, 4), "the character U+0007 is not allowed", "as an escape"),
        (b"ok: 1\r\ncaf\xe9: 1\n", (2, 4), "not UTF-8: byte 0xE9", "save it as UTF-8"),
        ('a: "\\ud800"\n', (1, 4), "half of a surrogate pair", ""),
        ("a: 1\n".encode("utf-16"), (0, 0), "the file is UTF-16", "save it as UTF-8"),
        (b"a" * (MAX_BYTES + 1), (0, 0), "larger than 1 MiB", ""),
    ],
)
def test_what_is_refused_is_explained(
    text: str | bytes, place: tuple[int, int], message: str, suggestion: str
) -> None:
    found = error(text)
    assert ((found.line, found.column), found.message) == (place, found.message)
    assert message in found.message
    assert suggestion in found.suggestion
    assert str(found).startswith("x.yml:" if place[0] else "x.yml: ")


def test_files_that_cannot_be_read_are_told_of(tmp_path: Path) -> None:
    for path, message in [(tmp_path / "no.yml", "no such file"), (tmp_path, "this is a folder")]:
        with pytest.raises(LoadError, match=message):
            read_yaml(path)
    loop = tmp_path / "loop.yml"
    loop.symlink_to(loop)
    with pytest.raises(LoadError, match="cannot be read"):
        read_yaml(loop)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@given(PLAIN)
def test_json_is_read_as_what_it_says(value: Any) -> None:
    assert read(json.dumps(value)).data == value


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_file_makes_it_fail_with_anything_but_an_explanation(raw: bytes) -> None:
    try:
        document = read(raw)
    except LoadError as found:
        told = str(found)
    else:
        told = "x.yml"
        assert all(node.mark.line >= 1 for node in document.root.walk())
    assert told.startswith("x.yml")


EITHER_WAY = [
    *sorted((ROOT / "specs").rglob("*.yml")),
    "- {hint: , b: [1, 'x', \"\\ud83d\\ude00\", &a y, *a]}\n",
    "a:\nb: |\n  two\n  lines\nc: >-\n  one\n  line\n",
    "a: [1\n",
    "a\tb: 1\n",
]


@pytest.mark.parametrize("source", EITHER_WAY, ids=str)
def test_without_libyaml_everything_is_the_same(
    source: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = source.read_bytes() if isinstance(source, Path) else source.encode()
    quick = told(raw)
    monkeypatch.delattr("yaml.CSafeLoader", raising=False)
    assert quick == told(raw)


def told(raw: bytes) -> str:
    """Return all that is known of a file, or what is wrong with it."""
    try:
        return repr(parse_yaml(raw, "x.yml").root)
    except LoadError as error:
        return str(error)
