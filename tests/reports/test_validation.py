"""The proof as people read it: 80 columns on a terminal, JSON for programs, a page of Markdown."""

from __future__ import annotations

import json

import msgspec

from grader.core.killing import (
    CheckLine,
    Finding,
    ReferenceRun,
    SpecProof,
    Trial,
)
from grader.core.mutation import OPERATORS
from grader.reports.validation import HEAD, proof_json, proof_table
from grader.reports.validation_page import proof_page

LONG = "chat_server.py " + "x" * 90 + ': missing_call: print("\x1b[31mred")'
PROOF = SpecProof(
    "chat",
    "TCP chat",
    100,
    (
        CheckLine("talks", "Talks", "server", 60, samples=2, mutants=1, example="ann: no_reply"),
        CheckLine("ends", "Ends | closes", "server", 40),
    ),
    references=(ReferenceRun("python", 2, 100, 100, ("server",)),),
    trials=(
        Trial("ann", "sample", {"talks": "no_reply"}),
        Trial("m1", "mutant", {"talks": "no_reply"}, "killed", "run_once", place="s.py:3"),
        Trial("m2", "mutant", {}, "noted", "wrong_port"),
        Trial("m3", "mutant", {}, "equivalent", "run_once", why="It is open."),
        Trial(LONG, "mutant", {}, "survived", "missing_call"),
    ),
    outside={"s.py port_from": "No arguments."},
)
SURVIVOR = Finding(
    "survivor", "no check tells it", "list it:", "s.py:9", LONG, "--- a\n+++ b\n-x\n+\x1by"
)


def found(*findings: Finding) -> SpecProof:
    return SpecProof(
        PROOF.assignment,
        PROOF.title,
        PROOF.points,
        PROOF.checks,
        PROOF.references,
        PROOF.trials,
        PROOF.outside,
        findings,
    )


def test_a_sound_spec_is_a_line() -> None:
    head, line, _, end = proof_table([PROOF]).splitlines()
    assert head.split()[1:] == ["checks", "points", "models", "samples", *HEAD[4:]]
    assert HEAD[4:] == ["mutants", "killed", "equal", "alive"]
    assert line.split() == ["chat", "2", "100", "1/1", "1/1", "4", "2", "1", "1"]
    assert end == "1 spec sound, 2 mutants killed"
    assert len(head) <= 80


def test_a_finding_says_where_and_what_next_and_shows_the_mutant_ready_to_be_listed() -> None:
    shown = proof_table([found(SURVIVOR)])
    lines = shown.splitlines()
    assert "  ✗ no check tells it" in lines
    assert "    in s.py:9" in lines
    assert "    → list it:" in lines
    (listed,) = [line.strip() for line in lines if line.strip().startswith('- "')]
    assert json.loads(listed.removeprefix("- ")) == LONG
    assert "\x1b" not in shown
    assert lines[-1] == "1 of 1 spec not sound"
    assert all(len(line) <= 80 for line in lines if LONG[:30] not in line)


def test_a_wrong_sample_counts_as_one_however_much_is_wrong_with_it() -> None:
    wrong = [Finding("sample", key, "mend", "submissions/chat/ann") for key in ("score", "fails")]
    assert "0/1" in proof_table([found(*wrong)]).splitlines()[1]


def test_what_failed_on_our_side_proves_nothing() -> None:
    shown = proof_table([found(Finding("error", "lost", "again", ours=True))])
    assert shown.splitlines()[-1] == "1 trial failed on our side: nothing is proven"


def test_without_mutants_there_are_no_figures_of_them() -> None:
    bare = SpecProof("chat", "", 100, PROOF.checks, mutated=False)
    assert proof_table([bare]).splitlines()[1].split()[-4:] == ["-"] * 4


def test_json_holds_all_of_it() -> None:
    said = json.loads(proof_json([found(SURVIVOR)]))
    assert said["schema"] == "grader/proof/v1"
    (spec,) = said["specs"]
    assert (spec["sound"], round(spec["share"])) == (False, 67)
    assert spec["findings"][0]["name"] == LONG
    assert [trial["fate"] for trial in spec["trials"]].count("killed") == 2


def test_the_page_has_the_matrix_the_reasons_and_every_mistake() -> None:
    page = proof_page([PROOF])
    assert "| [chat](#chat) | 2 | 100 | 1 | 1 | 4 | 2 | 1 | 1 |" in page
    assert "| 1 | `talks` | 60 | 2 | 1 | `ann: no_reply` |" in page
    rows = {line.split()[0]: line.split() for line in page.splitlines() if " |  " in line}
    assert rows["run_once"][1:] == ["2", "1", "1", "|", "1", "·"]
    assert rows["wrong_port"][1:] == ["1", "1", "0", "|", "·", "·"]
    assert "1 of them: It is open." in page
    assert "none made in `s.py port_from`: No arguments." in page
    for name in OPERATORS:
        assert f"| `{name}` |" in page
    assert page == proof_page([PROOF])


def test_a_quick_proof_says_that_its_columns_are_not_the_whole_story() -> None:
    quick = msgspec.structs.replace(PROOF, whole=False)
    assert "quick proof" in proof_page([quick])
    assert "quick proof" not in proof_page([msgspec.structs.replace(PROOF, whole=True)])
