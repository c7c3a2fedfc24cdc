"""Who may do what, and when: roles, groups, and the order of a check's steps.

A name under `programs` is the student's; `source` is the student's files; any other actor is
ours, and its first verb tells what it is. Nothing is said to a program before it starts, nor on
a scripted server's connection before it is accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from grader.core.model import SOURCE, Program
from grader.core.verbs import VERBS, Role
from grader.loading.checks import Draft
from grader.loading.errors import LoadError, nearest, one_of
from grader.loading.nodes import Document
from grader.loading.steps import Line

WORDS = {
    Role.PROGRAM: "a student's program",
    Role.CLIENT: "a TCP connection of ours",
    Role.UDP: "a UDP socket of ours",
    Role.HOST: "a scripted server of ours",
    Role.COMMAND: "a program of ours",
    Role.WIRE: "a network of ours",
    Role.BROWSER: "a browser of ours",
    Role.SOURCE: "the student's source files",
}
STREAMED = frozenset({"pieces", "each_byte", "pause", "only"})  # options that TCP alone has
WHOLE = frozenset({"twice", "each_of", "from_anywhere"})  # … and UDP


@dataclass
class _Scene:
    """What is known so far while a check's steps are gone through."""

    document: Document
    draft: Draft
    programs: dict[str, Program]
    started: set[str] = field(default_factory=set)
    roles: dict[str, Role] = field(default_factory=dict)
    datagrams: set[str] = field(default_factory=set)  # hosts that listen on UDP
    accepted: set[str] = field(default_factory=set)
    served: bool = False  # somebody to connect to is there

    def wrong(self, line: Line, message: str, suggestion: str = "") -> LoadError:
        return self.document.error(message, line.mark, path=line.path, suggestion=suggestion)


def check_cast(document: Document, draft: Draft, programs: list[Program]) -> Iterator[LoadError]:
    """Go through a check's steps and yield what cannot be played."""
    scene = _Scene(document, draft, {item.name: item for item in programs})
    groups = draft.check.groups
    for name in groups:
        if name in scene.programs or name == SOURCE:
            node = draft.at("groups")
            yield document.error(
                f'"{name}" is the student\'s and cannot be a group', node.marks[name]
            )
    for line in draft.lines:
        error = _group(scene, line) or _role(scene, line) or _order(scene, line)
        error = error or _transport(scene, line)
        if error:
            yield error
    used = {line.name for line in draft.lines}
    for name in groups:
        if name not in used:
            node = draft.at("groups")
            hint = nearest(name, used - set(scene.programs))
            yield document.error(
                f'no step is done by the group "{name}"', node.marks[name], suggestion=hint
            )


def _group(scene: _Scene, line: Line) -> LoadError | None:
    """A number or `backwards` needs a group, and the number a member."""
    name, groups = line.name, scene.draft.check.groups
    if line.step.actor == name:
        return None
    if name not in groups:
        return scene.wrong(
            line,
            f'"{name}" is not a group',
            nearest(name, groups) or f"declare it: `groups: {{{name}: 5}}`",
        )
    if "#" in line.step.actor and not 1 <= line.member <= groups[name]:
        return scene.wrong(line, f'"{name}" has the members #1 to #{groups[name]}')
    return None


def _role(scene: _Scene, line: Line) -> LoadError | None:
    """The verb must be one for what the actor is."""
    name, verb = line.name, line.verb
    if name in scene.programs or name == SOURCE:
        role = Role.PROGRAM if name in scene.programs else Role.SOURCE
        if role not in verb.roles:
            can = sorted(item.name for item in VERBS.values() if role in item.roles)
            what = f"is {WORDS[role]}"
            hint = f"it can: {', '.join(can)}"
            if verb.makes:
                hint = "give an actor of ours another name"
            return scene.wrong(line, f'"{name}" {what}, which cannot "{verb.name}"', hint)
        return None
    if name not in scene.roles:
        if verb.makes is None:
            return _stranger(scene, line)
        scene.roles[name] = verb.makes
    role = scene.roles[name]
    if role not in verb.roles:
        can = sorted(item.name for item in VERBS.values() if role in item.roles)
        return scene.wrong(
            line,
            f'"{name}" is {WORDS[role]}, which cannot "{verb.name}"',
            f"it can: {', '.join(can)}",
        )
    return None


def _stranger(scene: _Scene, line: Line) -> LoadError:
    known = [*scene.programs, *scene.roles]
    if SOURCE not in known and Role.SOURCE in line.verb.roles:
        known.append(SOURCE)
    beginnings = sorted(item.name for item in VERBS.values() if item.makes)
    return scene.wrong(
        line,
        f'nobody is called "{line.name}" yet',
        nearest(line.name, known) or f"an actor of ours first {one_of(beginnings)}",
    )


def _order(scene: _Scene, line: Line) -> LoadError | None:
    """Some things come first."""
    name, verb = line.name, line.verb
    if name in scene.programs:
        if verb.name == "starts":
            scene.started.add(name)
            scene.served = scene.served or scene.programs[name].listens is not None
        elif name not in scene.started:
            return scene.wrong(
                line, f'"{name}" was not started yet', f"put `- {name} starts` first"
            )
        return None
    role = scene.roles.get(name)
    if role is Role.HOST:
        return _host(scene, line)
    if role is Role.COMMAND and verb.makes:
        scene.served = scene.served or bool(line.options.get("listens"))
    elif _needs_server(role, line) and not scene.served:
        servers = [item.name for item in scene.programs.values() if item.listens]
        hint = f"put `- {servers[0]} starts` first" if servers else ""
        return scene.wrong(line, "there is no server to connect to yet", hint)
    return None


def _transport(scene: _Scene, line: Line) -> LoadError | None:
    """Some options mean nothing on the other transport."""
    role = scene.roles.get(line.name)
    if role not in {Role.CLIENT, Role.UDP, Role.HOST} or line.verb.makes:
        return None
    udp = role is Role.UDP or line.name in scene.datagrams
    wrong = next((name for name in line.options if name in (STREAMED if udp else WHOLE)), "")
    if not wrong:
        return None
    return scene.wrong(
        line, f'"{wrong}" is for {"TCP" if udp else "UDP"}, and "{line.name}" speaks the other'
    )


def _needs_server(role: Role | None, line: Line) -> bool:
    """Tell whether a step opens a connection to the student's server."""
    anywhere_else = role is Role.CLIENT and line.options
    return bool(role in {Role.CLIENT, Role.BROWSER} and line.verb.makes and not anywhere_else)


def _host(scene: _Scene, line: Line) -> LoadError | None:
    name, verb = line.name, line.verb
    if verb.makes:
        scene.served = True
        scene.accepted.discard(name)
        at = line.options.get("at")
        if at is not None and at.text.startswith("udp"):
            scene.datagrams.add(name)
        return None
    if name in scene.datagrams:
        if Role.UDP not in verb.roles:
            return scene.wrong(
                line, f'"{name}" listens on UDP, where there is no connection to "{verb.name}"'
            )
    elif verb.name == "accepts":
        scene.accepted.add(name)
    elif name not in scene.accepted:
        return scene.wrong(line, f'"{name}" has no connection yet', f"put `- {name} accepts` first")
    return None
