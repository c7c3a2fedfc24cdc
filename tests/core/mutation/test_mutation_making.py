"""The list of mutants: compiling, each once, in a fixed order, named by what does not move."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader.core.mutation import functions_of, make_mutants

MODELS = sorted((Path(__file__).parents[3] / "reference_impl").rglob("*.py"))
ECHO = '''\
"""An echo server."""

def serve(connection):
    """Answer one message: a b"text" in a docstring is left alone."""
    # é: bytes and characters differ from here on
    message = connection.recv(1024); connection.sendall(message.upper())
    connection.close()
'''


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.name)
def test_mutants_of_the_model_solutions_are_sound(model: Path) -> None:
    text = model.read_text()
    mutants = make_mutants(text, model.name)
    assert len(mutants) >= 20
    shapes = [ast.dump(ast.parse(mutant.source)) for mutant in mutants]
    assert len(set(shapes)) == len(shapes)
    assert ast.dump(ast.parse(text)) not in shapes
    assert len({mutant.id for mutant in mutants}) == len(mutants)
    assert mutants == make_mutants(text, model.name)


def test_a_mutant_tells_where_and_what_it_is() -> None:
    small = next(m for m in make_mutants(ECHO, "echo.py") if m.operator == "small_buffer")
    line = "message = connection.recv(1024); connection.sendall(message.upper())"
    assert small.id == f"echo.py serve: small_buffer: {line}"
    assert (small.file, small.function, small.line, small.text) == ("echo.py", "serve", 6, line)
    assert f"-    {line}" in small.diff
    assert f"+    {line.replace('1024', '16')}" in small.diff
    assert small.says == "takes 16 bytes at most"


def test_unrelated_changes_do_not_rename_a_mutant() -> None:
    moved = "import os\n\n\n" + ECHO.replace("    connection.close()", "    print()")
    before = {m.id for m in make_mutants(ECHO, "echo.py")}
    after = {m.id for m in make_mutants(moved, "echo.py")}
    assert {name for name in before if "recv" in name} <= after


def test_the_second_such_place_of_a_function_is_numbered() -> None:
    text = "def f(s):\n    s.close()\n    g()\n    s.close()\n"
    names = [m.id for m in make_mutants(text, "p.py") if "close" in m.id]
    assert names == ["p.py f: missing_call: s.close()", "p.py f: missing_call: s.close() #2"]


def test_functions_outside_the_assignment_are_left_alone() -> None:
    assert functions_of("class A:\n    def f(self):\n        pass\n") == ["A", "A.f"]
    names = {m.function for m in make_mutants(ECHO, "echo.py", {"echo.py serve"})}
    assert "serve" not in names
    assert make_mutants(ECHO, "echo.py", {"other.py serve"}) == make_mutants(ECHO, "echo.py")


def test_what_is_no_python_is_refused() -> None:
    with pytest.raises(SyntaxError):
        make_mutants("while True\n", "p.py")
