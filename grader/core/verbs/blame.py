"""Whose doing it is, and how to say so: how programs ended, what that explains, who is heard.

A connection that ends or stays silent is a symptom; a crash, a limit, or a program that has ended
is the cause, and the same cause must be told by the same reason however fast the machine is.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from grader.core.model import Limits
from grader.core.outcome import Verdict
from grader.core.regex import regex
from grader.core.stage import Running, Stage

TRACEBACK = "Traceback (most recent call last)"
_NO_MODULE = regex(r"ModuleNotFoundError: No module named '(\w{1,60})[\w.]{0,100}'(?:;.*)?")
CHOSEN_FROM = 32768  # Linux gives ports from here on to who does not ask for one
SHOWN = 200  # characters of a line that a program printed


class Wrong(msgspec.Struct, frozen=True):
    """The reasons an expectation fails with, by what it reads."""

    wrong: str
    extra: str
    missing: str
    partial: str


REPLY = Wrong("wrong_reply", "extra_reply", "no_reply", "partial_reply")
MESSAGE = Wrong("wrong_message", "wrong_message", "no_message", "wrong_message")


class Heard(NamedTuple):
    """Who is heard, the reasons that fit, and what is due from it."""

    who: str
    wrong: Wrong
    due: str  # "its reply", "its message"


def partners(stage: Stage, actor: str) -> list[Running]:
    """Return the student's programs that an actor has to do with, itself first: our server hears
    clients, everyone else a server.
    """
    ours = stage.tubes.get(actor)
    clients = {item.name for item in stage.spec.programs if item.connects}
    hears_clients = ours is not None and ours.hosting
    students = [item for item in stage.students() if item.name != actor]
    fitting = [item for item in students if (item.name in clients) == hears_clients]
    own = [item for item in stage.students() if item.name == actor]
    return own + (students if own else (fitting or students))


def speaker(stage: Stage, actor: str) -> Heard:
    """Say who is heard by a socket of ours."""
    heard = next(iter(partners(stage, actor)), None)
    if stage.tube(actor).hosting:
        return Heard(f"your {heard.name}" if heard else "your client", MESSAGE, "its message")
    return Heard(f"your {heard.name}" if heard else "your server", REPLY, "its reply")


def whose(stage: Stage, actor: str) -> str:
    """Name a program: `your client` is the student's, `curl` is ours."""
    return f"your {actor}" if actor in stage.launches else actor


def port_words(stage: Stage, port: int, kind: str = "") -> str:
    """Name a port, unless it was the system's choice: the next run would have another, and what is
    said of a program should not depend on that.
    """
    named = {hint for launch in stage.launches.values() for hint in launch.port_hints}
    if port >= CHOSEN_FROM and port not in named:
        return f"a {kind}port that the system chose"
    return f"{kind}port {port}"


# --------------------------------------------------------------------------- how it ended


def ended(running: Running) -> str:
    """Say how a program ended, in words; empty while it runs."""
    if running.exited is None:
        return ""
    if running.exited.signal is not None:
        number = running.exited.signal
        return f"it was killed by {SIGNALS.get(number, f'signal {number}')}"
    status = running.exited.status
    last = last_error(bytes(running.errors)) or (last_line(bytes(running.errors)) if status else "")
    return f"it exited with status {status}" + (f" ({last})" if last else "")


def last_line(errors: bytes) -> str:
    """Return the last line a program wrote to stderr that says something."""
    lines = [line.strip() for line in errors.decode("utf-8", "replace").splitlines()]
    return next((line[:SHOWN] for line in reversed(lines) if line), "")


def last_error(errors: bytes) -> str:
    """Return the line that names an uncaught exception, from a Python or Java traceback."""
    lines = errors.decode("utf-8", "replace").splitlines()
    begun = [index for index, line in enumerate(lines) if line.startswith(TRACEBACK)]
    for line in lines[begun[-1] + 1 :] if begun else []:
        if line and not line[0].isspace():  # the first line that is no longer of the stack
            return line.strip()[:SHOWN]
    for line in reversed(lines):
        head = line.strip().split(":", 1)[0]
        if head.endswith(("Error", "Exception", "Interrupt")) and " " not in head:
            return line.strip()[:SHOWN]
    return next((x.strip()[:SHOWN] for x in lines if x.startswith("Exception in thread")), "")


def died(stage: Stage, running: Running) -> Verdict | None:
    """Judge a program that has ended although it was needed; None while it runs."""
    name = whose(stage, running.name)
    if running.failed or running.limit or running.exited is not None:
        if running.name not in stage.launches:
            how = f"could not be run: {running.failed}" if running.failed else "ended"
            how = f"hit the limit on {running.limit}" if running.limit else how
            how += f": {ended(running)}" if running.exited else ""
            return Verdict("our_side_failed", f"{name} {how}")
        if running.failed:
            return Verdict("cannot_start", f"{name} could not be started: {running.failed}")
        if running.limit:
            return Verdict(*limit_words(running, stage.limits))
        if module := missing_package(stage, running):
            return Verdict("missing_package", missing_words(name, module))
        reason = "crashed" if crashed(running) else "exited_early"
        return Verdict(reason, f"{name} ended: {ended(running)}")
    return None


def crashed(running: Running) -> bool:
    """Tell whether a program ended by a signal that we did not send, or an uncaught exception (a
    handled one that it printed is no crash: it then ends with status 0).
    """
    if running.exited is None or running.told_to_stop:
        return False
    failed = bool(running.exited.status) and bool(last_error(bytes(running.errors)))
    return running.exited.signal is not None or failed


def missing_package(stage: Stage, running: Running) -> str:
    """Return the package that a Python program has died for want of; empty if it is another end.

    A module of the student's own that Python does not find is another matter.
    """
    found = _NO_MODULE.fullmatch(last_error(bytes(running.errors)))
    if found is None or not crashed(running):
        return ""
    own = {part.removesuffix(".py") for path in stage.files for part in path.split("/")}
    return "" if found[1] in own else found[1]


def missing_words(name: str, module: str) -> str:
    """Say which package is missing and what can be done."""
    return (
        f"{name} needs the package {module}, which is not installed here: "
        "do without it, or ask your course to list it in grade.yml"
    )


def limit_words(running: Running, limits: Limits) -> tuple[str, str]:
    """Return the reason and the sentence for a limit that was hit."""
    words = {
        "memory": ("memory_limit", f"used more than {limits.memory} MiB of memory"),
        "processes": ("process_limit", f"started more than {limits.processes} processes"),
        "output": ("output_limit", f"printed more than {limits.output} MiB"),
        "disk": ("disk_limit", f"wrote more than {limits.disk} MiB to disk"),
        "file_size": ("disk_limit", f"wrote a file larger than {limits.file_size} MiB"),
        "files": ("disk_limit", f"opened more than {limits.open_files} files"),
        "cpu": ("cpu_limit", "used more processor time than allowed"),
    }
    code, sentence = words.get(running.limit, ("crashed", f"hit the limit on {running.limit}"))
    return code, f"your {running.name} {sentence}"


# ---------------------------------------------------------------------- what that explains


def gone(stage: Stage, actor: str) -> str:
    """Say which of an actor's partners has ended and how; empty while all run."""
    for running in partners(stage, actor):
        if ending := ended(running):
            return f"your {running.name} had ended: {ending}"
    return ""


def culprit(stage: Stage, actor: str, **extra: Any) -> Verdict | None:
    """Blame a crash or a limit for what did not come, rather than the silence itself."""
    for running in partners(stage, actor):
        failure = died(stage, running)
        if failure and failure.reason != "exited_early":
            return msgspec.structs.replace(failure, **extra)
    return None


def not_serving(stage: Stage) -> str:
    """Say why nobody takes connections any more: the server has ended, or closed its listening
    socket; empty while it listens.
    """
    server = stage.server()
    if server is None or server.name not in stage.launches or not server.port:
        return ""
    if ending := ended(server):
        return f"your {server.name} had ended: {ending}"
    if any(item.port == server.port for item in server.bound):
        return ""
    return f"your {server.name} has closed its listening socket"


def hung_up(stage: Stage, actor: str, expected: bytes, data: bytes) -> Verdict:
    """Judge a connection that ended before all that was due had come.

    A server that no longer serves may refuse a connection or reset one that was still waiting to
    be accepted: which of the two is chance, so both are `refused`.
    """
    tube = stage.tube(actor)
    who, wrong, due = speaker(stage, actor)
    if failure := culprit(stage, actor, expected=expected, received=data):
        told = failure.message.replace(" ended: ", f" ended before {due}: ", 1)
        told = told if told != failure.message else f"{told} (before {due})"
        return msgspec.structs.replace(failure, message=told)
    reset = bool(tube.broken)
    if reset and not data and wrong is REPLY and (why := not_serving(stage)):
        return Verdict("refused", f"the connection was refused: {why}", expected, b"")
    how = "reset" if reset else "closed"
    got = f"after {len(data)} byte{'s' * (len(data) != 1)}" if data else "without a word"
    why = gone(stage, actor)
    message = f"{who} {how} the connection {got}" + (f"; {why}" if why else "")
    code = wrong.partial if data else ("reset" if reset else "closed_early")
    return Verdict(code, message, expected, data)


SIGNALS = {
    1: "SIGHUP",
    2: "SIGINT (as Ctrl-C)",
    4: "SIGILL (illegal instruction)",
    5: "SIGTRAP",
    6: "SIGABRT (it called abort)",
    7: "SIGBUS (bad memory access)",
    8: "SIGFPE (division by zero)",
    9: "SIGKILL",
    11: "SIGSEGV (bad memory access)",
    13: "SIGPIPE (it wrote to a connection the other side had closed)",
    15: "SIGTERM",
    24: "SIGXCPU (too much processor time)",
    25: "SIGXFSZ (too large a file)",
}
