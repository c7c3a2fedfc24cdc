"""The page of the proof, in Markdown: every spec's kill matrix, and how equivalents are written.

It holds no times and no dates, so the same specs and programs give the same page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from grader.core.killing import SpecProof
from grader.core.mutation import OPERATORS
from grader.reports.escape import block, code, prose
from grader.reports.layout import number

HEAD = """\
<!-- Made by `make validate`; change the specs, samples and lists, not this page. -->

# Proof that the specs are sound

`grade validate` holds every spec to what it is there for: right programs score full, wrong ones
do not, and each check has a program that fails it. Right programs are the model solutions, in
every language; wrong ones are the samples, whose `expected.yml` says what must come out, and
mutants: the model solutions in Python with one mistake each, as students make them. What they say
on stderr is left alone: that is for whoever runs them, and no assignment asks for it.

A mutant is **killed** when a check fails or points are lost. A note alone does not kill, unless
the mistake is a deviation that is accepted with a note on purpose (another port, bound to
127.0.0.1 only, a newline or a NUL too many): then the note counts. Mutants that behave as the
assignment asks are **equal** to a right program; each is listed with the reason.
"""

QUICK = """\
**This is a quick proof.** Each mutant was tried until its first check failed, the lists of equal
ones were believed: a mutant counts for one check, and which one may differ from run to run. A
0 in that column does not mean that no mutant fails the check. `make validate` tries them all.
"""

EQUIVALENTS = """\
## Mutants that are no mistakes

A mutant that no check kills is shown with its difference. A check is missing, or the model solution
does what nobody asked for and is better off without it, or the mutant behaves the same, or else the
assignment leaves open what it changed. In the last two cases its name goes into
`specs/equivalents/<assignment>.yml` as it was shown, with the reason, which says what is the same,
or what is open:

```yaml
equivalents:
  - reason: Open - what the server prints when it is ready.
    mutants:
      - 'echo_server.py main: missing_call: print("ready")'
outside:                 # functions that no mutant is made in
  - reason: The assignment gives its programs no arguments.
    functions: [echo_server.py port_from]
```

The name is made of the file, the function, the mistake and the text of the line (with `#2` for the
second such place), so that changes elsewhere do not matter. An entry that no mutant fits any more
is an error, which shows without running anything (`--load-only`); so is one whose mutant is killed,
which only a whole proof can tell.
"""


def proof_page(proofs: Sequence[SpecProof]) -> str:
    """Return the page."""
    quick = not all(proof.whole for proof in proofs)
    parts = [HEAD, *([QUICK] if quick else []), _overview(proofs)]
    for proof in proofs:
        parts += [_spec(proof)]
    return "\n".join([*parts, _mistakes(), EQUIVALENTS])


def _overview(proofs: Sequence[SpecProof]) -> str:
    rows = [
        "| spec | checks | points | model solutions | samples | mutants | killed | equal | alive |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for proof in proofs:
        dead, equal = proof.of("mutant", "killed", "noted"), proof.of("mutant", "equivalent")
        figures = [
            len(proof.checks),
            number(proof.points),
            len(proof.references),
            len(proof.of("sample")),
            len(proof.of("mutant")),
            len(dead),
            len(equal),
            len(proof.of("mutant", "survived")),
        ]
        name = f"[{prose(proof.assignment)}](#{proof.assignment})"
        rows.append(f"| {name} | {' | '.join(map(str, figures))} |")
    return "\n".join([*rows, ""])


def _spec(proof: SpecProof) -> str:
    rows = [
        f"## {proof.assignment}",
        "",
        f"{prose(proof.title)}. Model solutions: {_references(proof)}.",
        "",
        "| # | check | points | samples | mutants | for example |",
        "|--:|---|--:|--:|--:|---|",
    ]
    for index, line in enumerate(proof.checks, 1):
        example = code(line.example.replace("|", "¦")) if line.example else ""
        rows.append(
            f"| {index} | {code(line.id)} | {number(line.points)} | {line.samples} "
            f"| {line.mutants} | {example} |"
        )
    return "\n".join([*rows, "", *_matrix(proof), *_equal(proof)])


def _references(proof: SpecProof) -> str:
    return ", ".join(
        f"{prose(run.name)} {number(run.score)} of {number(run.max_score)}"
        for run in proof.references
    )


def _matrix(proof: SpecProof) -> list[str]:
    """Draw mistakes against checks: how many mutants of a mistake fail each check."""
    if not proof.mutated:
        return []
    made = Counter(trial.operator for trial in proof.of("mutant"))
    names = [name for name in OPERATORS if name in made]
    wide = max((len(name) for name in names), default=0)
    heads = [f"{index:>3}" for index, _ in enumerate(proof.checks, 1)]
    rows = [f"{'':{wide}} made killed equal |{''.join(heads)}"]
    for name in names:
        trials = [trial for trial in proof.of("mutant") if trial.operator == name]
        fates = Counter(trial.fate for trial in trials)
        hits = [sum(line.id in trial.fails for trial in trials) for line in proof.checks]
        cells = "".join(f"{hit or '·':>3}" for hit in hits)
        dead = fates["killed"] + fates["noted"]
        rows.append(f"{name:{wide}} {made[name]:>4} {dead:>6} {fates['equivalent']:>5} |{cells}")
    return ["Mistakes and the checks (by number) that fail them:", "", block(rows), ""]


def _equal(proof: SpecProof) -> list[str]:
    """List why mutants are equal, and which functions are left alone."""
    reasons = Counter(trial.why for trial in proof.of("mutant", "equivalent"))
    lines = [f"- {count} of them: {prose(reason)}" for reason, count in reasons.items()]
    alone: dict[str, list[str]] = {}
    for name, reason in proof.outside.items():
        alone.setdefault(reason, []).append(code(name))
    lines += [f"- none made in {', '.join(names)}: {prose(why)}" for why, names in alone.items()]
    return ["Equal to a right program:", "", *lines, ""] if lines else []


def _mistakes() -> str:
    rows = ["## The mistakes", "", "| mistake | what it is |", "|---|---|"]
    rows += [f"| {code(item.name)} | {prose(item.means)} |" for item in OPERATORS.values()]
    return "\n".join([*rows, ""])
