"""Whatever is handed in, under whatever names, there is an answer that can be shown and stored."""

from __future__ import annotations

import time

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.core.languages import Attempt, BuildStep, Found, NotFound, read_build_output
from grader.core.languages.plan import Language
from grader.core.outcome import REASONS, Fault
from tests.core.languages.bench import TCP, UDP, WEB, find
from tests.core.languages.students import (
    CLIENT_C,
    CLIENT_JAVA,
    PYTHON2_SERVER,
    SERVER_C,
    SERVER_CPP,
    SERVER_JAVA,
    TCP_CLIENT_PY,
    TCP_SERVER_PY,
    UDP_SERVER_PY,
)

CODES = [CLIENT_C, CLIENT_JAVA, PYTHON2_SERVER, SERVER_C, SERVER_CPP, SERVER_JAVA, TCP_CLIENT_PY,
         TCP_SERVER_PY, UDP_SERVER_PY]  # fmt: skip
WORDS = [
    "server",
    "client",
    "Server",
    "main",
    "-",
    "old",
    "(1)",
    "test_",
    "x",
    " ",
    "\n",
    "é",
    "{work}",
]
ENDINGS = ["", ".py", ".c", ".cpp", ".java", ".h", ".C", ".txt", ".ipynb", ".js", ".class", ".o"]
FOLDERS = ["", "server/", "client/", "src/", "a/b/", "__MACOSX/", "../", "/", "old/"]
LINES = [line for code in CODES for line in code.splitlines(keepends=True)]
MARKS = [b'"', b"'", b'"""', b"/*", b"{", b"}", b"\\", b"\n", b"public class X {", b"\xff", b"\0"]
PIECES = [*LINES, *MARKS, b'#include "x.h"\n', b"import server, x\n"]

names = st.one_of(
    st.builds(
        lambda folder, words, end: folder + "".join(words) + end,
        st.sampled_from(FOLDERS),
        st.lists(st.sampled_from(WORDS), max_size=3),
        st.sampled_from([*ENDINGS, "/Makefile"]),
    ),
    st.text(max_size=12),
    st.binary(max_size=8).map(lambda raw: raw.decode("utf-8", "surrogateescape")),
)
contents = st.one_of(
    st.sampled_from(CODES),
    st.binary(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join),
    st.text(max_size=80).map(str.encode),
)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(names, contents, max_size=7),
    st.sampled_from([TCP, UDP, WEB, TCP[1:]]),
    st.dictionaries(st.sampled_from(["server", "client", "other"]), names, max_size=2),
)
def test_there_is_always_an_answer(
    files: dict[str, bytes], programs: tuple[object, ...], overrides: dict[str, str]
) -> None:
    specs = [program for program in (*TCP, *UDP, *WEB) if program in programs]
    answers = find(files, tuple(specs), overrides)
    assert set(answers) == {program.name for program in specs}
    for answer in answers.values():
        if isinstance(answer, NotFound):
            assert REASONS[answer.reason].fault is Fault.STUDENT
            assert answer.message.isprintable()
            msgspec.json.encode(answer.message)
            continue
        check_plan(answer, files)


def check_plan(answer: Found, files: dict[str, bytes]) -> None:
    """Check that a plan can be carried out and shown."""
    assert answer.entry in answer.sources
    assert set(answer.sources) <= set(files)
    assert answer.attempts
    assert not answer.attempts[answer.telling].guess
    assert all(note.isprintable() for note in answer.notes)
    assert len(answer.port_hints) <= 16
    assert all(0 < port < 65536 for port in answer.port_hints)
    for step in (step for attempt in answer.attempts for step in attempt.steps):
        assert step.shown.isprintable()
        assert step.argv
        assert not any("\0" in part for part in step.argv)
        assert step.cwd


FILES = [
    ("server.py", TCP_SERVER_PY),
    ("server (1).py", UDP_SERVER_PY),
    ("Client.java", CLIENT_JAVA),
    ("tcp.c", SERVER_C),
    ("x.py", b""),
]


@settings(max_examples=50, deadline=None)
@given(st.permutations(FILES))
def test_the_order_of_files_changes_nothing(files: list[tuple[str, bytes]]) -> None:
    assert find(dict(files)) == find(dict(sorted(files)))


SAID = [b"server.c:", b"1:", b" error: ", b"warning: ", b"\n", b"make: *** ", b"SyntaxError: x",
        b'File "x", line 9', b"undefined reference to ", b"\xe2"]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["python", "c", "cpp", "java"]),
    st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(SAID)).map(b"".join)),
    st.dictionaries(names, st.just(b""), max_size=3),
)
def test_any_output_can_be_read(language: Language, output: bytes, files: dict[str, bytes]) -> None:
    step = BuildStep(("x", *files), "sub", "x")
    report = read_build_output(language, Attempt("x", (step,)), output, files)
    assert report.first_error.isprintable()
    assert all(warning.isprintable() for warning in report.warnings)


def test_hostile_text_costs_no_time() -> None:
    hostile = {
        "a.py": b"(" * 100_000,
        "b.py": b"'" * 100_000,
        "c.py": b"import " + b"a, " * 30_000,
        "d.c": b"/*" * 50_000,
        "e.c": b"int " * 75_000,
        "f.c": b"int main" + b" " * 100_000,
        "g.cpp": b'R"(' * 100_000,
        "h.java": b"class A{" * 40_000,
        "i.java": b"package a" + b".a" * 50_000,
        "j.py": b"print" + b" " * 100_000,
        "k.py": b"a.b." * 80_000 + b"\n",
        "l.py": b"`" + b"x" * 100_000,
        "m.py": b"except " + b"a" * 100_000,
        "n.py": b"exec " + b"a " * 50_000 + b"=",
        "o.c": b"namespace " + b"a " * 50_000,
        "p.c": b"x) " + b"a " * 50_000 + b"=;",
        "q.py": b"\n" * 100_000,
        "r.c": b"a::" * 100_000 + b"{}",
        "s.py": b"from . import " + b"(" * 100_000,
        "t.py": b"\t" * 100_000,
        "u.py": b"1_" * 50_000,
        "v.c": b"\\\n" * 50_000,
        "server.c": b"int main(){}",
        "Makefile": b"A = $(A)$(A)\nB: $(A)\n" + b"x " * 30_000 + b"\n\t-o" * 9_000 + b"$(" * 9_000,
    }
    for name, data in hostile.items():
        before = time.process_time()
        find({name: data, "server.c": b"int main(){}", "x/Makefile": b""})
        assert time.process_time() - before < 3, name


def test_a_huge_submission_costs_little() -> None:
    files = {f"d{n % 20}/server{n}.py": TCP_SERVER_PY + b"# %d\n" % n for n in range(250)}
    files |= {f"e/C{n}.java": SERVER_JAVA.replace(b"TCPServer", b"C%d" % n) for n in range(100)}
    files |= {f"c/f{n}.c": b"int f%d(void) { return f%d(); }\n" % (n, n + 1) for n in range(150)}
    files["c/client.c"] = b"int f0(void);" + CLIENT_C.replace(b"return 0", b"return f0()")
    before = time.process_time()
    find(files)
    assert time.process_time() - before < 15
