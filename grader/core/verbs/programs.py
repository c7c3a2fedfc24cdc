"""Verbs of programs: the student's, and those of ours that run beside them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from grader.agent import protocol as p
from grader.agent.wire import text
from grader.core.model import Endpoint
from grader.core.outcome import Verdict
from grader.core.stage import ANY, Running, Stage
from grader.core.verbs.blame import died, ended, port_words, whose
from grader.core.verbs.expecting import made
from grader.core.verbs.registry import DONE, Action, Done, Holds, Judgement, Role, verb
from grader.core.wires import back_door, place_after, place_before

BOTH = (Role.PROGRAM, Role.COMMAND)
LINE_LIMIT = 4000  # a terminal's line editor takes no more at once
FOLLOW_AFTER = 2.0  # quiet seconds after which another port is followed, if nothing tells sooner


@verb("starts", [Role.PROGRAM], example="server starts", shorthand="args", bare=True)
class Starts(Action, frozen=True):
    """Start the student's program afresh. A server is ready when it listens, as the socket
    table tells; if it uses another port than the assignment's, it is followed there.

    args: its command-line arguments; without, those of the program's declaration
    within: seconds to wait at most, instead of the check's
    """

    args: list[Any] | None = None
    within: float | None = None

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Spawn it in a terminal of its own."""
        launch = stage.launches[actor]
        given = stage.spec.program(actor).args if self.args is None else self.args
        args = [made(stage, actor, item).decode("utf-8", "surrogateescape") for item in given]
        stage.programs[actor] = Running(actor)
        limit = stage.limits.output << 20
        if self.args is None:
            args += launch.args
        for code, words in launch.remarks:
            stage.deviate(words, code)
        argv = [*launch.argv, *args]
        yield p.Spawn(actor, argv, cwd=launch.cwd, env=launch.env, output_limit=limit)
        for line in launch.answers:
            stage.record(actor, "was typed", f"{line}\n")
            yield p.Type(actor, f"{line}\n")

    def may_compute(self) -> bool:
        """A runtime may take its time."""
        return True

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Wait for a server's port; a client is ready as soon as it runs."""
        running = stage.program(actor)
        wanted = stage.spec.program(actor).listens
        if wanted is None and running.started:
            return DONE  # a client may be done before we look: later steps judge it
        if failure := died(stage, running):
            return failure
        if wanted is None:
            return None
        if _served(stage, running, wanted, follow=False):
            return DONE
        others = any(item.transport == wanted.transport for item in running.bound)
        return Holds(FOLLOW_AFTER) if others else None

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Follow a server to another port, or say that it listens nowhere."""
        running = stage.program(actor)
        wanted = stage.spec.program(actor).listens
        if wanted is None or _served(stage, running, wanted, follow=True):
            return DONE
        others = [
            port_words(stage, item.port, f"{item.transport.upper()} ") for item in running.bound
        ]
        also = f"; it opened {', '.join(others)} instead" if others else ""
        kind = "TCP" if wanted.transport == "tcp" else "UDP"
        message = f"your {actor} runs, but opens no {kind} port ({why}){also}"
        return Verdict("not_listening", message, stuck=stage.stuck)


def _served(stage: Stage, running: Running, wanted: Endpoint, *, follow: bool) -> bool:
    """Find the port a server is served at: the assignment's, or with `follow` any other."""
    bound = [item for item in running.bound if item.transport == wanted.transport]
    fitting = [item for item in bound if item.port == wanted.port]
    if not fitting and follow and bound:
        fitting = [item for item in bound if item.port == bound[0].port]
        stage.deviate(f"listens on port {bound[0].port}, not {wanted.port}", "port")
    if not fitting:
        return False
    best = min(fitting, key=lambda item: item.host not in ANY)  # one for everybody, if there is
    running.port = best.port
    running.host = "127.0.0.1" if best.host in ANY else best.host
    is_local = best.host.startswith("127.") or best.host == "::1"
    launch = stage.launches[running.name]
    told = best.host in (*launch.args, *launch.answers)
    if best.host in stage.addresses:
        stage.deviate(f"listens on {best.host}, an address written in its source", "address")
    elif is_local and not told and not stage.spec.program(running.name).loopback:
        note = f"listens on {best.host} only: unreachable from another machine"
        stage.deviate(note, "loopback")
    elif is_local and not told and best.host not in {"127.0.0.1", "::1"}:
        stage.deviate(f"listens on {best.host} only: unreachable at 127.0.0.1", "loopback")
    return True


@verb(
    "runs",
    [Role.COMMAND],
    example='browser runs: [curl, -sS, "http://127.0.0.1:${port}/"]',
    shorthand="command",
    makes=Role.COMMAND,
)
class Runs(Action, frozen=True):
    """Run a program of ours beside the student's: `curl`, or one of the reference programs.

    command: the program and its arguments
    reference: a file below reference_impl to run with Python, instead of `command`
    args: arguments of the reference program
    listens: its endpoint; the port is its last argument, and the step waits until it is ready
        there. A client that an earlier check met at another port is served at that port.
    through: UDP: the wire behind which it listens, which is met there in its place; without
        `listens`, the wire by which it reaches the student's server, at `${port}`; see `relays`
    """

    command: list[Any] = []
    reference: str = ""
    args: list[Any] = []
    listens: str = ""
    through: str = ""

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Spawn it in the sidecar, once its wire is there."""
        stage.programs[actor] = Running(actor, through=self.through)
        if self.through and self.listens:
            door = self._door(stage)
            yield from place_before(stage, self.through, door, back_door(stage, door))
        elif self.through:
            yield from place_after(stage, self.through)
        yield from self.again(stage, actor)

    def again(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Spawn it as soon as its wire is there, if it has one."""
        running = stage.program(actor)
        if running.asked or (self.through and not stage.tube(self.through).open):
            return
        running.asked = True
        port = [str(self._port(stage))] if self.listens else []
        words = ["python3", f"{{reference}}/{self.reference}", *self.args, *port]
        argv = [made(stage, actor, item).decode() for item in (self.command or words)]
        yield p.Spawn(actor, argv, terminal=bool(self.reference))

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Wait until it runs and, for a server of ours, listens."""
        running = stage.program(actor)
        failed = running.failed or (stage.tube(self.through).failed if self.through else "")
        if failed == "ENOENT" and self.command:  # a student's machine need not have it
            return Verdict("no_tool", f"not tried: {self.command[0]} is not installed here")
        if failed:
            return Verdict("our_side_failed", f"{actor} could not be run: {failed}")
        if self.listens:
            port = self._port(stage)
            if any(item.port == port for item in running.bound):
                running.port = port
                return DONE
            if running.exited is not None:
                return Verdict("our_side_failed", f"{actor} ended: {ended(running)}")
            return None
        return DONE if running.started else None

    def _door(self, stage: Stage) -> int:
        """Where the student's client looks for it."""
        return stage.client_port or int(self.listens.partition("/")[2])

    def _port(self, stage: Stage) -> int:
        """Where it listens."""
        door = self._door(stage)
        return back_door(stage, door) if self.through else door

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """Say that our side is at fault."""
        del stage
        return Verdict("our_side_failed", f"{actor} did not get ready ({why})")


@verb("types", BOTH, example="client types: hello ${word}", shorthand="text")
class Types(Action, frozen=True):
    """Type a line on the program's keyboard, Enter included. It may be typed before the program
    asks: as at a real terminal it waits until it is read.

    text: what is typed
    enter: whether Enter is pressed after it
    """

    text: Any
    enter: bool = True

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Type it."""
        line = made(stage, actor, self.text) + (b"\n" if self.enter else b"")
        if len(line) > LINE_LIMIT:
            stage.fault = f"a line of {len(line)} bytes is too long to be typed"
        stage.record(actor, "was typed", text(line))
        yield p.Type(actor, text(line))


@verb("closes input", BOTH, example="client closes input")
class ClosesInput(Action, frozen=True):
    """End the program's standard input, as Ctrl-D does."""

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Press Ctrl-D."""
        stage.record(actor, "was told that the input ends")
        yield p.Type(actor, "", end=True)


@verb("stops", BOTH, example="server stops")
class Stops(Action, frozen=True):
    """End the program, as closing its window would: SIGTERM, and wait until it is gone."""

    def begin(self, stage: Stage, actor: str) -> Iterable[p.Command]:
        """Send the signal."""
        running = stage.program(actor)
        if running.started and running.exited is None:
            running.told_to_stop = True
            stage.record(actor, "was told to stop")
            yield p.Stop(actor, 15)

    def judge(self, stage: Stage, actor: str) -> Judgement:
        """Wait for its end."""
        running = stage.program(actor)
        return DONE if running.exited is not None or not running.told_to_stop else None

    def settles(self) -> bool:
        """A signal reaches a program that is blocked."""
        return False

    def expire(self, stage: Stage, actor: str, why: str) -> Done | Verdict:
        """It does not heed the signal."""
        message = f"{whose(stage, actor)} did not end when it was told to (SIGTERM, {why})"
        return Verdict("still_running", message, stuck=stage.stuck)
