"""Records and messages: what a dataclass would do, and that every message travels unchanged."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.agent import protocol
from grader.agent.protocol import Blocked, Connect, Data, Exited, Ping, Sent, Spawn
from grader.agent.record import Record, field
from grader.agent.wire import Message, ProtocolError, decode, encode, raw, text

LATIN = st.text(st.characters(max_codepoint=255), max_size=20)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "str": LATIN,
    "int": st.integers(-(2**63), 2**63),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "bool": st.booleans(),
    "int | None": st.none() | st.integers(),
    "list[str]": st.lists(LATIN, max_size=3),
    "list[int]": st.lists(st.integers(0, 65535), max_size=3),
    "dict[str, str]": st.dictionaries(LATIN, LATIN, max_size=3),
    "dict[str, Any]": st.dictionaries(LATIN, st.lists(st.integers()) | st.floats(0, 9)),
    "list[dict[str, Any]]": st.lists(st.dictionaries(LATIN, LATIN | st.integers(), max_size=3)),
}


def kinds_of(message: type[Message]) -> dict[str, str]:
    found: dict[str, str] = {}
    for cls in reversed(message.__mro__):
        found |= {
            name: kind
            for name, kind in inspect.get_annotations(cls).items()
            if not kind.startswith("ClassVar")
        }
    return found


def messages(message: type[Message]) -> st.SearchStrategy[Message]:
    fields = {name: VALUES[kind] for name, kind in kinds_of(message).items()}
    return st.builds(message, **fields)


@pytest.mark.parametrize("name", sorted(Message.types))
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_every_message_travels_unchanged(name: str, data: st.DataObject) -> None:
    message = data.draw(messages(Message.types[name]))
    line = encode(message)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert decode(line) == message


@given(st.binary())
def test_bytes_travel_as_text(data: bytes) -> None:
    assert raw(text(data)) == data


@pytest.mark.parametrize(
    "line", [b"", b"{}", b"[]", b"7", b'{"t":"Nope"}', b'{"t":"Ping"}', b'{"t":"Ping","x":1}']
)
def test_what_is_no_message_is_refused(line: bytes) -> None:
    with pytest.raises(ProtocolError, match="not a message"):
        decode(line)


def test_events_know_when_and_the_rest_by_position() -> None:
    event = Data("alice", "hi", at=2.5)
    assert (event.actor, event.data, event.at) == ("alice", "hi", 2.5)
    match event:
        case Data(actor, data):
            assert (actor, data) == ("alice", "hi")
    assert repr(event) == "Data(at=2.5, actor='alice', data='hi')"


def test_records_are_values() -> None:
    assert Ping(1) == Ping(token=1)
    assert Ping(1) != Ping(2)
    assert Sent("a", 1) != protocol.Started("a", 1)
    assert len({Ping(1), Ping(1), Ping(2)}) == 2
    assert Ping(1).replace(token=2) == Ping(2)
    assert vars(Blocked("a", 1, "recv"))["forever"] is False


def test_records_are_frozen() -> None:
    ping = Ping(1)
    with pytest.raises(AttributeError, match="frozen"):
        ping.token = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del ping.token


def test_defaults_are_made_anew() -> None:
    one, other = Spawn("a", ["x"]), Spawn("a", ["x"])
    one.env["A"] = "1"
    assert other.env == {}
    assert one.terminal
    assert Exited("a").status is None


@pytest.mark.parametrize(
    ("args", "named", "complaint"),
    [
        (("a",), {}, "needs host"),
        (("a", "h", 1, 2), {}, "takes 3 values, not 4"),
        (("a", "h"), {"actor": "b"}, "repeated: actor"),
        (("a", "h", 1), {"colour": 1}, "unknown"),
    ],
)
def test_wrong_fields_are_named(args: Any, named: Any, complaint: str) -> None:
    with pytest.raises(TypeError, match=complaint):
        Connect(*args, **named)


def test_fields_are_inherited_in_order() -> None:
    class Base(Record):
        first: int
        stamp: float = field(default=0.0, kw_only=True)

    class Derived(Base):
        second: int = 2

    assert Derived.__match_args__ == ("first", "second")
    assert repr(Derived(1, stamp=3.0)).endswith("Derived(first=1, stamp=3.0, second=2)")
