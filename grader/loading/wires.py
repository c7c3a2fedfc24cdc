"""What must hold for a wire: it is there before somebody goes through it, somebody does, its
faults name datagrams that can be, and a check that loses data says what a correct program does.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.core.model import Program
from grader.core.verbs import Role
from grader.core.wires import FATES
from grader.loading.checks import Draft
from grader.loading.errors import LoadError, nearest
from grader.loading.nodes import Document, Node
from grader.loading.steps import Line

MOST_LATE = 5.0  # seconds: less than a step waits


def check_wires(document: Document, draft: Draft, programs: list[Program]) -> Iterator[LoadError]:
    """Yield what is wrong with a check's wires and who goes through them."""
    wires: dict[str, Line] = {}
    used: set[str] = set()
    behind: set[str] = set()  # servers of ours
    served = False
    for line in draft.lines:
        if line.verb.makes is Role.WIRE:
            if line.name in wires:
                yield _wrong(document, line, f'"{line.name}" relays already')
            wires[line.name] = line
            yield from _faults(document, draft, line)
        listens = [item.name for item in programs if item.listens]
        served = served or (line.name in listens and line.verb.name == "starts")
        through = line.options.get("through")
        if through is not None:
            used.add(through.text)
            behind |= {line.name} if "at" in line.options else set()
            yield from _passage(document, line, through, wires, served=served)
        if "from_port" in line.options and line.name in behind:
            message = "behind a wire clients come from other ports than their own"
            yield _wrong(document, line, message)
    for name, line in wires.items():
        if name not in used:
            hint = f"write `alice opens: {{through: {name}}}`, for example"
            yield _wrong(document, line, f'nobody goes through "{name}"', hint)


def _passage(
    document: Document, line: Line, node: Node, wires: dict[str, Line], *, served: bool
) -> Iterator[LoadError]:
    """Somebody goes through a wire."""
    path = (*line.path, "through")
    if node.text not in wires:
        hint = nearest(node.text, wires) or f"put `- {node.text} relays` first"
        message = f'no wire is called "{node.text}" yet'
        yield document.error(message, node.mark, path=path, suggestion=hint)
    at = line.options.get("at") or line.options.get("listens")
    if at is not None and at.text.startswith("tcp"):
        message = "a wire carries datagrams, and this is TCP"
        hint = "TCP is made to misbehave by `sends` (pieces, pause, only) and `resets`"
        yield document.error(message, node.mark, path=path, suggestion=hint)
    if at is None and not served:
        message = "there is no server of the student's to go to yet"
        yield document.error(
            message, node.mark, path=path, suggestion="put `- server starts` first"
        )


def _faults(document: Document, draft: Draft, line: Line) -> Iterator[LoadError]:
    loses = False
    for way, node in line.options.items():
        path = (*line.path, way)
        loses = loses or "loses" in node.fields
        struck: dict[int, str] = {}
        for fate in FATES:
            below = node.fields.get(fate)
            for item in (below.items or [below]) if below else []:
                if problem := _position(item, fate, struck, alone=item is below):
                    yield document.error(problem, item.mark, path=(*path, fate))
        delay = node.fields.get("delay")
        faults = getattr(line.step.action, way)
        if delay is not None and not 0 < faults.delay <= MOST_LATE:
            message = f"delay is more than 0 and at most {MOST_LATE:g}s"
            yield document.error(message, delay.mark, path=(*path, "delay"))
        if delay is not None and "delays" not in node.fields:
            hint = "name the datagrams: `delays: [1]`"
            message = "a delay without anything that is delayed"
            yield document.error(message, delay.mark, path=(*path, "delay"), suggestion=hint)
    if loses and not draft.check.hint.strip():
        message = "a check that loses data says in its `hint` what a correct program does then"
        yield _wrong(document, line, message)


def _position(node: Node, fate: str, struck: dict[int, str], *, alone: bool) -> str:
    """Say what is wrong with a datagram's number, or a share of them."""
    if isinstance(node.value, float):
        return "" if 0 < node.value < 1 else f"{fate}: a share is between 0 and 1, as 0.3"
    if not isinstance(node.value, int):
        return ""  # an empty list
    if alone:
        return f"{fate}: numbers of datagrams are a list, as [{node.value}]; a share is as 0.3"
    if node.value < 1:
        return f"{fate}: datagrams are counted from 1"
    if node.value in struck:
        return f"datagram {node.value} has a fate already: `{struck[node.value]}`"
    struck[node.value] = fate
    return ""


def _wrong(document: Document, line: Line, message: str, suggestion: str = "") -> LoadError:
    return document.error(message, line.mark, path=line.path, suggestion=suggestion)
