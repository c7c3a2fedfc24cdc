"""The values a check names: made once, the same wherever they stand, another in every run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.values import FUNCTIONS, MAKERS, UnknownValueError, Values, holes, is_word


def test_a_word_is_the_same_wherever_it_stands() -> None:
    values = Values("seed")
    word = values.fill("${word}")
    assert values.fill("hello ${word}, ${upper:word}") == b"hello " + word + b", " + word.upper()


def test_words_of_other_names_and_of_other_runs_differ() -> None:
    values = Values("a")
    assert values.fill("${word1}") != values.fill("${word2}")
    assert Values("a").fill("${word}") != Values("b").fill("${word}")


def test_equal_seeds_give_equal_values() -> None:
    texts = ["${word}", "${word2}", "${long}"]
    runs = []
    for _ in range(2):
        values = Values("seed")
        values.define("long", {"random_text": 30})
        runs.append([values.fill(text) for text in texts])
    assert runs[0] == runs[1]


def test_what_is_asked_for_first_makes_no_difference() -> None:
    first, second = Values("seed"), Values("seed")
    one = first.get("word1"), first.get("word2")
    second.letters(100)
    assert (second.get("word2"), second.get("word1")) == one[::-1]


def test_every_purpose_has_a_chance_of_its_own() -> None:
    values = Values("seed")
    drawn = [values.chance(what).random() for what in ("wire", "pieces", "wire")]
    assert drawn[0] == drawn[2] != drawn[1]


@given(st.text())
def test_a_word_is_6_to_10_small_letters(seed: str) -> None:
    word = Values(seed).get("word")
    assert 6 <= len(word) <= 10
    assert word.isalpha()
    assert word.islower()


def test_functions() -> None:
    values = Values("")
    values.define("v", "Ab")
    assert values.fill("${upper:v} ${lower:v} ${len:v} ${reverse:v}") == b"AB ab 2 bA"
    assert set(FUNCTIONS) == {"upper", "lower", "len", "reverse"}


def test_length_counts_bytes_not_characters() -> None:
    values = Values("")
    values.define("text", "na\u00efve")
    assert values.fill("${len:text}") == b"6"


def test_a_value_may_use_the_ones_before_it() -> None:
    values = Values("")
    values.define("name", "alice")
    values.define("line", "hi ${name}")
    assert values.fill("${upper:line}") == b"HI ALICE"


@pytest.mark.parametrize(
    ("value", "made"),
    [
        ("text", b"text"),
        ("", b""),
        (12000, b"12000"),
        (1.5, b"1.5"),
        ({"hex": "ff 00 80"}, b"\xff\x00\x80"),
        ({"repeat": ["ab", 3]}, b"ababab"),
        ({"file": "page.html"}, b"<h1>"),
    ],
)
def test_makers(value: object, made: bytes) -> None:
    assert Values("", {"page.html": b"<h1>"}).make(value) == made


def test_random_makers_give_as_much_as_was_asked_for() -> None:
    values = Values("seed")
    text = values.make({"random_text": 1000})
    assert len(text) == 1000
    assert text.isalpha()
    assert len(values.make({"random_bytes": 5})) == 5
    assert values.make({"random_text": 0}) == b""


def test_every_maker_is_listed() -> None:
    numbers = {"random_number"}
    assert set(MAKERS) == numbers | {"random_text", "random_bytes", "repeat", "hex", "file"}


def test_a_random_number_is_within_its_bounds_both_included() -> None:
    made = {Values(str(seed)).make({"random_number": [1600, 1602]}) for seed in range(60)}
    assert made == {b"1600", b"1601", b"1602"}


@pytest.mark.parametrize("value", [None, [], {}, {"nonsense": 1}, {"hex": "ff", "repeat": 1}])
def test_what_is_no_value_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not a value"):
        Values("").make(value)


@pytest.mark.parametrize("text", ["${nobody}", "${shout:word}", "${wordy}"])
def test_names_and_functions_that_do_not_exist(text: str) -> None:
    with pytest.raises(UnknownValueError):
        Values("").fill(text)


def test_a_missing_fixture() -> None:
    with pytest.raises(UnknownValueError, match=r"page\.html"):
        Values("").make({"file": "page.html"})


def test_a_fixture_with_holes_is_filled_like_any_text() -> None:
    values = Values("")
    values.add_file("page.html", b"<h1>${word}</h1>", holes=True)
    assert values.make({"file": "page.html"}) == b"<h1>" + values.get("word") + b"</h1>"


def test_a_binary_fixture_is_left_alone() -> None:
    values = Values("")
    values.add_file("a.png", b"\x89PNG ${word}", holes=False)
    values.add_file("b.html", b"\xff no hole", holes=True)
    assert values.make({"file": "a.png"}) == b"\x89PNG ${word}"
    assert values.make({"file": "b.html"}) == b"\xff no hole"


def test_the_number_of_a_group_s_member() -> None:
    values = Values("")
    assert values.fill("client {n} of {n}", 3) == b"client 3 of 3"
    assert values.make({"repeat": ["{n}", 2]}, 4) == b"44"
    assert values.fill("not in a group: {n}") == b"not in a group: {n}"


def test_what_a_value_holds_is_not_filled_again() -> None:
    values = Values("")
    values.define("tricky", {"hex": b"${word} {n}".hex()})
    assert values.fill("${tricky}", 7) == b"${word} {n}"


def test_dollars_and_braces_that_are_no_holes_stay() -> None:
    assert Values("").fill("$5 ${ } {} ${a b}") == b"$5 ${ } {} ${a b}"


def test_holes_of_a_text() -> None:
    assert holes("${a} ${upper:b} $c") == [("", "a"), ("upper", "b")]
    assert [is_word(name) for name in ("word", "word12", "words", "sword")] == [
        True,
        True,
        False,
        False,
    ]
