"""What is expected of a sample, read from the `expected.yml` beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.loading.errors import LoadError
from grader.loading.expectations import FILE, Expectation, load_expectation

SAMPLES = sorted((Path(__file__).parents[2] / "submissions").glob(f"*/*/{FILE}"))


def write(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text)
    return folder


def test_all_that_an_author_can_say(tmp_path: Path) -> None:
    text = "score: 73.5\nfails: {stays: no_reply}\nskips: [a, b]\nnotes: port\nbuilds_with: make\n"
    text += "rubric: {modular: 3}\ncauses: {stays: no_loop}\nlines: {stays: server.py:12}\n"
    assert load_expectation(write(tmp_path, text)) == Expectation(
        score=73.5,
        fails={"stays": "no_reply"},
        causes={"stays": "no_loop"},
        lines={"stays": "server.py:12"},
        skips=("a", "b"),
        notes=("port",),
        builds_with="make",
        rubric={"modular": 3},
    )


def test_in_place_of_causes_a_sentence_says_why_there_are_none(tmp_path: Path) -> None:
    text = "score: 50\nfails: {stays: no_reply}\ncauses: nobody can tell\n"
    assert load_expectation(write(tmp_path, text)).causes == "nobody can tell"


def test_what_is_left_empty_has_its_default(tmp_path: Path) -> None:
    assert load_expectation(write(tmp_path, "score: 100\nfails:\n")) == Expectation(score=100)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parts[-3]}-{path.parts[-2]}")
def test_every_sample_of_the_class_can_be_read(sample: Path) -> None:
    assert 0 <= load_expectation(sample.parent).score <= 100


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("fails: {}\n", (1, 1), 'lacks the key "score"'),
        ("score: all\n", (1, 8), "expected a number"),
        ("score: 5\nfail: {a: b}\n", (2, 1), 'unknown key "fail"'),
        ("100\n", (1, 1), "expected.yml has keys"),
    ],
)
def test_what_is_wrong_is_told_where_it_is(
    tmp_path: Path, text: str, place: tuple[int, int], told: str
) -> None:
    with pytest.raises(LoadError, match=told) as caught:
        load_expectation(write(tmp_path, text))
    assert (caught.value.line, caught.value.column) == place
