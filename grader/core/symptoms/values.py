"""Symptoms of replies and outputs that were made of the wrong things, or cut."""

from __future__ import annotations

import re

from grader.core.regex import regex
from grader.core.symptoms.evidence import RUN, Evidence, alike
from grader.core.symptoms.symptom import Symptom

_JAVA_ARRAY = regex(rb"\[[BC]@[0-9a-f]{4,8}\b")
_NUMBER = regex(rb"\d+")
_FIRST = 1024  # the ports before it are nobody's to choose
_SAID_PORT = regex(r"from port (\d+), not from port (\d+)")
_SMALLEST = 8  # bytes; nobody makes a smaller buffer


def java_utf(seen: Evidence) -> bool:
    """Two bytes stand before the text, and tell how long it is."""
    head, text = seen.received[:2], seen.received[2:]
    counted = bool(text) and int.from_bytes(head, "big") == len(text)
    return counted and seen.reason in {"wrong_reply", "wrong_message"} and not seen.cut


def java_array(seen: Evidence) -> bool:
    """Java's name of an array (`[B@1b6d3586`) stands where its text should."""
    return _JAVA_ARRAY.search(seen.received) is not None


def first_segment(seen: Evidence) -> bool:
    """Only as much came back as one of several sends had carried."""
    sizes = [len(item) for item in seen.sent]
    pieces = (sizes[at:] for at in range(len(sizes)) if sum(sizes[at:]) == len(seen.expected))
    carried = {sum(part[:count]) for part in pieces for count in range(1, len(part))}
    return seen.cut and len(seen.received) in carried


def small_buffer(seen: Evidence) -> bool:
    """The reply to what was sent at once, or its count, goes as far as a round number of bytes."""
    size = len(seen.sent[-1]) if seen.sent else 0
    if seen.cut:
        at_once = seen.reason == "partial_reply" and len(seen.expected) == size
        return at_once and _round(len(seen.received))
    wanted, came = _NUMBER.search(seen.expected), _NUMBER.search(seen.received)
    if seen.reason != "wrong_reply" or not (wanted and came):
        return False
    same = seen.expected[: wanted.start()] == seen.received[: came.start()]
    number = int(came[0][:9])
    return same and int(wanted[0][:9]) == size > number and _round(number)


def cut_output(seen: Evidence) -> bool:
    """Of a text that came in one piece only the first bytes, a round number, were printed."""
    if seen.reason != "wrong_output" or not seen.both:
        return False
    size = max(
        (n for n in range(len(seen.expected)) if seen.expected[:n] in seen.received), default=0
    )
    after = seen.received[seen.received.find(seen.expected[:size]) + size :][:1]
    in_a_word = bool(seen.expected[size : size + 1].strip())
    return in_a_word and after in {b"\n", b"\r", b"\0", b""} and _round(size)


def _round(size: int) -> bool:
    """Tell whether a size looks like a buffer's, or is one less (C keeps a byte for the NUL)."""
    return size >= _SMALLEST and any(n % 10 == 0 or n % 8 == 0 for n in (size, size + 1))


def subtracted(seen: Evidence) -> bool:
    """Every byte is the sent one, or 32 less, also where that is no letter."""
    sent, came = (seen.sent or [b""])[-1], seen.received
    if seen.reason != "wrong_reply" or len(sent) != len(came) or came == seen.expected:
        return False
    pairs = [(one, other) for one, other in zip(sent, came, strict=True) if one != other]
    return any(not chr(one).isalpha() for one, _ in pairs) and all(
        (one - 32) % 256 == other for one, other in pairs
    )


def fixed_reply(seen: Evidence) -> bool:
    """Nothing of the message is in the reply, where the reply is made of the message."""
    sent, came = (seen.sent or [b""])[-1], seen.received.strip()
    made_of_it = seen.reason == "wrong_reply" and alike(seen.expected, sent)
    made_of_it = made_of_it and len(set(seen.actors)) <= 1  # several may share something
    return made_of_it and len(came) >= RUN and len(came) != len(sent) and not alike(came, sent)


def fixed_message(seen: Evidence) -> bool:
    """Nothing of what was typed is in the message, which is made of it."""
    typed = b"".join(seen.typed)
    made_of_it = seen.reason == "wrong_message" and alike(seen.expected, typed)
    return made_of_it and bool(seen.received.strip()) and not alike(seen.received, typed)


def more_before(seen: Evidence) -> bool:
    """What was typed is in the message, and something else before it."""
    before = seen.received[: -len(seen.expected)] if seen.expected else b""
    ends = seen.reason == "wrong_message" and seen.received.endswith(seen.expected)
    return ends and bool(before.strip())


def own_text(seen: Evidence) -> bool:
    """It printed its own message, in capitals, and not the reply that came."""
    client = seen.reason == "wrong_output" and not seen.serves and bool(seen.heard)
    own = seen.heard[-1].strip().upper() if client else b""
    given = client and any(seen.expected in text for text in seen.sent)
    return given and len(own) >= RUN and own in seen.received and own not in seen.expected


def sent_end(seen: Evidence) -> bool:
    """The count that came back to a client is one or two too high."""
    wanted = _NUMBER.search(seen.expected)
    if seen.reason != "wrong_output" or wanted is None or not seen.typed or seen.sent:
        return False
    before, after = seen.expected[: wanted.start()], seen.expected[wanted.end() :]
    more = (str(int(wanted[0][:9]) + extra).encode() for extra in (1, 2))
    plain = bool(before.strip()) and re.fullmatch(rb"[\w .]*", seen.expected) is not None
    return plain and any(before + number + after in seen.received for number in more)


def byte_order(seen: Evidence) -> bool:
    """A port came with its two bytes in the other order."""
    said = _SAID_PORT.search(seen.check.message)
    if said:
        return seen.reason == "wrong_bind" and int(said[1]) == _swapped(int(said[2]))
    wanted, came = (
        {int(number[:9]) for number in _NUMBER.findall(text)}
        for text in (seen.expected, seen.received)
    )
    ports = {number for number in wanted if _FIRST <= number < 1 << 16}
    other = {_swapped(port) for port in ports} & came
    return seen.reason == "wrong_output" and bool(other) and not ports & came


def _swapped(port: int) -> int:
    return int.from_bytes(port.to_bytes(4, "big")[:1:-1], "big")


def own_port(seen: Evidence) -> bool:
    """It is bound to another port than it was told."""
    return seen.reason == "wrong_bind" and _SAID_PORT.search(seen.check.message) is not None


def no_port(seen: Evidence) -> bool:
    """It sends from a port that the system chose."""
    return seen.reason == "wrong_bind" and "a port that the system chose" in seen.check.message


def other_socket(seen: Evidence) -> bool:
    """The reply came from another port than it was asked at."""
    return seen.reason == "wrong_source"


def first_peer(seen: Evidence) -> bool:
    """The reply for one went to another, who had spoken first; what came earlier may be equal."""
    told = seen.check.transcript
    sent = [at for at, item in enumerate(told) if item.what == "sent"]
    if seen.reason != "no_reply" or not sent or any(item.what == "connected" for item in told):
        return False
    first, last = told[sent[0]].actor, told[sent[-1]].actor
    since = told[sent[-1] :]
    went = {x.actor for x in since if x.what == "received" and _due(seen, x.data)}
    return first != last and went == {first}


def _due(seen: Evidence, data: str) -> bool:
    return len(data) >= RUN and data == seen.check.expected


def drops_copies(seen: Evidence) -> bool:
    """Of equal messages one was answered, and of all others each."""
    due = seen.expected.split(b" | ")
    missing = list(due)
    for item in seen.heard:
        if item in missing:
            missing.remove(item)
    copies = bool(missing) and all(due.count(item) > 1 and item in seen.heard for item in missing)
    return seen.reason == "no_reply" and copies


SYMPTOMS = (
    Symptom(
        "java_utf",
        "message framing",
        "writeUTF() puts the text's length before it, which nobody else expects; write the bytes: "
        "text.getBytes()",
        java_utf,
    ),
    Symptom(
        "java_array",
        "bytes and text",
        "it prints the array itself ([B@…), not the text in it; make one: new String(data, 0, n)",
        java_array,
    ),
    Symptom(
        "one_recv",
        "TCP is a stream",
        "it answers the first segment only; TCP keeps no message boundaries, so call recv() in a "
        "loop until all has come",
        first_segment,
    ),
    Symptom(
        "small_buffer",
        "buffer size",
        "it takes in no more than a buffer's size of the message (the number given to recv() or "
        "recvfrom()); make room for the longest, and over TCP go on until all has come",
        small_buffer,
    ),
    Symptom(
        "cut_output",
        "buffer size",
        "it takes in no more than a buffer's size of the reply (the number given to recv() or "
        "recvfrom()), and prints that; make room for more, and over TCP go on until all has come",
        cut_output,
    ),
    Symptom(
        "subtracted",
        "character codes",
        "it takes 32 from characters that are no small letters; use toupper(), which leaves others "
        "as they are",
        subtracted,
    ),
    Symptom(
        "fixed_reply",
        "request and reply",
        "nothing of the message is in the reply; make the reply of what recv() returned",
        fixed_reply,
    ),
    Symptom(
        "fixed_message",
        "standard input",
        "nothing of what was typed is in what it sends; read a line from the keyboard and send it",
        fixed_message,
    ),
    Symptom(
        "more_before",
        "exact text",
        "something stands before what was typed in what it sends; a prompt, or a name, is for the "
        "screen only",
        more_before,
    ),
    Symptom(
        "own_text",
        "request and reply",
        "it prints its own message in capitals, and not the reply; print what recv() or recvfrom() "
        "returned",
        own_text,
    ),
    Symptom(
        "sent_end",
        "message framing",
        "the line's end goes with the message, so that it counts as a part of it; send what was "
        "typed without it",
        sent_end,
    ),
    Symptom(
        "byte_order",
        "network byte order",
        "the two bytes of the port are in the other order; htons() on the way out, ntohs() on the "
        "way in",
        byte_order,
    ),
    Symptom(
        "own_port",
        "bind()",
        "it binds a port of its own; make a number of the argument and bind that one",
        own_port,
    ),
    Symptom(
        "no_port",
        "bind()",
        "the socket it sends from is not bound, so that the system chooses a port; call bind() "
        "with the port before sendto()",
        no_port,
    ),
    Symptom(
        "other_socket",
        "connectionless",
        "it replies from a second socket; send the reply on the socket that the message came to",
        other_socket,
    ),
    Symptom(
        "first_peer",
        "connectionless",
        "it sends every reply to whoever wrote first; use the address that recvfrom() gave with "
        "this very message",
        first_peer,
    ),
    Symptom(
        "drops_copies",
        "stateless server",
        "it takes a datagram with the same bytes for a mistake; every datagram that comes has its "
        "reply",
        drops_copies,
    ),
)
