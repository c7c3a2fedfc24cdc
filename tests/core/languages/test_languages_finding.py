"""Which file is which program, over submissions as they come."""

from __future__ import annotations

import pytest

from tests.core.languages.bench import TCP, UDP, WEB, entries, find, found, missing, pair
from tests.core.languages.students import (
    CLIENT_C,
    CLIENT_JAVA,
    PYTHON2_SERVER,
    SERVER_C,
    SERVER_CPP,
    SERVER_JAVA,
    TCP_CLIENT_PY,
    TCP_SERVER_PY,
    UDP_CLIENT_PY,
    UDP_SERVER_PY,
)


@pytest.mark.parametrize(
    ("server", "client"),
    [
        ("server.py", "client.py"),
        ("UDPServer.py", "UPDClient.py"),
        ("c2a1_server.py", "c2a1_client.py"),
        ("Web-Server.py", "web client (final) [2].py"),
        ("TCPServer-usingarg.py", "TCPClient-usingarg.py"),
        ("server (1).py", "client (1).py"),
        ("SERVER.PY", "CLIENT.PY"),
        ("-server.py", "--client.py"),
        ("my\nserver.py", "🐍client'\".py"),
        ("hw1/src/server.py", "hw1/src/client.py"),
        ("server/main.py", "client/main.py"),
        ("Assignment client-server/Server/tcp.py", "Assignment client-server/Client/tcp.py"),
        ("a.py", "b.py"),
        ("part1.py", "part2.py"),
        ("Servidor.py", "Cliente.py"),
        ("server_old.py", "client_old.py"),
        ("server_client.py", "client_server.py"),
    ],
)
@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_names_and_content_tell_server_from_client(
    server: str, client: str, transport: str
) -> None:
    code = (TCP_SERVER_PY, TCP_CLIENT_PY) if transport == "tcp" else (UDP_SERVER_PY, UDP_CLIENT_PY)
    files = dict(zip((server, client), code, strict=True))
    for arranged in (files, dict(reversed(files.items()))):
        answers = find(arranged, pair(transport))
        assert entries(answers) == {"server": server, "client": client}
        assert not found(answers["server"]).notes
        assert not found(answers["client"]).notes


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"main.c": SERVER_C, "other.c": CLIENT_C}, ("main.c", "other.c")),
        ({"Server.java": SERVER_JAVA, "Client.java": CLIENT_JAVA}, ("Server.java", "Client.java")),
        ({"TCP.java": SERVER_JAVA, "Other.java": CLIENT_JAVA}, ("TCP.java", "Other.java")),
        ({"server.c": SERVER_C, "client.py": TCP_CLIENT_PY}, ("server.c", "client.py")),
        ({"server.cpp": SERVER_CPP, "Client.java": CLIENT_JAVA}, ("server.cpp", "Client.java")),
        ({"server.py": TCP_SERVER_PY}, ("server.py", "NO_PROGRAM")),
        ({"client.py": TCP_CLIENT_PY}, ("NO_PROGRAM", "client.py")),
        ({"a.py": TCP_CLIENT_PY}, ("NO_PROGRAM", "a.py")),
        (
            {"server.py": TCP_SERVER_PY, "Server.java": SERVER_JAVA, "client.py": TCP_CLIENT_PY},
            ("AMBIGUOUS_PROGRAM", "client.py"),
        ),
        (
            {"server1.py": TCP_SERVER_PY, "server2.py": TCP_SERVER_PY + b"#\n"},
            ("AMBIGUOUS_PROGRAM", "NO_PROGRAM"),
        ),
        (  # the same file twice
            {"server.py": TCP_SERVER_PY, "hw/server.py": TCP_SERVER_PY, "client.py": TCP_CLIENT_PY},
            ("server.py", "client.py"),
        ),
        (  # helpers, tests, caches and packed-in libraries are no candidates
            {
                "server.py": b"from server_utils import *\n" + TCP_SERVER_PY,
                "server_utils.py": b"PORT = 12000\n\ndef shout(t):\n    return t.upper()\n",
                "test_server.py": b"import unittest\n" + TCP_CLIENT_PY,
                "client.py": TCP_CLIENT_PY,
                ".venv/lib/server.py": TCP_SERVER_PY,
                "venv/lib/http_server.py": TCP_SERVER_PY,
                "__MACOSX/._server.py": b"\0\5\x16\7",
                "__pycache__/server.cpython-311.pyc": b"\xa7\r\r\n",
            },
            ("server.py", "client.py"),
        ),
        (  # the class is a helper, who runs it is the program
            {
                "Server.java": b"public class Server { int port; Server(int p) { port = p; } }",
                "ServerMain.java": b"class ServerMain { public static void main(String... a) {"
                b" new Server(1); new java.net.ServerSocket(1).accept(); } }",
                "ClientHandler.java": b"class ClientHandler extends Thread { }",
                "Client.java": CLIENT_JAVA,
            },
            ("ServerMain.java", "Client.java"),
        ),
        (  # handing in both exercises of the week
            {
                "TCPServer.py": TCP_SERVER_PY,
                "TCPClient.py": TCP_CLIENT_PY,
                "UDPServer.py": UDP_SERVER_PY,
                "UDPClient.py": UDP_CLIENT_PY,
            },
            ("TCPServer.py", "TCPClient.py"),
        ),
        (  # the name lies less often than it seems
            {
                "server_tester.py": TCP_CLIENT_PY,
                "main.py": TCP_SERVER_PY,
                "client.py": TCP_CLIENT_PY,
            },
            ("main.py", "client.py"),
        ),
        (  # nothing in the code tells, the other one is found: it must be this one
            {"main.py": b"import twisted\ntwisted.run()\n", "client.py": TCP_CLIENT_PY},
            ("main.py", "client.py"),
        ),
        (  # without an ending, by its first line
            {"server": b"#!/usr/bin/env python3\n" + TCP_SERVER_PY, "client.py": TCP_CLIENT_PY},
            ("server", "client.py"),
        ),
    ],
)
def test_mixed_submissions(files: dict[str, bytes], expected: tuple[str, str]) -> None:
    answers = find(files)
    assert entries(answers) == dict(zip(("server", "client"), expected, strict=True)), answers


def test_an_old_copy_gives_way_with_a_note() -> None:
    for old in ("server_old.py", "server (1).py", "server - Copy.py", "old/server.py",
                "Copy of server.py", "server_backup.py", "serverOld.py"):  # fmt: skip
        files = {old: TCP_SERVER_PY + b"# v1\n", "server.py": TCP_SERVER_PY, "c.py": TCP_CLIENT_PY}
        server = found(find(files)["server"])
        assert server.entry == "server.py", old
        assert server.notes == (f"server.py was graded, not {old}",)
        files[old] = TCP_SERVER_PY
        assert found(find(files)["server"]).notes == ()


def test_a_java_file_with_several_mains_is_told_by_its_public_class() -> None:
    code = b"class Extra { public static void main(String[] a) { } }\n" + SERVER_JAVA
    answers = find({"TCPServer.java": code, "Client.java": CLIENT_JAVA})
    assert found(answers["server"]).argv[-1] == "TCPServer"


def test_one_bad_helper_makes_it_python_2() -> None:
    files = {"server.py": b"from lib import *\n" + TCP_SERVER_PY, "lib.py": b"print 'x'\n"}
    assert "lib.py is written" in missing(find(files)["server"], "python2").message


def test_a_mountain_of_source_is_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.core.languages.finding.READ_ALL", 5000)
    files = {f"x{n}.py": b"x()\n" * 300 for n in range(30)} | {"server.py": TCP_SERVER_PY}
    assert entries(find(files))["server"] == "server.py"


def test_two_versions_are_left_to_a_human_who_is_told_how() -> None:
    files = {"server.py": TCP_SERVER_PY, "server_threads.py": b"import threading\n" + TCP_SERVER_PY}
    refusal = missing(find(files, TCP[:1])["server"], "ambiguous_program")
    assert refusal.candidates == ("server.py", "server_threads.py")
    assert "server.py and server_threads.py" in refusal.message
    assert '{"<assignment>/<student>": {entry: {server: server.py}}}' in refusal.message


def test_two_languages_are_named() -> None:
    files = {"server.py": TCP_SERVER_PY, "Server.java": SERVER_JAVA}
    refusal = missing(find(files)["server"], "ambiguous_program")
    assert "Server.java (Java) and server.py (Python 3)" in refusal.message


def test_grade_yml_settles_it() -> None:
    files = {"x.py": TCP_SERVER_PY, "server.py": TCP_CLIENT_PY, "doc.pdf": b"%PDF"}
    answers = find(files, overrides={"server": "./x.py", "client": "server.py"})
    assert entries(answers) == {"server": "x.py", "client": "server.py"}
    refusal = missing(find(files, overrides={"server": "y.py"})["server"], "no_program")
    assert "y.py, which was not handed in; the files are server.py and x.py" in refusal.message
    files["empty.c"] = b" "
    missing(find(files, overrides={"server": "empty.c"})["server"], "unreadable_submission")
    refusal = missing(find(files, overrides={"server": "doc.pdf"})["server"], "no_program")
    assert "doc.pdf, which is no source file" in refusal.message


def test_grade_yml_may_name_one_file_twice() -> None:
    code = b"""import sys
if sys.argv[1] == 'server': s.listen()
elif sys.argv[1] == 'client': s.connect()
"""
    files = {"a.py": code, "server.py": TCP_SERVER_PY}
    answers = find(files, overrides={"server": "a.py", "client": "a.py"})
    assert found(answers["server"]).argv == ("python3", "a.py", "server")
    assert found(answers["client"]).argv == ("python3", "a.py", "client")


def test_one_program_and_one_file_need_no_name() -> None:
    for code in (TCP_SERVER_PY, b"print('hello')\n", b"def f(): pass\n", TCP_CLIENT_PY):
        assert entries(find({"homework.py": code}, WEB)) == {"server": "homework.py"}


def test_a_file_that_is_both_takes_its_part_as_argument() -> None:
    chat = b"""import argparse, socket
def server(port):
    s = socket.socket(); s.bind(('', port)); s.listen(); s.accept()
def client(port):
    s = socket.socket(); s.connect(('127.0.0.1', port))
choices = {'client': client, 'server': server}
parser = argparse.ArgumentParser()
parser.add_argument('role', choices=choices)
args = parser.parse_args()
choices[args.role](1060)
"""
    answers = find({"chat.py": chat})
    assert found(answers["server"]).argv == ("python3", "chat.py", "server")
    assert found(answers["client"]).argv == ("python3", "chat.py", "client")
    short = chat.replace(b"'client'", b"'-c'").replace(b"'server'", b"'-s'")
    assert found(find({"chat.py": short})["server"]).argv[-1] == "-s"
    without = chat.replace(b"argparse", b"nothing").replace(b"ArgumentParser", b"Nothing")
    for name, answer in find({"chat.py": without.replace(b"args", b"x")}).items():
        assert "chat.py could be the " + name in missing(answer, "ambiguous_program").message


@pytest.mark.parametrize(
    ("files", "reason", "words"),
    [
        ({}, "no_program", "No file was handed in"),
        ({"report.docx": b"PK\3\4"}, "no_program", "only report.docx (a Word document)"),
        ({"a.pdf": b"%PDF", "x.txt": b"hi"}, "no_program", "a.pdf (a PDF) and x.txt (a text file)"),
        ({"client.c": CLIENT_C}, "no_program",
         "No server was handed in, only the client (client.c). Its file needs a name like server."),
        ({"a.java": CLIENT_JAVA, "B.java": CLIENT_JAVA + b"\n//"}, "no_program",
         "in B.java and a.java: none has a name like Server.java, and none waits for clients"),
        ({"server.js": b"net.listen(1)"}, "no_program", "server.js is JavaScript"),
        ({"main.go": b"package main"}, "no_program", "Python 3, C, C++ and Java"),
        ({"server.py.txt": TCP_SERVER_PY}, "no_program", "hand it in as server.py"),
        ({"server.ipynb": b'{"cells": []}'}, "unreadable_submission", "Export it as a .py file"),
        ({"server.py": b'{"cells": [], "nbformat": 4}'}, "unreadable_submission", "notebook"),
        ({"server.py": b"PK\3\4junk"}, "unreadable_submission", "a Word document or a zip"),
        ({"server.py": b"\x7fELF\2\1\1\0"}, "unreadable_submission", "a compiled program"),
        ({"server.py": TCP_SERVER_PY.decode().encode("utf-16")}, "unreadable_submission", "UTF-16"),
        ({"server.c": SERVER_C.decode().encode("utf-16-le")}, "unreadable_submission", "UTF-16"),
        ({"server.py": b""}, "unreadable_submission", "server.py is empty"),
        ({"server.py": b"<!DOCTYPE html><html>"}, "unreadable_submission", "web page"),
        ({"server.py": TCP_SERVER_PY + b"\0\0"}, "unreadable_submission", "NUL bytes"),
        ({"server.py": PYTHON2_SERVER}, "python2",
         'server.py is written for Python 2 (line 9: print statement): print "The server is'),
    ],
)  # fmt: skip
def test_refusals_say_what_was_found_and_what_to_do(
    files: dict[str, bytes], reason: str, words: str
) -> None:
    assert words in missing(find(files)["server"], reason).message


def test_a_readable_file_is_preferred_to_an_unreadable_one() -> None:
    assert entries(find({"server.py": b"", "server.c": SERVER_C}))["server"] == "server.c"
    assert entries(find({"server.py": b"", "main.c": SERVER_C}))["server"] == "main.c"


def test_python_2_gives_way_to_python_3() -> None:
    files = {"server2.py": PYTHON2_SERVER, "server3.py": TCP_SERVER_PY}
    assert entries(find(files))["server"] == "server3.py"


def test_the_wrong_transport_is_noted() -> None:
    answers = find({"server.py": UDP_SERVER_PY}, TCP)
    assert found(answers["server"]).notes == (
        "server.py seems to use UDP; the assignment asks for TCP",
    )


def test_a_client_that_binds_its_own_port_is_a_client() -> None:
    client = b"""import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(('', int(sys.argv[1])))
s.sendto(sys.argv[2].encode(), ('localhost', 12000))
print(s.recvfrom(2048))
"""
    answers = find({"one.py": client, "two.py": UDP_SERVER_PY}, UDP)
    assert entries(answers) == {"server": "two.py", "client": "one.py"}


def test_where_programs_run_and_which_ports_they_name() -> None:
    files = {"hw/-server.py": b"# 4711\n" + TCP_SERVER_PY, "hw/-client.py": TCP_CLIENT_PY}
    server = found(find(files)["server"])
    assert (server.argv, server.cwd) == (("python3", "./-server.py"), "hw")
    assert server.port_hints == (12000, 1024)
    assert server.image == "python"
    assert server.attempts[0].steps[0].shown == "python3 -m py_compile hw/-server.py"
