"""What must hold between the checks of a spec: ids, needs, points; and the implied builds.

Every program gets a check that it is there and compiles, unless the spec has one, in front and
worth nothing; every check needs the builds of the programs that take part in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from grader.core.model import Check, Program, only_source
from grader.loading.checks import Draft
from grader.loading.errors import LoadError, nearest
from grader.loading.nodes import Document, Node
from grader.loading.rows import DraftRow


def check_ids(drafts: list[Draft], rows: list[DraftRow]) -> Iterator[LoadError]:
    """Ids are unique, those of included files and of the rubric too."""
    seen: dict[str, Draft | DraftRow] = {}
    everything: list[Draft | DraftRow] = [*drafts, *rows]
    for draft in everything:
        name = draft.id
        if name in seen:
            first = seen[name]
            where = "" if first.document is draft.document else f" of {first.document.file}"
            yield draft.document.error(
                f'the id "{name}" is there twice',
                draft.at("id").mark,
                path=draft.path,
                suggestion=f"the first is on line {first.at('id').mark.line}{where}",
            )
        seen.setdefault(name, draft)


def check_points(document: Document, drafts: list[Draft], node: Node) -> Iterator[LoadError]:
    """There is something to be had."""
    if drafts and not sum(item.check.points for item in drafts if not item.check.extra_credit):
        yield document.error(
            "zero points: no check of this spec is worth anything",
            node.mark,
            path=("checks",),
            suggestion="give at least one check `points` (extra credit does not count)",
        )


def with_builds(drafts: list[Draft], programs: list[Program]) -> list[Check]:
    """Return the checks in order, builds in front, each needing the builds it depends on."""
    builds = {item.check.builds: item.check.id for item in reversed(drafts) if item.check.builds}
    implied: list[Check] = []
    taken = {item.check.id: item for item in drafts}
    for program in programs:
        if program.name in builds:
            continue
        name = f"{program.name}_builds"
        if name in taken:
            raise taken[name].document.error(
                f'the id "{name}" is kept for the check that {program.name} compiles',
                taken[name].at("id").mark,
                path=taken[name].path,
                suggestion=f"rename it, or make it that check with `builds: {program.name}`",
            )
        builds[program.name] = name
        title = f"Your {program.name} is there and can be run"
        implied.append(Check(id=name, title=title, program=program.name, builds=program.name))
    return implied + [_needing(draft, builds) for draft in drafts]


def _needing(draft: Draft, builds: Mapping[str, str]) -> Check:
    check = draft.check
    if check.builds:
        return check
    actors = dict.fromkeys([*draft.actors, *([] if only_source(check) else [check.program])])
    first = [builds[name] for name in actors if name in builds]
    needs = tuple(dict.fromkeys([*first, *check.needs]))
    return msgspec.structs.replace(check, needs=needs)


def check_needs(drafts: list[Draft], checks: list[Check]) -> Iterator[LoadError]:
    """Needs name checks that exist, and do not go round in a circle."""
    known = [check.id for check in checks]
    for draft in drafts:
        needs = draft.node.fields.get("needs")
        for node in (needs.items or [needs]) if needs else []:
            if node.scalar and node.text and node.text not in known:
                yield draft.document.error(
                    f'no check is called "{node.text}"',
                    node.mark,
                    path=(*draft.path, "needs"),
                    suggestion=nearest(node.text, known) or f"checks are {', '.join(known)}",
                )
    cycle = find_cycle({check.id: check.needs for check in checks})
    if cycle:
        draft = next(draft for draft in drafts if draft.check.id in cycle)
        yield draft.document.error(
            f"checks need each other in a circle: {' → '.join(cycle)}",
            draft.at("needs").mark,
            suggestion="take one of these needs out",
        )


def find_cycle(needs: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return a circle of needs, its first member again at the end; empty if there is none."""
    done: set[str] = set()
    for start in needs:
        trail: list[str] = []
        stack = [iter([start])]
        while stack:
            name = next(stack[-1], None)
            if name is None:
                stack.pop()
                if trail:
                    done.add(trail.pop())
            elif name in trail:
                return [*trail[trail.index(name) :], name]
            elif name not in done and name in needs:
                trail.append(name)
                stack.append(iter(needs[name]))
    return []
