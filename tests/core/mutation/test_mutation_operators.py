"""Every operator, by a program before and after its mistake."""

from __future__ import annotations

import textwrap

import pytest

from grader.core.mutation import OPERATORS, make_mutants

# operator: pairs of a program and what it becomes (all of it, one item for each mutant)
EXAMPLES: dict[str, list[tuple[str, list[str]]]] = {
    "run_once": [
        ("while True:\n    serve()", ["for _ in range(1):\n    serve()"]),
        ("while more():\n    serve()", ["for _ in range(bool(more())):\n    serve()"]),
    ],
    "loop_for_ever": [
        ("while more():\n    serve()", ["while True:\n    serve()"]),
        ("while (m := recv()):\n    serve(m)", ["while ([m := recv()]):\n    serve(m)"]),
        ("while True:\n    serve()", []),
    ],
    "first_only": [
        ("for m in members:\n    m.send(x)", ["for m in list(members)[:1]:\n    m.send(x)"]),
        ("for _ in range(3):\n    serve()", []),
    ],
    "always": [
        ("if quit:\n    leave()", ["if True:\n    leave()"]),
        ("a = 1 if x else 2", ["a = 1 if True else 2"]),
        ("if m := recv():\n    use(m)", ["if [m := recv()]:\n    use(m)"]),
    ],
    "never": [
        ("if quit:\n    leave()", ["if False:\n    leave()"]),
        ("if m := recv():\n    use(m)", ["if not [m := recv()]:\n    use(m)"]),
    ],
    "half_condition": [("x = a and b", ["x = b", "x = a"]), ("x = a or b", ["x = b", "x = a"])],
    "wrong_comparison": [
        ("x = n < 3", ["x = n <= 3"]),
        ("x = n >= 3", ["x = n > 3"]),
        ("x = n == 3", []),
    ],
    "goes_on": [
        ("while True:\n    break", ["while True:\n    pass"]),
        ("def f():\n    return", ["def f():\n    pass"]),
        ("def f():\n    return 1", []),
    ],
    "swapped": [
        ("s.sendall(b'1')\nr = s.recv(9)", ["r = s.recv(9)\ns.sendall(b'1')"]),
        ("def f():\n    s.send(b'1')\n    s.close()",
         ["def f():\n    s.close()\n    s.send(b'1')"]),
        ("x = 1\ny = 2", []),
    ],
    "missing_call": [
        ("c.close()", ["pass"]),
        ("s.listen(5)", ["pass"]),
        ("s.setsockopt(1, 2, 1)", []),
        ("x = c.recv(9)", []),
        ("print('lost', file=sys.stderr)", []),
    ],
    "missing_bind": [("s.bind(('', 1))", ["pass"])],
    "sends_twice": [("s.sendall(b'1')", ["s.sendall(b'1')\ns.sendall(b'1')"])],
    "prints_less": [
        ("print('reply:', text)", ["print('reply:', \"\")"]),
        ("print('on')", []),
        ("print('lost:', error, file=sys.stderr)", []),
    ],
    "hangs": [("s.send(b'1')", ['__import__("signal").pause()\ns.send(b\'1\')'])],
    "keeps_open": [
        ("with c:\n    talk(c)",
         [('with __import__("contextlib").nullcontext((kept_one := c, '
           'globals().setdefault("kept", []).append(kept_one))[0]):\n    talk(c)')]),
        ("with open('f') as f:\n    f.read()", []),
        ("with listening:\n    while True:\n        serve()", []),
    ],
    "closes_listener": [
        ("c, a = s.accept()\nwith c:\n    talk(c)", ["c, a = s.accept()\nwith s:\n    talk(c)"]),
        ("c, a = s.accept()\nc.close()", ["c, a = s.accept()\ns.close()"]),
        ("c = connect()\nc.close()", []),
    ],
    "one_at_a_time": [
        ("thread.start()", ["thread.run()"]),
        ("x = socketserver.ThreadingTCPServer", ["x = socketserver.TCPServer"]),
        ("os.waitpid(-1, os.WNOHANG)", ["os.waitpid(-1, 0)"]),
    ],
    "wrong_exit": [
        ("sys.exit('usage')", ["sys.exit(0)"]),
        ("sys.exit()", ["sys.exit(1)"]),
        ("main()", ["main()\nraise SystemExit(3)"]),
        ("def main():\n    while True:\n        serve()\nmain()", []),
    ],
    "tiny_buffer": [("m = c.recv(1024)", ["m = c.recv(1)"]), ("m = f.readline(9)", [])],
    "small_buffer": [("m, a = s.recvfrom(SIZE)", ["m, a = s.recvfrom(16)"])],
    "binds_loopback": [
        ("s.bind(('', 1))", ["s.bind(('127.0.0.1', 1))"]),
        ("x = asyncio.start_server(f, '', 1)", ["x = asyncio.start_server(f, '127.0.0.1', 1)"]),
    ],
    "binds_elsewhere": [("s.bind(('', 1))", ["s.bind(('127.0.0.9', 1))"])],
    "wrong_port": [
        ("SERVER_PORT = 12000", ["SERVER_PORT = 12001"]),
        ("s.connect(('h', 80))", ["s.connect(('h', 81))"]),
        ("SIZE = 12000", []),
    ],
    "wrong_peer": [("s.sendto(m, a)", ["s.sendto(m, (a[0], a[1] + 1))"])],
    "cut_short": [("s.sendall(m)", ["s.sendall((m)[:-1])"])],
    "newline_added": [("s.sendall(m)", ["s.sendall((m) + b'\\n')"])],
    "nul_added": [("s.sendall(m)", ["s.sendall((m) + b'\\0')"])],
    "length_off_by_one": [
        ("x = len(m)", ["x = (len(m) + 1)"]),
        ("x = f'{len(m)} bytes'", ["x = f'{len(m) + 1} bytes'"]),
    ],
    "wrong_index": [("x = p[0]", ["x = p[1]"]), ("x = p[1:]", ["x = p[2:]"])],
    "wrong_status": [
        ("def f():\n    return 200", ["def f():\n    return 404"]),
        ("def f():\n    raise E(404)", ["def f():\n    raise E(200)"]),
        ("SIZE = 404", []),
        ("def f():\n    return 7", []),
    ],
    "not_caught": [
        ("try:\n    a()\nexcept OSError:\n    b()",
         ["try:\n    a()\nexcept ZeroDivisionError:\n    b()"]),
        ("try:\n    a()\nexcept KeyboardInterrupt:\n    b()", []),
        ("try:\n    a()\nexcept OSError as e:\n    sys.exit('no')", []),
    ],
    "swallowed": [
        ("try:\n    a()\nexcept OSError:\n    b()\n    c()",
         ["try:\n    a()\nexcept OSError:\n    pass"]),
        ("try:\n    a()\nexcept OSError as e:\n    print(e, file=sys.stderr)", []),
    ],
    "gives_up": [
        ("while True:\n    try:\n        a()\n    except OSError:\n        b()",
         ["while True:\n    try:\n        a()\n    except OSError:\n        break"]),
        ("while True:\n try:\n  a()\n except OSError as e:\n  print(e, file=sys.stderr)",
         ["while True:\n try:\n  a()\n except OSError as e:\n  break"]),
        ("try:\n    a()\nexcept OSError:\n    b()", []),
    ],
    "not_raised": [("raise E(404)", ["pass"])],
    "other_case": [("x = m.upper()", ["x = m.lower()"])],
    "swapped_case": [("x = m.upper()", ["x = m.swapcase()"])],
    "same_case": [("x = m.upper()", ["x = m"])],
    "not_stripped": [("x = m.rstrip(b'\\n')", ["x = m"])],
    "not_encoded": [("x = m.encode('ascii')", ["x = m"])],
    "wrong_words": [
        ("x = b'Exit'", ["x = b'Fxit'"]),
        ("x = f'Your data was {n}'", ["x = f'Zour data was {n}'"]),
        ("x = m.decode('utf-8')", []),
        ("x = {1: 'a', 2: 'b', 3: 'c'}", []),
        ("x = print(m, end='z')", []),
    ],
    "wrong_reply_code": [
        ("x = '250 OK'", ["x = '550 OK'"]),
        ("x = b'503-bad'", ["x = b'250-bad'"]),
        ("x = '2500 euros'", []),
    ],
    "bare_line_end": [("x = 'ok\\r\\n'", ["x = 'ok\\n'"])],
    "no_line_end": [("x = b'\\r\\n'", ["x = b''"])],
    "missing_element": [
        ("x = ['Content-Type: a', b]", ["x = [*[], b]"]),
        ("x = [f'Date: {now}', b]", ["x = [*[], b]"]),
        ("x = ['plain words']", []),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [(name, *example) for name, examples in EXAMPLES.items() for example in examples],
)
def test_an_operator_makes_its_mistake(name: str, before: str, after: list[str]) -> None:
    made = make_mutants(textwrap.dedent(before) + "\n", "p.py")
    assert [m.source for m in made if m.operator == name] == [text + "\n" for text in after]


def test_every_operator_has_an_example_and_says_what_it_is() -> None:
    assert set(EXAMPLES) == set(OPERATORS)
    for item in OPERATORS.values():
        assert item.means.endswith(".")
        assert any(after for _, after in EXAMPLES[item.name])
