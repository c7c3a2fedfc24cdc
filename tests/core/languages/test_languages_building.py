"""Plans carried out for real, with the compilers of this machine."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from grader.core.languages import BuildReport, Found, read_build_output
from tests.core.languages.bench import TCP, Built, build, find, found, run
from tests.core.languages.students import (
    CLIENT_C,
    CLIENT_JAVA,
    SERVER_C,
    SERVER_CPP,
    SERVER_JAVA,
    TCP_CLIENT_PY,
    TCP_SERVER_PY,
)

Files = dict[str, bytes]

needs_c = pytest.mark.skipif(not shutil.which("make") or not shutil.which("g++"), reason="no g++")
needs_java = pytest.mark.skipif(not shutil.which("javac"), reason="no javac")

HELLO = (
    b'#include <stdio.h>\n#include "%s"\nint main(void) { printf("%%d\\n", answer()); return 0; }\n'
)


def both(files: Files, work: Path) -> dict[str, tuple[Found, Built]]:
    """Build every program in a work directory of its own."""
    built = {}
    for name, answer in find(files).items():
        program = found(answer)
        built[name] = program, build(program, files, work / name)
        assert built[name][1].attempt is not None, built[name][1].output.decode()
    return built


def server_of(files: Files, work: Path) -> tuple[Found, Built]:
    """Build the server only."""
    program = found(find(files, TCP[:1])["server"])
    return program, build(program, files, work)


def report(program: Found, built: Built, files: Files) -> BuildReport:
    """Read what the attempt that tells most said."""
    attempt, output = built.tried[program.telling if built.attempt is None else -1]
    return read_build_output(program.language, attempt, output, files)


def test_python_packages_start_from_where_they_are_found(tmp_path: Path) -> None:
    net = b"def go():\n    print('started')\n"
    for code, entry, cwd, argv in (
        (
            b"from .net import go\ngo()\n",
            "hw/chat/server.py",
            "hw",
            ("python3", "-m", "chat.server"),
        ),
        (
            b"from chat.net import go\ngo()\n",
            "chat/server.py",
            ".",
            ("python3", "-m", "chat.server"),
        ),
        (b"from net import go\ngo()\n", "chat/server.py", "chat", ("python3", "server.py")),
        (b"import net\nnet.go()\n", "my chat/server.py", "my chat", ("python3", "server.py")),
    ):
        files = {entry: code, entry.replace("server", "net"): net}
        program, built = server_of(files, tmp_path / entry)
        assert (program.cwd, program.argv) == (cwd, argv)
        assert len(program.sources) == 2
        assert "started" in run(program, built)


def test_a_file_that_hides_a_module_of_python_is_noted(tmp_path: Path) -> None:
    files = {"server.py": TCP_SERVER_PY, "socket.py": b"from os import *\n", "enum.py": b"1/0\n"}
    program, built = server_of(files, tmp_path)
    assert built.attempt is not None, built.output
    assert program.notes == ("socket.py has the name of one of Python's own modules and hides it",)


def test_python_is_only_read(tmp_path: Path) -> None:
    files = {"my server.py": TCP_SERVER_PY, "-client.py": TCP_CLIENT_PY}
    both(files, tmp_path)
    left = {path.name for path in (tmp_path / "server").iterdir()}
    assert left == {"-client.py", "my server.py"}


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (b"x = 1\ndef f(:\n    pass\n", "hw/server.py:2: SyntaxError: "),
        (b"if 1:\n\tx = 1\n        y = 2\n", "hw/server.py:3: "),
        (b"print('caf\xe9')\n", "hw/server.py:1: SyntaxError: (unicode error) 'utf-8' codec"),
        (b"while 1:\nprint(1)\n", "hw/server.py:2: IndentationError: expected an indented block"),
    ],
)
def test_python_that_cannot_be_read(code: bytes, error: str, tmp_path: Path) -> None:
    files = {"hw/server.py": code}
    program, built = server_of(files, tmp_path)
    assert built.attempt is None
    told = report(program, built, files)
    assert told.first_error.startswith(error)
    assert told.errors == 1


def test_a_helper_with_a_syntax_error_is_named(tmp_path: Path) -> None:
    files = {
        "server.py": b"from lib.net import go\ngo()\n",
        "lib/net.py": b"def go(:\n",
        "lib/__init__.py": b"",
    }
    program, built = server_of(files, tmp_path)
    assert program.sources == ("server.py", "lib/net.py")
    assert report(program, built, files).first_error.startswith("lib/net.py:1: SyntaxError")


@needs_c
def test_both_c_programs_in_one_folder(tmp_path: Path) -> None:
    files = {"server.c": SERVER_C, "client.c": CLIENT_C}
    built = both(files, tmp_path)
    program, result = built["server"]
    assert program.argv == ("{work}/.build/server/program",)
    assert program.port_hints == (12000,)
    assert result.attempt
    assert result.attempt.steps[-1].shown == (
        "gcc -std=gnu17 -g -O1 -Wall -o server server.c -pthread -lm"
    )


@needs_c
@pytest.mark.parametrize(
    "files",
    [
        {"server.c": HELLO % b"common.h", "common.h": b"int answer(void);\n",
         "common.c": b'#include "common.h"\nint answer(void)\n{\n    return 42;\n}\n',
         "client.c": CLIENT_C, "client_util.c": b"int answer(void) { return 1; }\n"},
        {"server.c": HELLO % b"lib/a.h", "lib/a.h": b"int answer(void);\n",
         "lib/b.c": b"static int x;\nint answer() { return 42 + x; }\n"},
        {"src/server.c": HELLO % b"net.h", "include/net.h": b"#pragma once\nint answer(void);\n",
         "src/net.c": b"int helper(void);\nint answer(void) { return helper(); }\n",
         "src/more.c": b"int helper(void) { return 42; }\n"},
        {"server.c": b"#include <string.h>\n#include <x.h>\n" + HELLO % b"x.h",
         "string.h": b"#error no\n", "inc/x.h": b"int answer(void);\n",
         "a.c": b"int answer() { return 42; }\n"},
        {"server.c": HELLO % b"part.c", "part.c": b"int answer(void) { return 42; }\n"},
        {"server.c": b'main(argc, argv)\nint argc;\nchar **argv;\n{\n  printf("%d", old(41));\n'
                     b"  return 0;\n}\n",
         "old.c": b"old(x)\nint x;\n{\n    return x + 1;\n}\n"},
        {"my server (1).c": HELLO % b"-x.h", "-x.h": b"static int answer(void) { return 42; }\n"},
        {"-server.c": HELLO % b"x y.h", "x y.h": b"static int answer(void) { return 42; }\n"},
        {"SERVER.C": HELLO % b"x.h", "x.h": b"static int answer(void) { return 42; }\n"},
        {"server.c": b"#include <iostream>\nint main() { std::cout << 42 << std::endl; }\n"},
        {"server.cc": b'#include "net.hpp"\n#include <iostream>\nint main() {'
                      b" Net n; std::cout << n.go(); }\n",
         "net.hpp": b"class Net { public: int go(); };\n",
         "net.cc": b'#include "net.hpp"\nint Net::go() { return 42; }\n'},
        {"server.cpp": b"#include <span>\n#include <iostream>\n"
                       b"int main() { int a[] = {42}; std::cout << std::span(a)[0]; }\n"},
        {"server.c": b"#include <stdio.h>\nvoid *f(void *x) { return; }\n"
                     b'int main() { char *p = 42; f(p); printf("%d", p); return 0; }\n'},
        {"server.c": b"#include <stdio.h>\n#include <math.h>\nextern int table[];\n"
                     b'int main(int c, char **v) { printf("%d", (int)sqrt(table[c])); }\n',
         "t.c": b"int table[] = {1, 1764};\n"},
    ],
)  # fmt: skip
def test_c_programs_of_several_files_and_old_habits(files: Files, tmp_path: Path) -> None:
    program, built = server_of(files, tmp_path)
    assert built.attempt is not None, built.output.decode()
    assert built.attempt is built.tried[0][0] or b"return;" in files.get("server.c", b"")
    assert "42" in run(program, built)


@needs_c
def test_what_older_compilers_took_is_a_warning(tmp_path: Path) -> None:
    files = {"server.c": b"#include <stdio.h>\nint main() {\n    close(3);\n    return 0;\n}\n"}
    program, built = server_of(files, tmp_path)
    told = report(program, built, files)
    assert told.first_error == ""
    assert told.warnings[0].startswith(
        "server.c:3: warning: implicit declaration of function 'close'"
    )


@needs_c
@pytest.mark.parametrize(
    ("files", "error"),
    [
        ({"server.c": b"int main() {\n  int x = 1\n  return x;\n}\n"},
         "server.c:3: error: expected ',' or ';' before 'return'"),
        ({"src/server.c": b"int gone(void);\nint main() {\n  return gone();\n}\n"},
         "src/server.c:3: undefined reference to 'gone'"),
        ({"server.c": b"#include <winsock2.h>\nint main() { return 0; }\n"},
         "server.c:1: written for Windows (winsock2.h): use <sys/socket.h>"),
        ({"server.c": b"/*\n#include <windows.h>\n*/\nint main() { x }\n"},
         "server.c:4: error: 'x' undeclared"),
        ({"server.c": b"int server(void) { return 0; }\n"}, "undefined reference to 'main'"),
        ({"server.cpp": b"#include <iostream>\nint main() { cout << 1; }\n"},
         "server.cpp:2: error: 'cout' was not declared in this scope"),
    ],
)  # fmt: skip
def test_c_that_does_not_compile(files: Files, error: str, tmp_path: Path) -> None:
    program, built = server_of(files, tmp_path)
    assert built.attempt is None
    assert report(program, built, files).first_error.startswith(error)


MAKE_BOTH = b"""CC = gcc
CFLAGS = -Wall
all: server client

server: server.o
\t$(CC) $(CFLAGS) -o $@ server.o

client: client.o
\t$(CC) $(CFLAGS) -o $@ client.o

%.o: %.c
\t$(CC) $(CFLAGS) -c $<

clean:
\trm -f *.o server client
"""

MAKE_OTHER_NAMES = b"""TARGETS=srv cli
all: $(TARGETS)
srv: server.c
\tgcc server.c -o srv
cli: client.c
\tgcc client.c -o cli
"""


@needs_c
@pytest.mark.parametrize(
    ("makefile", "name"),
    [
        (MAKE_BOTH, "Makefile"),
        (MAKE_BOTH.replace(b"client.o\n", b"client.o nothere.o\n"), "Makefile"),  # client is broken
        (b"server: server.o\n\nclient: client.o\n", "Makefile"),
        (b"all:\n\tgcc -o tcp_server server.c\n\tgcc client.c -o tcp_client\n", "Makefile"),
        (MAKE_OTHER_NAMES, "Makefile"),
        (b"BIN = bin/s\n$(BIN): server.c\n\tmkdir -p bin\n\tgcc -o $(BIN) server.c\n", "Makefile"),
        (b"run: server\n\t./server\nserver: server.c\n\tgcc server.c -o server\n", "Makefile"),
        (b"all:\r\n\tgcc server.c -o server\r\n", "Makefile"),  # make copes
        (b"all:\n    gcc server.c -o server\n", "gcc"),  # blanks for a tab
        (b"all:\n\tclang-99 server.c -o server\n", "gcc"),
        (b"run:\n\t./server\n", "gcc"),  # never started by us
        (b"all:\n\techo done\n", "gcc"),
        (b"all: server\n", "Makefile"),
        (b"N = echo_server\nall:\n\tgcc server.c -o $(addprefix the_,$(N))\n", "Makefile"),
        (b"", "gcc"),
        (b"\xff\xfe\0\0", "gcc"),
    ],
)  # fmt: skip
def test_makefiles(makefile: bytes, name: str, tmp_path: Path) -> None:
    files = {"server.c": SERVER_C, "client.c": CLIENT_C, "Makefile": makefile}
    program = found(find(files)["server"])
    built = build(program, files, tmp_path)
    assert built.attempt is not None, built.output.decode()
    assert built.attempt.name == name, built.tried
    assert bool(built.attempt.note) == (name == "gcc" and len(program.attempts) > 2)


@needs_c
def test_a_stale_binary_is_not_the_product(tmp_path: Path) -> None:
    old = tmp_path / "old"
    subprocess.run(["gcc", "-x", "c", "-", "-o", old], input=b"int main(){}", check=True)
    files = {
        "server.c": HELLO % b"x.h",
        "x.h": b"static int answer(void) { return 42; }\n",
        "Makefile": b"server: server.c\n\tgcc server.c -o server\n",
        "server": old.read_bytes(),
    }
    program = found(find(files, TCP[:1])["server"])
    built = build(program, files, tmp_path / "work")
    assert built.attempt
    assert built.attempt.name == "Makefile"
    assert "42" in run(program, built)
    files["Makefile"] = b"all:\n\ttrue\n"
    built = build(program, files, tmp_path / "again")
    assert built.attempt
    assert built.attempt.name == "gcc"
    assert "42" in run(program, built)


@needs_c
def test_c_plus_plus(tmp_path: Path) -> None:
    files = {"Server.cpp": SERVER_CPP, "Client.c": CLIENT_C}
    built = both(files, tmp_path)
    assert built["server"][0].language == "cpp"
    assert built["server"][0].image == "c"


MAIN_JAVA = b"""
public class Main {
    public static void main(String[] args) throws Exception {
        while (true) new Worker(new java.net.ServerSocket(12000).accept());
    }
}
class Base { Base(Object socket) { } }
"""
CLASS_AT = CLIENT_JAVA.index(b"class")


@needs_java
@pytest.mark.parametrize(
    "files",
    [
        {"TCPServer.java": SERVER_JAVA, "TCPClient.java": CLIENT_JAVA},
        {"server.java": SERVER_JAVA, "client.java": CLIENT_JAVA},
        {"My Server (final).java": SERVER_JAVA, "-client.java": CLIENT_JAVA},
        {"src/net/hw/TCPServer.java": b"package net.hw;\n" + SERVER_JAVA,
         "src/net/hw/TCPClient.java": b"package net.hw;\n" + CLIENT_JAVA},
        {"Server.java": b"package a.b;\n" + SERVER_JAVA,
         "Client.java": b"/* x */package a . b ;" + CLIENT_JAVA},
        {"TCPServer.java": b"\xef\xbb\xbf" + SERVER_JAVA,
         "TCPClient.java": b"\xef\xbb\xbf" + CLIENT_JAVA},
        {"TCPServer.java": SERVER_JAVA.replace(b"class Worker", b"// caf\xe9\nclass Worker"),
         "TCPClient.java": CLIENT_JAVA},
        {"server/Main.java": MAIN_JAVA,
         "server/Worker.java": b"class Worker extends Base { Worker(Object s) { super(s); } }",
         "client/Worker.java": b"class Worker { broken",
         "client/Main.java": CLIENT_JAVA.replace(b"TCPClient", b"Main")},
        {"Both.java": SERVER_JAVA.replace(b"public class", b"class") + CLIENT_JAVA[CLASS_AT:]},
    ],
)  # fmt: skip
def test_java(files: Files, tmp_path: Path) -> None:
    built = both(files, tmp_path)
    program, result = built["client"]
    assert program.image == "java"
    if not any(b"broken" in data for data in files.values()):
        assert "ConnectException" in run(program, result, typed="x\n")


@needs_java
def test_a_public_class_in_the_wrong_file_is_noted_and_its_errors_keep_their_place(
    tmp_path: Path,
) -> None:
    files = {"hw/server.java": SERVER_JAVA.replace(b"while (true) {", b"while (true) { int x = y;")}
    program, built = server_of(files, tmp_path)
    (note,) = program.notes
    assert note.startswith("javac wants the public class TCPServer in a file TCPServer.java, not")
    assert report(program, built, files).first_error == (
        "hw/server.java:9: error: cannot find symbol"
    )
    assert report(program, built, files).errors == 1


@needs_java
def test_java_projects_run_where_their_packages_begin() -> None:
    code = b"package net.hw;\n" + SERVER_JAVA
    for path, cwd in (
        ("net/hw/TCPServer.java", "."),
        ("src/net/hw/TCPServer.java", "."),
        ("p/src/main/java/net/hw/TCPServer.java", "p"),
        ("p/TCPServer.java", "p"),
    ):
        program = found(find({path: code}, TCP[:1])["server"])
        assert program.cwd == cwd
        assert program.argv[-1] == "net.hw.TCPServer"
