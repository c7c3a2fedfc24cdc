"""What must hold between the checks of a spec."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from grader.core.model import Spec
from grader.loading.errors import LoadError
from grader.loading.rules import find_cycle

Load = Callable[[str], Spec]
Wrong = Callable[[str], list[LoadError]]


def checks(*rows: str) -> str:
    return "".join(f"- {{{row}, title: T, steps: [server starts]}}\n" for row in rows)


def test_an_id_is_given_once(wrong: Wrong) -> None:
    (found,) = wrong(checks("id: a, points: 1", "id: b", "id: a"))
    assert (found.line, found.column) == (8, 8)
    assert found.message == 'the id "a" is there twice'
    assert found.suggestion == "the first is on line 6"


def test_needs_name_checks_that_exist(wrong: Wrong) -> None:
    first, second = wrong(checks("id: talks, points: 1", "id: b, needs: [talk, quux]"))
    assert (first.line, first.column) == (7, 19)
    assert first.message == 'no check is called "talk"'
    assert first.suggestion == 'did you mean "talks"?'
    assert (second.column, second.message) == (25, 'no check is called "quux"')
    assert second.suggestion == "checks are server_builds, client_builds, talks, b"


def test_needs_may_name_later_checks_and_implied_ones(load: Load) -> None:
    spec = load(checks("id: a, points: 1, needs: [b, server_builds]", "id: b"))
    assert spec.checks[2].needs == ("server_builds", "b")


def test_a_circle_of_needs_is_named(wrong: Wrong) -> None:
    (found,) = wrong(
        checks("id: a, points: 1, needs: b", "id: b, needs: [c]", "id: c, needs: a", "id: d")
    )
    assert found.message == "checks need each other in a circle: a → b → c → a"
    assert (found.line, found.column) == (6, 29)
    (found,) = wrong(checks("id: a, points: 1, needs: a"))
    assert found.message == "checks need each other in a circle: a → a"


def test_a_builds_check_that_needs_what_needs_it_is_a_circle(wrong: Wrong) -> None:
    text = "- {id: sb, title: S, builds: server, needs: a}\n" + checks("id: a, points: 1")
    (found,) = wrong(text)
    assert found.message == "checks need each other in a circle: sb → a → sb"
    assert (found.line, found.column) == (6, 45)


def test_a_spec_worth_nothing_is_refused(wrong: Wrong) -> None:
    for text in (checks("id: a"), checks("id: a, points: 5, extra_credit: true")):
        (found,) = wrong(text)
        assert found.message.startswith("zero points")
        assert (found.line, found.column) == (6, 1)
        assert "give at least one check `points`" in found.suggestion


def test_the_id_of_an_implied_check_is_kept(wrong: Wrong) -> None:
    (found,) = wrong(checks("id: client_builds, points: 1"))
    assert 'the id "client_builds" is kept' in found.message
    assert "builds: client" in found.suggestion
    assert (found.line, found.column) == (6, 8)


NAMES = st.sampled_from("abcdef")


@given(st.dictionaries(NAMES, st.lists(NAMES, max_size=3).map(tuple)))
def test_a_circle_is_found_exactly_when_there_is_one(needs: dict[str, tuple[str, ...]]) -> None:
    left = {name: set(wanted) & set(needs) for name, wanted in needs.items()}
    while free := [name for name, wanted in left.items() if not wanted]:
        left = {name: wanted - set(free) for name, wanted in left.items() if name not in free}
    cycle = find_cycle(needs)
    assert bool(cycle) == bool(left)
    for name, wanted in pairwise(cycle):
        assert wanted in needs[name]
    assert not cycle or cycle[0] == cycle[-1]
