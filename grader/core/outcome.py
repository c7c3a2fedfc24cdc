"""What can come of a check, and the registry of reasons why it did.

A reason says whose fault it is. `student` becomes a `fail`, `ours` becomes an `error` and
withholds the score, `nobody` explains a `skip` or a note. The page of reasons in `docs/` is made
from `REASONS`; a reason without a meaning or advice cannot be registered.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Outcome(StrEnum):
    """The four outcomes of a check."""

    PASS = "pass"  # noqa: S105 - an outcome
    FAIL = "fail"
    SKIP = "skip"
    ERROR = "error"


class Fault(StrEnum):
    """Whose doing it is."""

    STUDENT = "student"
    OURS = "ours"
    NOBODY = "nobody"


class Reason(msgspec.Struct, frozen=True):
    """A reason: its code, whose fault it is, what it means, and what to do about it."""

    code: str
    fault: Fault
    means: str
    advice: str

    @property
    def outcome(self) -> Outcome:
        """The outcome a check with this reason has."""
        return _OUTCOMES[self.fault]


_OUTCOMES = {
    Fault.STUDENT: Outcome.FAIL,
    Fault.OURS: Outcome.ERROR,
    Fault.NOBODY: Outcome.SKIP,
}


def _table(fault: Fault, text: str) -> dict[str, Reason]:
    """Read lines of `code | meaning | advice`."""
    rows = (line.split(" | ") for line in text.strip().splitlines())
    return {code: Reason(code, fault, means, advice) for code, means, advice in rows}


_STUDENT = """
no_program | No program of this role was found among the submitted files | Hand in the program under a name that contains its role (server, client), or tell your TA the name
ambiguous_program | Several files could be this program | Remove the old copies, or ask your TA to name the entry file in grade.yml
unreadable_submission | The submission has too many or too large files, or files that are no source code | Hand in only source files, a Makefile and what the program needs to run
python2 | The program is written for Python 2 | Port it to Python 3: print(), input() and bytes for sockets
build_failed | The program does not compile | Compile it yourself with the command shown and mend the first error first
cannot_start | The program cannot be executed | Check its first line, its name and that it is a program for Linux
not_listening | The program runs but never listens on a port | Call bind() (and listen() for TCP) before anything that waits
missing_package | The program imports a Python package that is not installed | Do without it; where the assignment allows it, your TA can list it in grade.yml
exited_early | The program ended although it was still needed | Look at its last output: an exception, a return, or a loop that is missing
crashed | The program was killed by a signal or an uncaught exception | Look at the traceback or run it under a debugger
refused | The program refused the connection | Keep the listening socket open and call accept() again after each client
no_connection | The program never connected to the server | connect() to localhost and the port of the assignment
no_message | The program connected but sent nothing | Send the message as soon as it was typed, without waiting for the server
no_reply | No reply came | Send the reply on the connection (or to the address) the message came from
partial_reply | The reply is cut short | Send all of it: use sendall(), or repeat send() until nothing is left
wrong_reply | The reply is not what the assignment asks for | Compare the two lines byte by byte
extra_reply | More bytes came than the reply has | Send the reply only: no newline, no padding, no leftovers of the buffer
wrong_message | The program sent something else than it should | Compare the two lines byte by byte
wrong_source | The reply came from another address or port than the message was sent to | Reply from the socket the message arrived at
wrong_bind | The program sends from another port than it was told to bind to | Call bind() with that port, as a number, on the socket you send from, before you send
spoke_unasked | The program sent something when nothing was due | Send only what the assignment asks for
closed_early | The connection was closed before the reply was complete | Send everything before you close the connection
reset | The connection was reset | Read what the client sent before you close, and end with close()
not_closed | The connection stays open | Close the connection once the exchange is over
wrong_output | The program printed something else than it should | Compare the two lines byte by byte
no_output | The program did not print what it should | Print it as soon as it is known
still_running | The program should have ended by now | Leave the loop and return from main
wrong_exit | The program ended with another exit status than it should | Return 0 from main when all went well
client_failed | A real client (curl, smtplib) could not do its work with the server | Read what it said last, and try it yourself
zombies | Ended child processes pile up | wait() for your children, or ignore SIGCHLD
not_http | The answer is not an HTTP response | Start it with HTTP/1.1, the status code and a phrase, end each header line with CR LF and the header with an empty line
wrong_status | The HTTP status is another than it should be | Choose the status code by what became of the request
wrong_header | An HTTP header is missing or wrong | Send the header lines that describe the body you send
not_shown | A browser does not show the page | Open it in a browser yourself (F12, then Network): it says what it does not like about the response
wrong_page | The page in the browser is not what it should be | Open it in a browser yourself and compare it with the file
wrong_body | The HTTP body is another than the file | Read the file in binary mode and send exactly its bytes
not_smtp | The answer is not an SMTP reply | Send a code of three digits, a space, some text and CR LF; all lines but the last have a hyphen in place of the space
wrong_code | The SMTP reply has another code than it should | Choose the code by what became of the command
file_leaked | A file from outside the server's directory was served | Resolve the path first and serve it only if it lies below your own directory
memory_limit | The program used more memory than allowed | Look for a list or buffer that grows without end
process_limit | The program started more processes or threads than allowed | End or reuse threads and processes; never fork without a limit
output_limit | The program printed more than allowed | Look for a loop that prints without waiting, for example at the end of input
disk_limit | The program wrote more to disk than allowed | Do not log without end
cpu_limit | The program used more processor time than allowed | Look for a loop that never waits
source_finding | The source code breaks a rule of the assignment | See the lines named
"""

_OURS = """
engine_lost | The Docker engine did not answer any more | Start it again and run the same command: what is done is kept
sandbox_lost | The sandbox ended although nobody asked it to | Run again; if it happens again, report it with the log
agent_failed | The agent in the container could not do its work | Run again; if it happens again, report it with the log
port_taken | Another program on this machine uses the port | End it (is your server still running in another terminal?) and try again
our_side_failed | A reference program or a socket of ours failed | Run again; if it happens again, report it with the log
spec_broken | The spec asks for something that cannot be done | Mend the spec as the message says
internal | The grader itself made a mistake | Report it with the message; no points were taken
"""

_NOBODY = """
needs_failed | Not tried, because a check it needs did not pass | Mend that check first
no_tool | Not tried, because a tool it needs is not installed here; its points count neither way | Ask `grade doctor` how to get it
interrupted | Not tried, because grading was interrupted | Run the same command again
"""

REASONS: dict[str, Reason] = (
    _table(Fault.STUDENT, _STUDENT) | _table(Fault.OURS, _OURS) | _table(Fault.NOBODY, _NOBODY)
)


class Verdict(msgspec.Struct, frozen=True):
    """Why a step did not pass, with what is needed to explain it.

    `expected` and `received` are bytes as they should have been and were; empty when there is
    nothing to compare. `differs_at` is the index of the first byte in which the two differ, given
    only where they were compared byte for byte (and not searched, matched as a pattern, or without
    regard to case). `stuck` says where the program stands ("blocked in accept() …").
    """

    reason: str
    message: str
    expected: bytes | None = None
    received: bytes | None = None
    stuck: str = ""
    differs_at: int | None = None

    @property
    def outcome(self) -> Outcome:
        """The outcome of a check that ends with this verdict."""
        return REASONS[self.reason].outcome
