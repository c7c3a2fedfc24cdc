"""Symptoms of programs that wait: where they stand, and what they were sent."""

from __future__ import annotations

from grader.core.places import TAKES_LOCK
from grader.core.regex import regex
from grader.core.symptoms.evidence import Evidence
from grader.core.symptoms.symptom import Symptom

_ON = regex(r"blocked in (?:recv|read)\(\) on (\S+)'s connection")
_ACCEPTS = regex(r"blocked in accept\(\) while (\S+)'s connection is open")
TWO = 2  # threads; of more not all are told
_SILENT = frozenset({"no_reply", "wrong_output", "no_output"})


def deadlock(seen: Evidence) -> bool:
    """A thread waits for a lock, at a line that takes one."""
    line = seen.check.place.text if seen.check.place else ""
    return "waiting for a lock" in seen.check.stuck and TAKES_LOCK.search(line) is not None


def one_at_a_time(seen: Evidence) -> bool:
    """It only waits for one client while another one, who spoke last, waits for an answer."""
    on = _ON.search(seen.check.stuck) if ";" not in seen.check.stuck else None
    last = [item.actor for item in seen.check.transcript if item.what in {"sent", "connected"}]
    return on is not None and len(set(seen.actors)) > 1 and bool(last) and last[-1] != on[1]


def nobody_accepts(seen: Evidence) -> bool:
    """All threads wait for clients' words, and none for a connection; one more has connected."""
    stands = seen.check.stuck.split("; ")
    on = [found[1] for found in map(_ON.search, stands) if found]
    all_read = len(on) == len(stands) == TWO and seen.reason == "no_reply"
    return all_read and bool(seen.actors) and seen.actors[-1] not in on


def takes_turns(seen: Evidence) -> bool:
    """A client waits for the server while a line was typed, or at the keyboard while the server
    has spoken.
    """
    if seen.serves or not seen.typed:
        return False
    reads = _ON.search(seen.check.stuck) is not None and seen.reason == "no_message"
    types = seen.check.stuck == "reading the keyboard" and seen.reason == "no_output"
    return (reads and bool(seen.heard)) or (types and bool(seen.sent))


def waits_for_greeting(seen: Evidence) -> bool:
    """It waits for a client's first word, where a greeting was expected."""
    on = _ON.search(seen.check.stuck)
    due = seen.reason == "no_reply" and bool(seen.expected) and seen.serves
    return due and on is not None and not seen.sent and not seen.heard


def wants_more(seen: Evidence) -> bool:
    """It has got a text without a line's end, and neither answers nor goes on."""
    waits = _ON.search(seen.check.stuck) is not None and seen.reason in _SILENT
    silent = not seen.heard if seen.serves else seen.expected not in seen.received
    return waits and bool(seen.sent) and silent and not seen.sent[-1].endswith(b"\n")


def unanswered(seen: Evidence) -> bool:
    """It has got a whole line, and waits for the next without having answered."""
    waits = _ON.search(seen.check.stuck) is not None and seen.reason == "no_reply"
    alone = seen.serves and len(set(seen.actors)) == 1
    return waits and alone and bool(seen.sent) and seen.sent[-1].endswith(b"\n")


def unanswered_datagram(seen: Evidence) -> bool:
    """It has taken the only datagram and waits for the next; nothing came back."""
    waits = "blocked in recvfrom()" in seen.check.stuck and seen.reason == "no_reply"
    return waits and seen.serves and len(seen.sent) == 1 and not seen.heard


def sent_elsewhere(seen: Evidence) -> bool:
    """A client waits for a datagram, and none of its own has come."""
    waits = "blocked in recvfrom()" in seen.check.stuck
    return waits and seen.reason == "no_message" and not seen.serves and not seen.heard


def nothing_sent(seen: Evidence) -> bool:
    """A client waits for the reply, and nothing of its message has come."""
    waits = _ON.search(seen.check.stuck) is not None and seen.reason == "no_message"
    return waits and "accepted" in seen.happened and bool(seen.typed) and not seen.heard


def missing_close(seen: Evidence) -> bool:
    """It is back in accept() while a connection is open that it should have closed."""
    return seen.reason == "not_closed" and _ACCEPTS.search(seen.check.stuck) is not None


def reads_on(seen: Evidence) -> bool:
    """It waits for more on a connection that it should have closed."""
    return seen.reason == "not_closed" and _ON.search(seen.check.stuck) is not None


def gave_up_listening(seen: Evidence) -> bool:
    """The listening socket was closed by a program that still runs."""
    return seen.reason == "refused" and (
        "stopped listening" in seen.happened and "exited" not in seen.happened
    )


def closed_unanswered(seen: Evidence) -> bool:
    """The connection was closed where a reply was due, by a program that runs on."""
    if seen.reason == "client_failed":
        return "the server closed the connection after" in seen.check.message and seen.runs_on
    closed = seen.reason == "closed_early" and seen.serves and seen.runs_on
    return closed and bool(seen.sent) and not seen.received


def both_wait(seen: Evidence) -> bool:
    """A real client printed nothing and waits, and the server waits for more."""
    curl = seen.check.message.startswith(("curl printed nothing", "curl still"))
    return curl and "blocked in recv()" in seen.check.stuck


def keyboard_first(seen: Evidence) -> bool:
    """It reads the keyboard and listens on no port."""
    return seen.reason == "not_listening" and seen.check.stuck == "reading the keyboard"


def stream_for_datagrams(seen: Evidence) -> bool:
    """It opened a TCP port where a UDP port was due."""
    return seen.reason == "not_listening" and "it opened TCP port" in seen.check.message


def datagrams_for_stream(seen: Evidence) -> bool:
    """It waits for a datagram where a TCP connection was due."""
    due = seen.reason == "no_connection" or "opens no TCP port" in seen.check.message
    return due and "blocked in recvfrom()" in seen.check.stuck


def never_bound(seen: Evidence) -> bool:
    """It waits for datagrams, and no port is open."""
    opens_none = seen.reason == "not_listening" and "opens no UDP port" in seen.check.message
    return opens_none and "blocked in recvfrom()" in seen.check.stuck


SYMPTOMS = (
    Symptom(
        "deadlock",
        "deadlock",
        "a thread waits for a lock that is never given back, perhaps by itself; do not take a lock "
        "twice, and give it back on every way out",
        deadlock,
    ),
    Symptom(
        "iterative",
        "iterative server",
        "it serves one client at a time and still waits for the first; give each client a thread, "
        "or close the connection when the exchange is over",
        one_at_a_time,
    ),
    Symptom(
        "nobody_accepts",
        "welcoming socket",
        "nobody waits in accept() any more; call it in a loop without an end, and give each client "
        "a thread",
        nobody_accepts,
    ),
    Symptom(
        "takes_turns",
        "concurrency",
        "it waits for the server and the keyboard in turn, but either may speak at any time; read "
        "the two in two threads, or with select()",
        takes_turns,
    ),
    Symptom(
        "no_greeting",
        "who speaks first",
        "it waits for the client's first word, but here the server speaks first; send the greeting "
        "right after accept()",
        waits_for_greeting,
    ),
    Symptom(
        "waits_for_more",
        "message framing",
        "it waits for more than was sent: for a newline (readLine(), fgets()), a full buffer, or "
        "the end of the stream",
        wants_more,
    ),
    Symptom(
        "unanswered",
        "request and reply",
        "it has read the line and waits for the next without having answered; is there an else for "
        "what it does not know?",
        unanswered,
    ),
    Symptom(
        "unanswered_datagram",
        "request and reply",
        "it has taken the datagram and waits for the next, but nothing came back; answer with "
        "sendto() to the address that recvfrom() gave, and look at what sendto() returns",
        unanswered_datagram,
    ),
    Symptom(
        "sent_elsewhere",
        "addressing",
        "it waits for a reply, but nothing of its own came to the server's port; look at the "
        "address and port it sends to, and at what sendto() returns",
        sent_elsewhere,
    ),
    Symptom(
        "nothing_sent",
        "buffering",
        "it waits for the reply, but nothing was sent; flush() a PrintWriter or another writer "
        "that keeps what it is given",
        nothing_sent,
    ),
    Symptom(
        "missing_close",
        "connection close",
        "it goes back to accept() and leaves the connection open; call close() on the socket that "
        "accept() returned",
        missing_close,
    ),
    Symptom(
        "reads_on",
        "connection close",
        "it goes on reading when the exchange is over; close the connection then",
        reads_on,
    ),
    Symptom(
        "closed_listener",
        "welcoming socket",
        "it closed the socket it listens on; close only the connection that accept() returned",
        gave_up_listening,
    ),
    Symptom(
        "closed_unanswered",
        "connection close",
        "it closes the connection where a reply is due, and runs on; send the reply first, and "
        "where an exception is caught on the way (except:, catch), print it",
        closed_unanswered,
    ),
    Symptom(
        "both_wait",
        "message framing",
        "it waits for more from the client, which waits for more from it: either it reads beyond "
        "the empty line that ends a request, or it says nowhere where the body ends "
        "(Content-Length, or close)",
        both_wait,
    ),
    Symptom(
        "keyboard_first",
        "standard input",
        "it waits at the keyboard before it opens its port; a server asks nobody",
        keyboard_first,
    ),
    Symptom(
        "tcp_for_udp",
        "TCP and UDP",
        "it uses TCP where the assignment wants UDP; take SOCK_DGRAM (Java: DatagramSocket)",
        stream_for_datagrams,
    ),
    Symptom(
        "udp_for_tcp",
        "TCP and UDP",
        "it uses UDP where the assignment wants TCP; take SOCK_STREAM (Java: Socket, ServerSocket)",
        datagrams_for_stream,
    ),
    Symptom(
        "never_bound",
        "bind()",
        "it waits on a socket that has no port; call bind() before recvfrom()",
        never_bound,
    ),
)
