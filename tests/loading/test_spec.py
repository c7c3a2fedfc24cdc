"""A spec's file becomes a `Spec`, or a list of what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.core.model import Endpoint, Spec
from grader.loading.errors import LoadError, LoadErrors
from grader.loading.spec import load_spec, load_specs

ROOT = Path(__file__).resolve().parents[2]
Load = Callable[[str], Spec]
Wrong = Callable[[str], list[LoadError]]
ONE = "- {id: a, title: A, points: 5, steps: [server starts]}\n"
WHOLE = """\
assignment: t
title: A title
programs:
  server: {entry: ["*srv*", main], listens: tcp/1060, args: -p 1060 "a b"}
  client: {connects: udp/12000}
deductions: {port: 2.5, reset: 0}
checks:
  - id: talks
    title: Talks
    points: 10
    hint: Look.
    visibility: after_due
    extra_credit: false
    retries: 2
    within: 2500ms
    hide_expected: true
    let: {greeting: "hi ${word}", big: {random_text: 30}, n: 007}
    cases:
      - {title: small, let: {size: 1}}
      - {let: {size: 1.50}}
    groups: {crowd: 3}
    steps:
      - server starts
      - crowd connects
      - crowd backwards sends: "${greeting} {n} ${size}"
      - crowd#2 expects: {contains: "${upper:greeting}", within: 1s}
  - {id: bonus, title: B, points: 5, extra_credit: true, needs: talks, steps: [client starts]}
"""


def test_everything_a_spec_can_say_arrives_in_the_model(load: Load) -> None:
    spec = load(WHOLE)
    assert (spec.assignment, spec.title) == ("t", "A title")
    assert spec.deductions == {"port": 2.5, "reset": 0}
    server, client = spec.programs
    assert server.entry == ("*srv*", "main")
    assert server.args == ("-p", "1060", "a b")
    assert server.listens == Endpoint("tcp", 1060)
    assert (client.entry, client.connects) == (("*client*",), Endpoint("udp", 12000))
    server_builds, client_builds, talks, bonus = spec.checks
    assert (server_builds.id, server_builds.builds, server_builds.points) == (
        "server_builds",
        "server",
        0,
    )
    assert client_builds.program == "client"
    assert (talks.points, talks.hint, talks.visibility) == (10, "Look.", "after_due")
    assert (talks.retries, talks.within, talks.hide_expected) == (2, 2.5, True)
    assert talks.let == {"greeting": "hi ${word}", "big": {"random_text": 30}, "n": "007"}
    assert [(case.title, case.let) for case in talks.cases] == [
        ("small", {"size": "1"}),
        ("", {"size": "1.50"}),
    ]
    assert (talks.groups, talks.program, talks.needs) == (
        {"crowd": 3},
        "server",
        ("server_builds",),
    )
    assert [step.actor for step in talks.steps] == ["server", "crowd", "crowd backwards", "crowd#2"]
    assert (bonus.program, bonus.needs) == ("client", ("client_builds", "talks"))
    assert spec.max_score == 10
    assert spec.source.endswith("t.yml")


@pytest.mark.parametrize("path", sorted((ROOT / "specs").glob("*.yml")), ids=lambda path: path.stem)
def test_the_specs_of_the_house_load_and_are_worth_a_hundred(path: Path) -> None:
    spec = load_spec(path)
    assert spec.max_score == 100
    assert spec.assignment == path.stem


def test_a_check_of_both_programs_is_about_the_one_that_starts_first(load: Load) -> None:
    spec = load("- {id: a, title: A, points: 1, steps: [client starts, server starts]}\n")
    assert spec.checks[-1].program == "client"
    assert spec.checks[-1].needs == ("client_builds", "server_builds")
    spec = load(
        "- {id: a, title: A, points: 1, program: server, steps: [client starts, server starts]}\n"
    )
    assert spec.checks[-1].program == "server"


def test_a_builds_check_of_ones_own_takes_the_place_of_the_implied_one(load: Load) -> None:
    spec = load(ONE + "- {id: compiles, title: C, points: 1, builds: server}\n")
    assert [check.id for check in spec.checks] == ["client_builds", "a", "compiles"]
    assert spec.checks[1].needs == ("compiles",)
    assert spec.checks[2].program == "server"


def test_the_digest_covers_the_file_and_its_fixtures(tmp_path: Path) -> None:
    path = tmp_path / "t.yml"
    head = "assignment: t\nprograms: {server: {listens: tcp/1}}\nchecks:\n"
    path.write_text(f"{head}- {{id: a, title: A, points: 5, files: f, steps: [server starts]}}\n")
    folder = tmp_path / "fixtures" / "t"
    folder.mkdir(parents=True)
    (folder / "f").write_bytes(b"one")
    first = load_spec(path)
    assert first.fixtures == {"f": b"one"}
    assert first.checks[-1].files == ("f",)
    assert load_spec(path).digest == first.digest
    (folder / "f").write_bytes(b"two")
    second = load_spec(path)
    assert second.digest != first.digest
    with path.open("a") as file:
        file.write("# a word\n")
    assert load_spec(path).digest != second.digest


HEAD = "assignment: t\nprograms: {server: {listens: tcp/1060}}\n"


@pytest.mark.parametrize(
    ("text", "place", "message", "suggestion"),
    [
        ("", (1, 1), "a spec has keys: assignment", ""),
        ("just text", (1, 1), "a spec has keys: assignment", ""),
        (f"{HEAD}check: []\n", (3, 1), 'unknown key "check" in a spec', 'did you mean "checks"?'),
        (HEAD, (1, 1), 'the spec lacks the key "checks"', ""),
        ("programs: {s: {listens: tcp/1}}\nchecks: []\n", (1, 1), 'lacks the key "assignment"', ""),
        (f"{HEAD}checks: []\n", (3, 9), "checks is a list with at least one check", ""),
        (f"{HEAD}checks: {{}}\n", (3, 9), "checks is a list with at least one check", ""),
        (
            f"{HEAD.replace(': t', ': u', 1)}checks:\n{ONE}",
            (1, 13),
            'the assignment "u" is in a file called t.yml',
            "call the file u.yml, or the assignment t",
        ),
        (
            f"{HEAD.replace(': t', ': T T', 1)}checks:\n{ONE}",
            (1, 13),
            '"T T" cannot be the name',
            "lower-case",
        ),
        (
            f"{HEAD.replace(': t', ': [t]', 1)}checks:\n{ONE}",
            (1, 13),
            "assignment: expected a text, got a list",
            "",
        ),
        (
            f"{HEAD}deductions: {{port: -1}}\nchecks:\n{ONE}",
            (3, 20),
            "port: a deduction is the number of points taken, not -1",
            "",
        ),
        (f"{HEAD}deductions: {{prot: 1}}\nchecks:\n{ONE}", (3, 14), '"deductions"', "port"),
        (
            f"{HEAD}deductions: 5\nchecks:\n{ONE}",
            (3, 13),
            "deductions are points by deviation",
            "write it as `deductions: {port: 5}`",
        ),
        (
            f"{HEAD}deductions: {{port: much}}\nchecks:\n{ONE}",
            (3, 20),
            "port: expected a number, got a text ('much')",
            "",
        ),
        (
            "assignment: t\nprograms: []\nchecks:\n" + ONE,
            (2, 11),
            "programs name what is handed in",
            "for example `server:",
        ),
        (
            "assignment: t\nprograms: {Server: {listens: tcp/1}}\nchecks:\n" + ONE,
            (2, 12),
            '"Server" cannot be the name of a program',
            "lower-case",
        ),
        (
            "assignment: t\nprograms: {source: {listens: tcp/1}}\nchecks:\n" + ONE,
            (2, 12),
            '"source" cannot be the name of a program',
            "stands for the files",
        ),
        (
            "assignment: t\nprograms: {server: {}}\nchecks:\n" + ONE,
            (2, 12),
            'program "server" has one of `listens`',
            "listens: tcp/1060",
        ),
        (
            "assignment: t\nprograms: {server: {listens: tcp/1, connects: tcp/1}}\nchecks:\n" + ONE,
            (2, 12),
            'program "server" has one of `listens`',
            "",
        ),
        (
            "assignment: t\nprograms: {server: {listen: tcp/1}}\nchecks:\n" + ONE,
            (2, 21),
            'unknown key "listen" in "server"',
            'did you mean "listens"?',
        ),
        (
            "assignment: t\nprograms: {server: 1060}\nchecks:\n" + ONE,
            (2, 20),
            "server: expected keys (entry, listens, connects, loopback, args)",
            "",
        ),
        *(
            (
                f"assignment: t\nprograms: {{server: {{listens: {port}}}}}\nchecks:\n" + ONE,
                (2, 30),
                f'"{port}" is no endpoint',
                "tcp/1060",
            )
            for port in ("1060", "tcp:1060", "tcp/0", "tcp/65536", "sctp/9", "TCP/1")
        ),
        (
            'assignment: t\nprograms: {server: {listens: tcp/1, args: "\'"}}\nchecks:\n' + ONE,
            (2, 43),
            "a quote is not closed",
            "",
        ),
    ],
)
def test_a_wrong_head_is_told_where_it_is(
    wrong: Wrong, text: str, place: tuple[int, int], message: str, suggestion: str
) -> None:
    found = wrong(text)[0]
    assert ((found.line, found.column), found.message) == (place, found.message)
    assert message in found.message
    assert suggestion in found.suggestion
    assert f"t.yml:{place[0]}:{place[1]}: " in str(found)


@pytest.mark.parametrize(
    ("check", "column", "message", "suggestion"),
    [
        ("3", 3, "a check has keys", ""),
        ("{title: A, steps: [server starts]}", 3, 'lacks the key "id"', ""),
        ("{id: a, steps: [server starts]}", 3, 'lacks the key "title"', ""),
        ("{id: a, title: A}", 3, "this check does nothing", "give it `steps`"),
        ("{id: a, title: A, steps: []}", 28, "steps is a list with at least one step", ""),
        ("{id: a, title: A, steps: server starts}", 28, "steps is a list", ""),
        (
            "{id: a, title: A, builds: server, steps: [server starts]}",
            44,
            "has `steps` or `builds`, not both",
            "",
        ),
        ("{id: A b, title: A, steps: [server starts]}", 8, '"A b" cannot be an id', "lower-case"),
        ('{id: a, title: "", steps: [server starts]}', 18, "the title is empty", ""),
        ("{id: a, title: A, step: [server starts]}", 21, "unknown key", 'did you mean "steps"?'),
        ("{id: a, title: A, colour: red}", 21, 'unknown key "colour" in a check', "known are id,"),
        ("{id: a, title: A, points: -1, steps: [server starts]}", 29, "cannot be negative", ""),
        ("{id: a, title: A, points: ten, steps: [server starts]}", 29, "expected a number", ""),
        ("{id: a, title: A, points: .nan, steps: [server starts]}", 29, "expected a number", ""),
        ("{id: a, title: A, points: true, steps: [server starts]}", 29, "expected a number", ""),
        (
            "{id: a, title: A, retries: 9, steps: [server starts]}",
            30,
            "retries are from 0 to 5",
            "",
        ),
        ("{id: a, title: A, retries: 1.5, steps: [server starts]}", 30, "a whole number", ""),
        ("{id: a, title: A, within: 0, steps: [server starts]}", 29, "within is more than 0", ""),
        ("{id: a, title: A, within: soon, steps: [server starts]}", 29, "a time such as 2s", ""),
        (
            "{id: a, title: A, extra_credit: yes, steps: [server starts]}",
            35,
            "expected true or false",
            "write true",
        ),
        (
            "{id: a, title: A, visibility: hiden, steps: [server starts]}",
            33,
            "expected after_due, hidden or public",
            'did you mean "hidden"?',
        ),
        ("{id: a, title: A, hint: , steps: [server starts]}", 26, "got nothing", 'written ""'),
        (
            "{id: a, title: A, hint: {word}, steps: [server starts]}",
            27,
            "got a mapping",
            '"{word}"',
        ),
        ("{id: a, title: A, groups: {crowd: 0}, steps: [server starts]}", 29, "from 1 to 200", ""),
        ("{id: a, title: A, groups: {1x: 2}, steps: [server starts]}", 29, "name of a group", ""),
        ("{id: a, title: A, groups: 3, steps: [server starts]}", 29, "a mapping (key: value)", ""),
        (
            "{id: a, title: A, cases: [{lets: {}}], steps: [server starts]}",
            30,
            'unknown key "lets" in number 1 of "cases"',
            'did you mean "let"?',
        ),
        ("{id: a, title: A, let: [1], steps: [server starts]}", 26, "expected a mapping", ""),
        ("{id: a, title: A, let: {x: }, steps: [server starts]}", 29, "expected a value", ""),
        (
            "{id: a, title: A, program: sever, steps: [server starts]}",
            30,
            'no program is called "sever"',
            'did you mean "server"?',
        ),
        ("{id: a, title: A, builds: x}", 29, 'no program is called "x"', "programs are server, "),
        (
            "{id: a, title: A, steps: [alice opens]}",
            28,
            "no program of the student's takes part",
            "programs are server, client",
        ),
    ],
)
def test_a_wrong_check_is_told_where_it_is(
    wrong: Wrong, check: str, column: int, message: str, suggestion: str
) -> None:
    found = wrong(f"- {check}\n")[0]
    assert ((found.line, found.column), found.message) == ((6, column), found.message)
    assert message in found.message
    assert suggestion in found.suggestion


def test_all_problems_of_a_file_are_told_at_once(wrong: Wrong) -> None:
    found = wrong(
        "- {id: A, title: A, points: x, steps: [server starts]}\n"
        "- {id: b, title: B, steps: [server satrts, alice conects]}\n"
    )
    assert [(error.line, error.column) for error in found] == [(6, 8), (6, 29), (7, 29), (7, 44)]


def test_fixtures_are_read_from_beside_the_spec(
    load: Load, wrong: Wrong, tmp_path: Path, play: Callable[..., str]
) -> None:
    folder = tmp_path / "fixtures" / "t"
    (folder / "img").mkdir(parents=True)
    (folder / "img" / "x.png").write_bytes(b"\x89")
    (folder / "page.html").write_text("<p>${upper:word}</p>")
    (folder / "bad.js").write_text("`${count}`")
    (folder / "latin.txt").write_bytes(b"\xe9 ${word}")
    (tmp_path / "secret").write_text("x")
    (folder / "link").symlink_to(tmp_path / "secret")
    steps = (
        "server starts",
        "alice connects",
        "alice sends: {file: img/x.png}",
        "alice expects: {any_of: [{file: page.html}, x]}",
    )
    assert set(load(play(*steps)).fixtures) == {"img/x.png", "page.html"}
    for name, message, suggestion in [
        ("pag.html", 'no fixture file "pag.html"', 'did you mean "page.html"?'),
        ("zzz", 'no fixture file "zzz"', "put it into"),
        ("link", 'no fixture file "link"', ""),
        ("img", 'no fixture file "img"', ""),
        ("../../secret", "cannot be a fixture", "name a file below"),
        ("/etc/passwd", "cannot be a fixture", ""),
        ("bad.js", '"bad.js" contains ${count}', "${word}"),
        ("latin.txt", "is not UTF-8", "save it as UTF-8"),
    ]:
        (found,) = wrong(play("server starts", extra=f"  files: [{name}]\n"))
        assert (found.line, found.column) == (9, 11)
        assert message in found.message
        assert suggestion in found.suggestion


def test_a_folder_of_specs_is_loaded_by_assignment(tmp_path: Path) -> None:
    body = f"programs: {{server: {{listens: tcp/1}}}}\nchecks:\n{ONE}"
    (tmp_path / "one.yml").write_text(f"assignment: one\n{body}")
    (tmp_path / "two.yaml").write_text(f"assignment: two\n{body}")
    (tmp_path / ".hidden.yml").write_text("nonsense")
    (tmp_path / "notes.txt").write_text("nonsense")
    (tmp_path / "fixtures").mkdir()
    assert list(load_specs(tmp_path)) == ["one", "two"]
    (tmp_path / "one.yaml").write_text(f"assignment: one\n{body}")
    with pytest.raises(LoadError, match='another spec of "one"'):
        load_specs(tmp_path)
    (tmp_path / "bad.yml").write_text("assignment: bad\n")
    with pytest.raises(LoadErrors) as caught:
        load_specs(tmp_path)
    assert len(caught.value.errors) == 3


def test_a_folder_without_specs_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="no spec in this folder"):
        load_specs(tmp_path)
    with pytest.raises(LoadError, match="no such folder"):
        load_specs(tmp_path / "none")
