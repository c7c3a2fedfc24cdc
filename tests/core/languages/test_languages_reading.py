"""How source is read: comments, Python 2, ports, roles, classes, Makefiles, compiler output."""

from __future__ import annotations

import pytest

from grader.core.languages import Attempt, read_build_output
from grader.core.languages.c_symbols import declared_elsewhere, functions, variables
from grader.core.languages.evidence import Traits, has_main, traits
from grader.core.languages.java_classes import java_file
from grader.core.languages.lexing import lex
from grader.core.languages.makefile import governing, read_makefile
from grader.core.languages.names import (
    ending,
    for_people,
    is_copy,
    is_test,
    join,
    listed,
    plain_stem,
    relative,
    stem,
    well_formed,
)
from grader.core.languages.plan import Language, argument, build_path
from grader.core.languages.ports import port_hints
from grader.core.languages.python2 import python2


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("python", "a = 'b#c' # d", "a = '   '    "),
        ("python", 'x = """bind(\n) """ + y', 'x = """     \n  """ + y'),
        ("python", r"x = 'it\'s' + r'\' + z", "x = '     ' + r'      "),
        ("python", "x = 'open\ny = 1", "x = '    \ny = 1"),
        ("python", "'''never closed\nx", "'''            \n "),
        ("python", "x = '' + \"\" + ''''''", "x = '' + \"\" + ''''''"),
        ("c", "x = 1; // y\nz", "x = 1;     \nz"),
        ("c", "/* a\n * b */ c", "    \n        c"),
        ("c", r"char q = '\"'; f('/');", "char q = '  '; f(' ');"),
        ("c", 'printf("/* %d \\" */", x);', 'printf("           ", x);'),
        ("c", "#error Don't\nint x;", "#error Don't\nint x;"),
        ("cpp", 'auto x = R"(a " b)";', 'auto x = R"(     )";'),
        ("cpp", "int n = 1'000'000;", "int n = 1'   '000;"),
        ("java", 's = """\n  "bind"\n """;', 's = """\n        \n """;'),
        ("java", "char c = '\"'; // x", "char c = ' ';     "),
        ("c", "a\r\nb\rc // d", "a\nb\nc     "),
    ],
)
def test_comments_and_strings_are_blanked_in_place(
    language: Language, text: str, code: str
) -> None:
    assert lex(text, language).code == code


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('print "x"', "print statement"),
        ("print x, y", "print statement"),
        ("if x: print 'y'", "print statement"),
        ("print'x'", "print statement"),
        ('print u"x"', "print statement"),
        ("print >>sys.stderr, x", "print statement"),
        ("x = raw_input('? ')", "raw_input()"),
        ("try:\n    pass\nexcept socket.error, msg:\n    pass", "except X, e"),
        ("except (A, B), e:", "except X, e"),
        ("raise ValueError, 'no'", "raise X, message"),
        ("if a <> b: pass", "<> for !="),
        ("x = `y`", "backticks"),
        ("import urllib2", "import urllib2"),
        ("import sys, thread", "import thread"),
        ("from SocketServer import *", "import SocketServer"),
        ("for i in xrange(3): pass", "xrange()"),
        ("x = 10L", "long integer"),
        ('exec "x = 1"', "exec statement"),
        ('x = ur"y"', "ur string"),
    ],
)
def test_python_2_is_told_by_its_tokens(line: str, what: str) -> None:
    evidence = python2(lex(f"# print 'x'\nimport socket\n{line}\n", "python"))
    assert evidence is not None
    assert evidence.what == what
    assert evidence.line >= 3
    assert evidence.text


@pytest.mark.parametrize(
    "code",
    [
        "print('x')",
        "print",
        "print (x), y",
        "print(*x) if x else None",
        "x = 'print \"y\"'",
        "'''\nprint x\n'''",
        "# print x",
        "try:\n    input = raw_input\nexcept NameError:\n    pass",
        "try:\n    import urllib2\nexcept ImportError:\n    import urllib.request",
        "raw_input = input\nx = raw_input('?')",
        "def raw_input(p):\n    return input(p)\nraw_input('')",
        "except (A, B) as e:",
        "raise ValueError('a, b')",
        "x = f(a, b)",
        "fprint = 1\nx.print = 2",
        "import queue, socketserver",
        "thread = 1",
        "if x < y > z: pass",
        "port = 0x2EE0",
        "x: int = 5\nprint(x, end='')",
        "exec('x')",
        "d = {'a': print}",
    ],
)
def test_python_3_is_not_taken_for_python_2(code: str) -> None:
    assert python2(lex(code, "python")) is None


def test_own_modules_may_have_python_2_names() -> None:
    assert python2(lex("import Queue", "python"), frozenset(["Queue"])) is None


@pytest.mark.parametrize(
    ("language", "code", "ports"),
    [
        ("python", "# 4711\nHOST, PORT = '', 12000\ns.recv(2048)", (12000, 2048)),
        ("python", "s.bind(('', 80))\ns.listen(5)", (80,)),
        ("python", "p.add_argument('-p', type=int, default=1060, help='port')", (1060,)),
        ("python", "url = '127.0.0.1:12001'; t = 'at 12:30'", (12001,)),
        ("c", "if (port > 65535) usage(2); strtol(port, 0, 10);", ()),
        ("python", "serverPort = 7\ns.listen(5)", (7,)),
        ("python", "x = 99999; y = 1.2345; z = 65536; d2000 = 3", ()),
        ("python", "serverPort = 12_000", (12000,)),
        ("c", "#define PORT 3490 // not 3491\nchar b[4096];", (3490,)),
        ("c", 'getaddrinfo(h, "3490", &a, &b);', (3490,)),
        ("c", "a.sin_port = htons(9);", (9,)),
        ("c", "a.sin_port = htons(0x2EE0u);", (12000,)),
        ("java", "new ServerSocket(6789); byte[] b = new byte[1024];", (6789,)),
        ("java", "new Socket(host, 6789)", (6789,)),
        ("java", "new Thread(x, 70000); support(443);", (443,)),
    ],
)
def test_port_hints(language: Language, code: str, ports: tuple[int, ...]) -> None:
    assert port_hints([lex(code, language)]) == ports


def test_there_are_never_many_port_hints() -> None:
    code = "\n".join(f"x = {port}" for port in range(2000, 2100))
    assert len(port_hints([lex(f"{code}\nport = 1999", "python")])) == 16
    assert port_hints([lex(f"{code}\nport = 1999", "python")])[0] == 1999


@pytest.mark.parametrize(
    ("language", "code", "role"),
    [
        ("python", "s.bind(a)\ns.listen()\n", "server"),
        ("python", "s.bind(a)\nx = s.recvfrom(9)\ns.sendto(b, x)", "server"),
        ("python", "s.bind(a)\ns.sendto(b, x)\ns.recvfrom(9)", "client"),
        ("python", "s.sendto(b, x)", "client"),
        ("python", "s.connect(a)", "client"),
        ("python", "# s.bind()\nprint('s.listen()')", ""),
        ("python", "socketserver.ThreadingTCPServer(a, H).serve_forever()", "server"),
        ("python", "await asyncio.start_server(f, '', 1)", "server"),
        ("python", "s.listen()\nt.connect(a)", "both"),
        ("python", "u.connect(('8.8.8.8', 80))\ns.bind(a)\ns.recvfrom(9)\ns.sendto(x)", "both"),
        ("c", "bind(a); listen(b); accept(c);", "server"),
        ("c", "db.connect(); std::bind(f); x->accept();", ""),
        ("cpp", "::connect(s, a, n);", "client"),
        ("java", "new ServerSocket(1).accept();", "server"),
        ("java", "new Socket(h, 1);", "client"),
        ("java", "DatagramSocket s = new DatagramSocket(9876); s.receive(p); s.send(p);", "server"),
        ("java", "DatagramSocket s = new DatagramSocket(); s.send(p); s.receive(p);", "client"),
    ],
)
def test_roles(language: Language, code: str, role: str) -> None:
    assert traits(lex(code, language), language).role == role


def test_traits_of_two_files_add_up() -> None:
    left, right = Traits(receives=True), Traits(sends_first=True, binds=True)
    assert (left | right).role == "server"
    assert (right | left).role == "client"


@pytest.mark.parametrize(
    ("language", "code", "main"),
    [
        ("c", "int main(void) { }", True),
        ("c", "int\nmain (int argc, char **argv)\n{", True),
        ("c", "main() {", True),
        ("c", "void *main_loop(void) { }\nint f() { domain(1); return main_loop(); }", False),
        ("c", "// int main() {", False),
        ("cpp", "auto main() -> int {", True),
        ("python", "def main():\n    pass\n", False),
        ("python", "def main():\n    pass\nmain()\n", True),
        ("python", "def main():\n    pass\nif __name__ == '__main__':\n    main()\n", True),
        ("python", "class A:\n    def f(self): g()\nPORT = 1\n", False),
        ("python", "from socket import *\ns = socket(AF_INET, SOCK_STREAM)\n", True),
        ("python", "import asyncio\nasyncio.run(f())", True),
        ("python", "while True:\n    pass", True),
    ],
)
def test_mains(language: Language, code: str, main: bool) -> None:  # noqa: FBT001 - a table's column
    assert has_main(lex(code, language), language) is main


def test_java_classes() -> None:
    code = """package a . b;
    /* class No { */
    public final class Outer<T extends X> implements Y {
        Class<?> c = Other.class; String s = "class Z {";
        static class Inner { synchronized static public void main(String... a) { if (x) { } } }
        void f() { new Thread() { public void run() { } }; class Local { } }
    }
    interface I { void main(int x); }
    record R(int x) { } enum E { A, B { } }
    class Last { public static final void main(final String[] a) { }
    """
    java = java_file(lex(code, "java"))
    assert java.full("X") == "a.b.X"
    told = [(item.name, item.public, item.mains) for item in java.classes]
    assert told == [
        ("Outer", True, ("Outer$Inner",)),
        ("I", False, ()),
        ("R", False, ()),
        ("E", False, ()),
        ("Last", False, ("Last",)),
    ]


def test_c_symbols() -> None:
    code = """
#define MAX(a, b) { a }
typedef struct { int x; } thing;
struct node { int y; };
static int hidden(void) { return 1; }
int proto(int a);
extern int table[10], other;
int a, *b = 0, c[3] = { 1, 2 };
void *worker(void *arg) { int inner; return call(arg); }
old(x) int x; { return x; }
int Net::go() const { }
namespace n { int inside() { } }
extern "C" { int plain() { } }
"""
    assert functions(code) == {"worker", "old", "Net", "go", "inside", "plain"}
    assert variables(code) >= {"a", "b", "c"}
    assert declared_elsewhere(code) == {"table", "other"}


def test_makefile_goals_and_products() -> None:
    text = b"""# comment
CC ?= gcc
OBJS := net.o \\
    server.o
PROG = out/srv
.PHONY: all clean
all: $(PROG) cli
$(PROG): $(OBJS)
\t$(CC) -o $@ $^
cli: client.c ; gcc -o cli client.c
%.o: %.c
\t$(CC) -c $<
clean:
\trm -f *.o
"""
    makefile = read_makefile(text)
    assert makefile.first is not None
    assert makefile.first.targets == ("all",)
    assert makefile.products("server", ["*server*"]) == ["out/srv"]
    assert makefile.goal("server", ["*server*"]) == "out/srv"
    assert makefile.products("client", ["*client*"]) == ["cli"]
    assert not makefile.only_product
    assert read_makefile(b"").goal("x", []) is None


def test_the_nearest_makefile_counts() -> None:
    files = {"Makefile": b"", "server/makefile": b"", "server/GNUmakefile": b"", "x/Makefile": b""}
    assert governing("server/src/a.c", files) == "server/GNUmakefile"
    assert governing("client/a.c", files) == "Makefile"
    assert governing("server.c", {"x/Makefile": b""}) is None


GCC_FAILED = """server.c: In function \u2018main\u2019:
server.c:3:5: warning: unused variable
server.c:9:1: error: expected \u2018;\u2019 before \u2018}\u2019 token
"""
LINKER_FAILED = """/usr/bin/ld: /tmp/cc.o: in function `main':
/usr/bin/ld: server.c:(.text+0xa): undefined reference to `f'
collect2: error: ld returned 1 exit status
"""
WINSOCK = "server.c:1:10: fatal error: WinSock2.h: No such file or directory"
JAVAC_FAILED = """Server.java:3: error: ';' expected
  int x
       ^
Server.java:9: warning: [x] y
1 error
1 warning
"""
PYTHON_FAILED = """  File "./server.py", line 4
    f(
     ^
SyntaxError: '(' was never closed
"""


@pytest.mark.parametrize(
    ("language", "output", "error", "warnings"),
    [
        ("c", "", "", 0),
        ("c", GCC_FAILED, "server.c:9: error: expected ';' before '}' token", 1),
        ("c", LINKER_FAILED, "undefined reference to 'f'", 0),
        ("c", "make: *** No rule to make target 'x.c'.  Stop.",
         "make: No rule to make target 'x.c'.  Stop.", 0),
        ("c", "Makefile:2: *** missing separator.", "Makefile:2: missing separator.", 0),
        ("c", "make: Nothing to be done for 'all'.", "", 0),
        ("c", WINSOCK, "server.c:1: written for Windows (WinSock2.h): use <sys/socket.h>", 0),
        ("java", JAVAC_FAILED, "Server.java:3: error: ';' expected", 1),
        ("java", "error: file not found: X.java", "file not found: X.java", 0),
        ("java", "Note: Server.java uses unchecked or unsafe operations.", "", 0),
        ("python", PYTHON_FAILED, "server.py:4: SyntaxError: '(' was never closed", 0),
        ("python", 'server.py:1: SyntaxWarning: "is" with a literal', "", 1),
        ("python", "Sorry: IndentationError: unexpected indent (server.py, line 2)",
         "server.py:2: IndentationError: unexpected indent", 0),
    ],
)  # fmt: skip
def test_compiler_output(language: Language, output: str, error: str, warnings: int) -> None:
    report = read_build_output(language, Attempt("x", ()), output.encode(), {"server.py": b""})
    assert report.first_error.startswith(error)
    assert bool(report.first_error) == bool(error)
    assert report.errors == bool(error)
    assert len(report.warnings) == warnings


def test_names() -> None:
    assert [stem(p) for p in ("a/b.c.d", ".bashrc", "x/", "noext")] == [
        "b.c",
        ".bashrc",
        "",
        "noext",
    ]
    assert [ending(p) for p in ("a/b.c.d", ".bashrc", "x/", "a.b/c")] == ["d", "", "", ""]
    assert join("a", "../b", ".", "..", "..", "c//d") == "c/d"
    assert relative("a/b/c.h", "a/d") == "../b/c.h"
    assert relative("a.c", "") == "a.c"
    assert [well_formed(p) for p in ("a/b", "/a", "a//b", "a/../b", "", "a\0", "./a")] == [True] + [
        False
    ] * 6
    assert argument("-x.c") == "./-x.c"
    assert argument("@x.java") == "./@x.java"
    assert argument("sub/-x") == "sub/-x"
    assert build_path("my prog", "x") == ".build/my_prog/x"
    assert for_people("a\nb\udcff\x1b") == "a\\nb\\udcff\\x1b"
    assert len(for_people("x" * 500)) == 120
    assert listed([]) == ""
    assert listed("ab") == "a and b"
    assert listed("abcdefgh") == "a, b, c, d, e, f and 2 more"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("server (1).py", "server"),
        ("server(2).py", "server"),
        ("server - Copy.py", "server"),
        ("server - Copy (3).py", "server"),
        ("Copy of server.py", "server"),
        ("server_old.py", "server"),
        ("old_server.py", "server"),
        ("server.orig.py", "server"),
        ("serverOld.py", "server"),
        ("server_backup2.py", "server"),
        ("server.py", "server"),
        ("server2.py", "server2"),
        ("threshold.py", "threshold"),
        ("(1).py", "(1)"),
        ("oldserver.py", "oldserver"),
        ("copy.py", "copy"),
    ],
)
def test_copies_by_name(name: str, plain: str) -> None:
    assert plain_stem(name) == plain
    assert is_copy(name) == (plain != stem(name))


def test_tests_by_name() -> None:
    assert all(map(is_test, ("test_a.py", "a_test.py", "TestServer.java", "tests/a.py", "test.py")))
    assert not any(map(is_test, ("latest.py", "contest_server.py", "testserver.py", "attest.c")))
