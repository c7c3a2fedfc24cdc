"""What `grade validate` shows on a terminal: a line a spec, then what is to be mended.

Plain text of 80 columns; colour is added around finished lines, only when asked for.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec

from grader.core.killing import Finding, SpecProof
from grader.reports.escape import row, terminal
from grader.reports.layout import number, pad, plural, wrap
from grader.reports.terminal import WIDTH, paint

HEAD = ["checks", "points", "models", "samples", "mutants", "killed", "equal", "alive"]
SIZES = [6, 6, 6, 7, 7, 6, 5, 5]
NAME = WIDTH - sum(SIZES) - len(SIZES) * 2
DIFF = 24  # lines of a diff that are shown


def proof_table(proofs: Sequence[SpecProof], *, colour: bool = False) -> str:
    """Return the table of the specs and, below it, what was found."""
    shown = [paint(_line("spec", HEAD), "head", colour=colour)]
    for proof in proofs:
        line = _line(terminal(proof.assignment), _figures(proof))
        kind = "pass" if not proof.findings else "skip" if proof.sound else "fail"
        shown.append(paint(line, kind, colour=colour))
    for proof in proofs:
        if proof.findings:
            shown += ["", paint(terminal(proof.assignment), "head", colour=colour)]
        for finding in proof.findings:
            shown += _told(finding, colour=colour)
    return "\n".join([*shown, "", *_ending(proofs, colour=colour)])


def _line(name: str, figures: list[str]) -> str:
    cells = [pad(text, size, right=True) for text, size in zip(figures, SIZES, strict=True)]
    return "  ".join([pad(name, NAME), *cells])


def _figures(proof: SpecProof) -> list[str]:
    bad = {item.place.rpartition("/")[2] for item in proof.findings if item.code == "sample"}
    samples = len(proof.of("sample"))
    full = sum(run.score >= run.max_score for run in proof.references)
    dead = len(proof.of("mutant", "killed", "noted"))
    made = len(proof.of("mutant"))
    mutants = [made, dead, len(proof.of("mutant", "equivalent")),
               len(proof.of("mutant", "survived"))]  # fmt: skip
    return [
        str(len(proof.checks)),
        number(proof.points),
        f"{full}/{len(proof.references)}",
        f"{samples - len(bad)}/{samples}",
        *(str(figure) if proof.mutated else "-" for figure in mutants),
    ]


def _told(finding: Finding, *, colour: bool) -> list[str]:
    """Tell a finding: what, where, what next, and the mutant's difference."""
    mark, kind = ("✗", "fail") if finding.grave else ("–", "skip")  # noqa: RUF001 - a dash
    if finding.ours:
        mark, kind = "!", "error"
    head = wrap(f"{mark} {terminal(finding.what)}", WIDTH - 2, "    ", "  ")
    shown = [paint(line, kind, colour=colour) for line in head]
    if finding.place:
        shown.append(f"    in {terminal(finding.place)}")
    shown += wrap(f"→ {terminal(finding.then)}", WIDTH - 2, "      ", "    ")
    if finding.name:
        # Never wrapped: it is there to be copied. JSON's quotes are YAML's, too.
        shown.append(f"      - {json.dumps(finding.name, ensure_ascii=False)}")
    lines = finding.diff.splitlines()[2:]
    shown += [f"      {row(line)}" for line in lines[:DIFF]]
    return shown


def _ending(proofs: Sequence[SpecProof], *, colour: bool) -> list[str]:
    ours = sum(item.ours for proof in proofs for item in proof.findings)
    bad = sum(not proof.sound for proof in proofs)
    if ours:
        words = f"{plural(ours, 'trial')} failed on our side: nothing is proven"
        return [paint(words, "error", colour=colour)]
    if bad:
        words = f"{bad} of {plural(len(proofs), 'spec')} not sound"
        return [paint(words, "fail", colour=colour)]
    dead = sum(len(proof.of("mutant", "killed", "noted")) for proof in proofs)
    words = f"{plural(len(proofs), 'spec')} sound, {plural(dead, 'mutant')} killed"
    return [paint(words, "pass", colour=colour)]


def proof_json(proofs: Sequence[SpecProof]) -> str:
    """Return all of it as JSON: `{"schema": "grader/proof/v1", "specs": […]}`."""
    specs = [
        {
            **msgspec.to_builtins(proof),
            "sound": proof.sound,
            "share": round(proof.share, 2),
        }
        for proof in proofs
    ]
    body = msgspec.json.encode({"schema": "grader/proof/v1", "specs": specs})
    return msgspec.json.format(body, indent=1).decode()
