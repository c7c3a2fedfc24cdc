"""Matchers, each read three ways: whole, byte by byte, and with bytes after it."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.matching import Match, Miss, Pattern, differs_at, front, whole, within

HELLO = Pattern(texts=(b"HELLO",))
CASE: Pattern = Pattern(texts=(b"Hello",), ignoring=frozenset({"case"}))
SPACE = Pattern(texts=(b"from: a b",), ignoring=frozenset({"space"}))
NUMBER = Pattern(regex=rb"was \d+")
CONTAINS = Pattern(contains=b"LL")
STARTS = Pattern(starts=b"HEL")
LINE = Pattern(line=b"HELLO\n")
EITHER = Pattern(texts=(b"YES", b"YESSIR", b"NO"))

# What each takes for itself when it comes whole, and how many bytes it needs before it can tell.
WHOLE = [
    (HELLO, b"HELLO", 5),
    (CASE, b"hELLO", 5),
    (SPACE, b"from:a\tb", 8),
    (NUMBER, b"was 17", 5),
    (CONTAINS, b"HELL", 4),
    (STARTS, b"HEL", 3),
    (LINE, b"HELLO\n", 6),
    (EITHER, b"NO", 2),
]


def byte_by_byte(pattern: Pattern, data: bytes) -> Iterator[Match | Miss | None]:
    for end in range(len(data) + 1):
        yield front(pattern, data[:end])


# --------------------------------------------------------------------------- three ways


@pytest.mark.parametrize(("pattern", "data", "needed"), WHOLE)
def test_whole(pattern: Pattern, data: bytes, needed: int) -> None:
    answer = front(pattern, data)
    assert isinstance(answer, Match)
    assert answer.used == len(data)


@pytest.mark.parametrize(("pattern", "data", "needed"), WHOLE)
def test_byte_by_byte_there_is_no_verdict_before_there_is_enough(
    pattern: Pattern, data: bytes, needed: int
) -> None:
    answers = list(byte_by_byte(pattern, data))
    assert answers[:needed] == [None] * needed
    assert all(isinstance(answer, Match) for answer in answers[needed:])


@pytest.mark.parametrize(("pattern", "data", "needed"), WHOLE)
def test_bytes_after_it_stay_in_the_stream(pattern: Pattern, data: bytes, needed: int) -> None:
    answer = front(pattern, data + b" and more")
    assert isinstance(answer, Match)
    assert answer.used == len(data)


# ------------------------------------------------------------------- certain as soon as it is


def test_the_first_wrong_byte_is_certain() -> None:
    assert list(byte_by_byte(HELLO, b"HELP!")) == [None, None, None, None, Miss(3), Miss(3)]


def test_with_several_texts_the_last_one_to_fail_is_told() -> None:
    assert front(EITHER, b"Y") is None
    assert front(EITHER, b"YET") == Miss(2)


def test_the_first_wrong_byte_is_that_of_what_came_not_of_what_was_folded() -> None:
    assert front(SPACE, b"from:   a   c") == Miss(12)


def test_of_texts_that_begin_alike_the_shorter_one_may_not_be_all() -> None:
    assert front(EITHER, b"YES") == Match(3, open=True)
    assert front(EITHER, b"YES.") == Match(3)
    assert front(EITHER, b"YESSIR") == Match(6)


def test_a_regular_expression_may_always_take_more() -> None:
    assert front(NUMBER, b"was 1") == Match(5, open=True)
    assert front(NUMBER, b"was 17 bytes") == Match(6, open=True)
    assert front(Pattern(regex=b"a.*b"), b"ab.") == Match(2, open=True)


def test_an_empty_text_is_there_at_once() -> None:
    assert front(Pattern(texts=(b"",)), b"") == Match(0)
    assert front(Pattern(texts=(b" ",), ignoring=frozenset({"space"})), b"x") == Match(0)


# -------------------------------------------------------------------------------- ignoring


@pytest.mark.parametrize("data", [b"from: a b", b"from:ab", b"from:\r\n a  b", b"  from: a b"])
def test_white_space_makes_no_difference_at_all(data: bytes) -> None:
    assert front(SPACE, data) == Match(len(data))
    assert whole(SPACE, data) == Match(len(data))
    found = Pattern(contains=b"a b", ignoring=frozenset({"space"}))
    assert within(found, data) == Match(len(data))


def test_case_and_space_together() -> None:
    both = Pattern(contains=b"Reply sent", ignoring=frozenset({"case", "space"}))
    assert within(both, b">> REPLY  SENT!") == Match(14)
    assert within(both, b">> reply sen") is None


def test_a_regular_expression_ignores_case() -> None:
    pattern = Pattern(regex=b"listening AT", ignoring=frozenset({"case"}))
    assert within(pattern, b"Listening at 1060") == Match(12)
    assert within(Pattern(regex=b"listening"), b"Listening") is None


# ---------------------------------------------------------- all of a datagram, and padding


@pytest.mark.parametrize("padding", [b"\n", b"\r\n", b"\0", b"\0" * 1019])
def test_padding_after_a_datagram_is_tolerated_and_told(padding: bytes) -> None:
    assert whole(HELLO, b"HELLO" + padding) == Match(5, padding)
    exact = Pattern(texts=(b"HELLO",), exact=True)
    assert whole(exact, b"HELLO" + padding) == Miss(5, extra=True)


def test_leftovers_of_the_datagram_before_are_no_padding() -> None:
    assert whole(HELLO, b"HELLO\0LD TEXT") == Miss(5, extra=True)


def test_padding_before_it_is_wrong() -> None:
    assert whole(HELLO, b"\nHELLO") == Miss(0)


@pytest.mark.parametrize("data", [b"", b"HELL"])
def test_a_datagram_that_is_cut_short_misses_at_its_end(data: bytes) -> None:
    assert whole(HELLO, data) == Miss(len(data))


def test_white_space_after_a_datagram_is_nothing_where_it_is_ignored() -> None:
    assert whole(SPACE, b"from: a b \n") == Match(9, b" \n")
    assert whole(HELLO, b"HELLO ") == Miss(5, extra=True)


def test_a_regular_expression_must_fit_all_of_a_datagram() -> None:
    assert whole(NUMBER, b"was 17") == Match(6)
    assert whole(NUMBER, b"was 17\r\n") == Match(6, b"\r\n")
    assert whole(NUMBER, b"was 17 bytes") == Miss(0)
    assert whole(Pattern(regex=b"a\n"), b"a\n") == Match(2)


def test_contains_and_starts_take_the_whole_datagram() -> None:
    assert whole(CONTAINS, b"HELLO") == Match(5)
    assert whole(CONTAINS, b"HELO") == Miss(0)
    assert whole(STARTS, b"HELLO") == Match(5)
    assert whole(STARTS, b"HE") == Miss(2)


def test_the_longest_of_several_texts_fits_a_datagram() -> None:
    assert whole(EITHER, b"YESSIR") == Match(6)
    assert whole(EITHER, b"YESSI") == Miss(3, extra=True)


# ------------------------------------------------------------------------------- a screen


def test_on_a_screen_labels_and_prompts_around_it_do_not_matter() -> None:
    assert within(HELLO, b"Input: From Server: HELLO\nbye") == Match(25)
    assert within(HELLO, b"hello") is None
    assert within(EITHER, b"say NO or YES") == Match(6)
    assert within(STARTS, b">HEL") == Match(4)


def test_what_ends_at_the_edge_of_the_screen_may_go_on() -> None:
    assert within(NUMBER, b"it was 1") == Match(8, open=True)
    assert within(NUMBER, b"it was 17.") == Match(9)
    assert within(Pattern(regex=b"was 1$"), b"it was 1") == Match(8, open=True)
    assert within(Pattern(regex=b"was 1$"), b"it was 17") is None


def test_each_line_of_a_screen_has_a_begin_and_an_end() -> None:
    assert within(Pattern(regex=b"^bye$"), b"hi\nbye\n") == Match(6)


# -------------------------------------------------------------------------------- the rest


def test_where_two_texts_differ() -> None:
    assert differs_at(b"abc", b"abd") == 2
    assert differs_at(b"abc", b"ab") == 2
    assert differs_at(b"", b"") == 0


def test_what_is_shown_of_a_pattern() -> None:
    assert EITHER.shown() == b"YES | YESSIR | NO"
    assert [p.shown() for p in (CONTAINS, STARTS, NUMBER)] == [b"LL", b"HEL", rb"was \d+"]


# ---------------------------------------------------------------- segments end by chance

FEW = st.text("ab \n", max_size=5).map(str.encode)
FOLDS: st.SearchStrategy[frozenset[str]] = st.frozensets(st.sampled_from(["case", "space"]))
PATTERNS = st.one_of(
    st.builds(
        lambda texts, ignoring: Pattern(texts=tuple(texts), ignoring=ignoring),
        st.lists(FEW.filter(bool), min_size=1, max_size=3),
        FOLDS,
    ),
    st.builds(lambda x, ignoring: Pattern(contains=x, ignoring=ignoring), FEW.filter(bool), FOLDS),
    st.builds(lambda x, ignoring: Pattern(starts=x, ignoring=ignoring), FEW.filter(bool), FOLDS),
    st.sampled_from([b"a+", b"a*b", b"(a|ab)(b|$)", b"a.*b", rb"a\b"]).map(
        lambda regex: Pattern(regex=regex)
    ),
)


def verdict(pattern: Pattern, pieces: list[bytes]) -> Match | Miss | None:
    """Ask after each piece, as the machine does: the first certain answer counts, else the last."""
    data, answer = b"", front(pattern, b"")
    for piece in pieces:
        if isinstance(answer, Miss) or (isinstance(answer, Match) and not answer.open):
            break
        data += piece
        answer = front(pattern, data)
    return answer


@given(PATTERNS, st.lists(st.text("abAB \n", min_size=1, max_size=4).map(str.encode), max_size=6))
def test_the_verdict_does_not_depend_on_where_segments_end(
    pattern: Pattern, pieces: list[bytes]
) -> None:
    stream = b"".join(pieces)
    single = [stream[i : i + 1] for i in range(len(stream))]
    told = verdict(pattern, [stream])
    for cut in (pieces, single):
        other = verdict(pattern, cut)
        assert type(other) is type(told)
        if isinstance(told, Match) and isinstance(other, Match):
            assert other.used == told.used


@given(PATTERNS, FEW, FEW)
def test_no_later_byte_turns_a_miss_into_a_match(
    pattern: Pattern, data: bytes, more: bytes
) -> None:
    if isinstance(front(pattern, data), Miss):
        assert isinstance(front(pattern, data + more), Miss)


@given(PATTERNS, FEW, FEW)
def test_no_later_byte_takes_a_closed_match_back(
    pattern: Pattern, data: bytes, more: bytes
) -> None:
    answer = front(pattern, data)
    if isinstance(answer, Match) and not answer.open:
        assert front(pattern, data + more) == answer


@given(st.text(string.ascii_letters + " \t", min_size=1), st.binary(max_size=9))
def test_what_ignores_case_and_space_finds_every_way_to_write_a_text(
    text: str, noise: bytes
) -> None:
    words = re.sub(r"\s+", " \n", text).swapcase().encode()
    pattern = Pattern(contains=text.encode(), ignoring=frozenset({"case", "space"}))
    assert within(pattern, noise + words) is not None


def test_a_line_needs_its_end_which_may_be_cr_lf() -> None:
    assert front(LINE, b"HELLO\nnext\n") == Match(6)
    assert front(LINE, b"HELLO\r\nnext") == Match(7)
    assert [front(LINE, data) for data in (b"HELL", b"HELLO", b"HELLO\r")] == [None] * 3
    assert isinstance(front(LINE, b"HELLO you\n"), Miss)
    assert isinstance(front(LINE, b"HELLO\rx"), Miss)
    assert within(LINE, b"> HELLO\r\n> ") == Match(9)
    assert within(LINE, b"> HELLO") is None
    assert isinstance(whole(LINE, b"HELLO\r\n"), Match)
    assert LINE.shown() == b"HELLO\n"
