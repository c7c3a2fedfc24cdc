"""What source uses, in four languages: told by its tokens, never by a comment or a string."""

from __future__ import annotations

import pytest

from grader.core.sources import Source, read_sources
from grader.core.sources.finding import Wanted, absolute_paths, code_lines, comments, uses

PYTHON = '''\
import os as o, http.server
from os import system as s, path
# eval(1), os.system("x"), goto, global
"""eval(1) and os.system("x"): http.client"""
print("eval(1); import socketserver")
o.system("ls")
s("x")
value = eval("1")
self.loop.exec(1)
global counter
from socketserver import (
    TCPServer,
    ThreadingMixIn as Mixin)
Mixin.run()
make(a)(b).exec()
def compile(x): return f"{getattr(x, 'eval')}"
'''
C = """\
#include <pthread.h>
#include "mine.h"
// system("x"); goto end;
/* fork() */
int system(const char *command);
#define RUN(x) popen(x, "r")
int main(void) {
    puts("system(1) goto fork()");
    queue->push(1);
    goto end;
#if 0
    fork();
#endif
end: return system("b");
}
"""
CPP = """\
#include <thread>
using namespace std;
int main() {
    const char *raw = R"(std::system("x") goto)";
    std::thread worker(run);
    ::system("a");
    std::system("b");
    map.at(1).exec();
}
"""
JAVA = """\
import java.util.*;
import com.sun.net.httpserver.HttpServer;
import static java.lang.System.exit;
/** Runtime.getRuntime().exec("x") */
class Server {
    void exec(String command) { }
    void run() {
        Runtime.getRuntime().exec("ls"); // exit(3)
        exit(1);
        String text = "System.exit(2); goto";
        synchronized (this) { new Thread(this).start(); }
    }
}
"""


def source(name: str, text: str) -> Source:
    """Return a file as it is read."""
    (found,) = read_sources({name: text.encode()}).sources
    return found


def found(name: str, text: str, **wanted: tuple[str, ...]) -> list[tuple[int, str]]:
    return [(item.line, item.what) for item in uses(source(name, text), Wanted(**wanted))]


@pytest.mark.parametrize(
    ("name", "text", "wanted", "expected"),
    [
        pytest.param(
            "a.py",
            PYTHON,
            ("os.system",),
            [(2, "os.system"), (6, "os.system"), (7, "os.system")],
            id="python: under any name",
        ),
        pytest.param(
            "a.py", PYTHON, ("eval",), [(8, "eval")], id="python: not in comments and strings"
        ),
        pytest.param("a.py", PYTHON, ("compile",), [], id="python: a definition is no use"),
        pytest.param(
            "a.py", PYTHON, (".exec",), [(9, ".exec"), (15, ".exec")], id="python: a method"
        ),
        pytest.param("a.py", PYTHON, ("exec",), [], id="python: a method is no function"),
        pytest.param(
            "a.py", PYTHON, ("getattr",), [(16, "getattr")], id="python: code in an f-string"
        ),
        pytest.param(
            "a.py",
            PYTHON,
            ("global", "http"),
            [(1, "http"), (10, "global")],
            id="python: keyword, package",
        ),
        pytest.param(
            "a.py", PYTHON, ("http.client",), [], id="python: another module of a package"
        ),
        pytest.param("a.c", C, ("system",), [(14, "system")], id="c: not the declaration"),
        pytest.param("a.c", C, ("fork",), [], id="c: switched off by #if 0"),
        pytest.param("a.c", C, ("popen",), [(6, "popen")], id="c: in a macro"),
        pytest.param(
            "a.c", C, ("goto", ".push"), [(9, ".push"), (10, "goto")], id="c: keyword, member"
        ),
        pytest.param(
            "a.cpp", CPP, ("system",), [(6, "system"), (7, "system")], id="c++: with any prefix"
        ),
        pytest.param("a.cpp", CPP, ("std::system",), [(7, "std::system")], id="c++: with its own"),
        pytest.param(
            "a.cpp",
            CPP,
            ("thread", ".exec"),
            [(1, "thread"), (5, "thread"), (8, ".exec")],
            id="c++: class, method",
        ),
        pytest.param("A.java", JAVA, (".exec",), [(8, ".exec")], id="java: a method"),
        pytest.param(
            "A.java",
            JAVA,
            ("java.lang.System.exit",),
            [(3, "java.lang.System.exit"), (9, "java.lang.System.exit")],
            id="java: imported",
        ),
        pytest.param(
            "A.java", JAVA, ("synchronized", "goto"), [(11, "synchronized")], id="java: keyword"
        ),
        pytest.param(
            "A.java",
            JAVA,
            ("com.sun.net.httpserver",),
            [(2, "com.sun.net.httpserver")],
            id="java: a package",
        ),
    ],
)
def test_a_use_is_found_where_it_is_one(
    name: str, text: str, wanted: tuple[str, ...], expected: list[tuple[int, str]]
) -> None:
    assert found(name, text, anything=wanted) == expected


@pytest.mark.parametrize(
    ("name", "text", "imports", "lines"),
    [
        ("a.py", PYTHON, ("socketserver.TCPServer",), [11]),
        ("a.py", PYTHON, ("os", "http.server"), [1, 1, 2]),
        ("a.py", PYTHON, ("server",), []),
        ("a.py", "from . import helpers\nraise X from os\n", ("os", "helpers"), []),
        ("a.py", "import a.b, \\\n  c\n", ("a", "c"), [1]),
        ("a.c", C, ("pthread.h", "pthread", "mine.h", "mine"), [1, 1, 2, 2]),
        ("A.java", JAVA, ("java.util", "com.sun"), [1, 2]),
    ],
)
def test_an_import_is_one_however_it_is_written(
    name: str, text: str, imports: tuple[str, ...], lines: list[int]
) -> None:
    assert [line for line, _ in found(name, text, imports=imports)] == lines


def test_a_call_is_more_than_a_mention() -> None:
    text = "run = eval\neval(x)\n"
    assert found("a.py", text, calls=("eval",)) == [(2, "eval")]
    assert found("a.py", text, keywords=("eval",)) == []
    assert found("a.c", "#define RUN sh\nsystem(x);\nint\nsystem(int);", calls=("system",)) == [
        (2, "system")
    ]
    assert found("a.py", "if x: pass\n", keywords=("if", "pass")) == [(1, "if"), (1, "pass")]


MINE = {
    "python": [
        "a = '/home/alice/www'", "a = f'/home/{user}/www'", "a = '/Users/bob/net/x.html'",
        r"a = 'C:\\Users\\me'", r"a = r'D:\www\site'", "a = 'd:/www'", "a = b'/mnt/c/www'",
        "a = '/var/www/html'", "a = 'file:///C:/Users/me'", r"a = '\\\\server\\share'",
        r"open('C:\www\index.html')", 'a = """/root/www"""',
    ],
    "c": [
        '#define ROOT "/home/me/www" // mine', '#include "/home/me/net.h"',
        r'char *a = "C:\\www\\index.html";', 'char *a = L"C:/Users/me";',
        'char *a = "" "/home/me/www";',
    ],
    "java": [
        r'String a = "C:\\Users\\me";', 'new File("/home/me/www");', 'a = """\n/home/me/www""";',
    ],
}  # fmt: skip
EVERYBODYS = {
    "python": [
        "a = '/'", "a = '/index.html'", "a = '/home'", "a = '/home/'", "a = '/home/about.html'",
        "a = '/media/logo.png'", "a = '/dev/null'", "a = '/tmp/socket'", "a = '/etc/hostname'",
        "a = 'http://localhost/home/me/www'", "# /home/me/www", '"""/home/me/www"""',
        "print('put it into /home/me/www')", r"a = 'x:\n'", "a = 'A: yes'", "a = 'C:'",
        "a = f'{base}/home/me/www'", "a = '/users/7/name'", "a = ':/home/me/www'",
        "a = '~/www'", "a = '/bin/sh'", "a = home / me / www", "a = './www'", r"a = 'q:\t%s'",
    ],
    "c": [
        '// "/home/me/www"', '/* "/home/me/www" */', "#include <sys/socket.h>",
        '#include "net/tcp.h"', 'char *a = "GET /home/me/x HTTP/1.1";', "char a = '/';",
        '#if 0\nchar *a = "/home/me/www";\n#endif',
    ],
    "java": ['String a = "/home";', '// "/home/me/www"', 'String a = "b" + \'/\';'],
}  # fmt: skip
ENDING = {"python": "a.py", "c": "a.c", "java": "A.java"}


@pytest.mark.parametrize(
    ("language", "line"), [(name, line) for name, lines in MINE.items() for line in lines]
)
def test_a_directory_of_one_machine_is_found(language: str, line: str) -> None:
    (finding,) = absolute_paths(source(ENDING[language], f"\n\n{line}\n"))
    assert finding.line == 3
    assert str(finding).startswith(f"{ENDING[language]}:3: ")


@pytest.mark.parametrize(
    ("language", "line"), [(name, line) for name, lines in EVERYBODYS.items() for line in lines]
)
def test_a_path_that_is_no_directory_of_one_machine_is_none(language: str, line: str) -> None:
    assert list(absolute_paths(source(ENDING[language], f"{line}\n"))) == []


def test_paths_may_be_allowed() -> None:
    text = "a = '/opt/course/data'\nb = '/opt/mine'\n"
    assert [item.line for item in absolute_paths(source("a.py", text), ("/opt/course",))] == [2]


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("a.py", "#!/usr/bin/python3\n# -*- coding: utf-8 -*-\n# ------\n#\nx = 1\n", 0),
        ("a.py", "x = '# no comment'\n", 0),
        ("a.py", "x = 1  # one\n# two\n", 2),
        ("a.py", '"""The module."""\ndef f():\n    "What it does."\n    return "x"\n', 2),
        ("a.py", 'd = {"a":\n  "no docstring"}\n', 1),
        ("a.c", '/* the whole */\nint x; // one\nchar *s = "/* no */ // no";\n', 2),
        ("a.c", "#include <stdio.h>\n#define X 1\n", 0),
        ("A.java", "/** Doc. */ class A {} // end\n", 2),
    ],
)  # fmt: skip
def test_comments_are_those_that_say_something(name: str, text: str, count: int) -> None:
    assert len(comments(source(name, text))) == count


def test_lines_of_code_hold_more_than_comments() -> None:
    assert code_lines(source("a.py", '# a\n"""b\nc"""\n\nx = 1  # d\ny = 2\n')) == 2
