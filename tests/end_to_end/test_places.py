"""The line a program stands at, or died at, in every language, in Docker."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.grading import grade

pytestmark = [pytest.mark.docker, pytest.mark.timeout(300)]

HEAD = "#include <ctype.h>\n#include <netinet/in.h>\n#include <sys/socket.h>\n#include <unistd.h>\n"
LISTEN = """
static int listening(void) {
    struct sockaddr_in at = {0};
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    at.sin_family = AF_INET;
    at.sin_port = htons(12000);
    bind(sock, (struct sockaddr *)&at, sizeof at);
    listen(sock, 5);
    return sock;
}
"""
PROGRAMS = {
    "stuck_python/server.py": """\
from socket import *

server = socket()
server.bind(("", 12000))
server.listen()

def serve(connection):
    text = b""
    while not text.endswith(b"\\n"):
        text += connection.recv(100)  # here
    connection.send(text.upper())

while True:
    serve(server.accept()[0])
""",
    "stuck_c/server.c": HEAD
    + LISTEN
    + """
int main(void) {
    int sock = listening();
    for (;;) {
        int one = accept(sock, 0, 0);
        int other = accept(sock, 0, 0); /* here */
        close(one);
        close(other);
    }
}
""",
    "stuck_java/Server.java": """\
import java.io.*;
import java.net.*;

public class Server {
    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(12000);
        while (true) {
            Socket one = server.accept();
            BufferedReader in = new BufferedReader(new InputStreamReader(one.getInputStream()));
            String line = in.readLine(); // here
            one.getOutputStream().write(line.toUpperCase().getBytes());
        }
    }
}
""",
    "spinning_python/server.py": """\
from socket import *

server = socket()
server.bind(("", 12000))
server.listen()
connection, _ = server.accept()
while True: pass  # here
""",
    "crashing_python/server.py": """\
from socket import *

server = socket()
server.bind(("", 12000))
server.listen()
connection, _ = server.accept()
connection.send(connection.recv(100).decode().upper())  # here
""",
    "crashing_cpp/server.cpp": HEAD
    + LISTEN
    + """
static char *target;
static int serve(int sock) {
    char got[100];
    long size = recv(sock, got, sizeof got, 0);
    for (long i = 0; i < size; i++)
        target[i] = (char)toupper(got[i]); // here
    return (int)size;
}
int main() {
    int sock = listening();
    for (;;) {
        int one = accept(sock, 0, 0);
        send(one, target, (size_t)serve(one), 0);
        close(one);
    }
}
""",
}
PROGRAMS["crashing_make/server.c"] = PROGRAMS["crashing_cpp/server.cpp"]
PROGRAMS["sanitized/server.c"] = (
    HEAD
    + LISTEN
    + """
#include <stdlib.h>
int main(void) {
    int sock = listening();
    for (;;) {
        int one = accept(sock, 0, 0);
        char *got = malloc(2000); /* a leak, which is no failure */
        long size = recv(one, got, 2000, 0);
        for (long i = 0; i < size; i++)
            got[i] = (char)toupper(got[i]);
        if (size > 0)
            send(one, got, (size_t)size, MSG_NOSIGNAL);
        close(one);
    }
}
"""
)
MAKEFILES = {  # none asks for the lines of the source (-g)
    "crashing_make": "CFLAGS = -O1\nserver: server.c\n\tgcc $(CFLAGS) server.c -o server\n",
    "sanitized": "server: server.c\n\tcc -fsanitize=address server.c -o server\n",
}


@pytest.fixture(scope="module")
def echoes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Grade them all; return each one's `echoes` check."""
    tree = tmp_path_factory.mktemp("programs")
    for name, source in PROGRAMS.items():
        path = tree / name
        path.parent.mkdir()
        path.write_text(source)
    for name, text in MAKEFILES.items():
        (tree / name / "Makefile").write_text(text)
    out: Path = tmp_path_factory.mktemp("out")
    run = grade(tree, "-a", "tcp_echo", "-j", "2", out=out, seconds=290)
    assert run.status == 0, run.said[-3000:]
    found = {}
    for name in PROGRAMS:
        student = name.partition("/")[0]
        checks = run.result("tcp_echo", student)["checks"]
        (found[student],) = [check for check in checks if check["id"] == "echoes"]
    return found


def test_a_program_built_with_a_sanitizer_runs(echoes: dict[str, dict[str, Any]]) -> None:
    assert (echoes["sanitized"]["outcome"], echoes["sanitized"]["message"]) == ("pass", "")


@pytest.mark.parametrize("name", [name for name in PROGRAMS if "sanitized" not in name])
def test_the_line_is_told(name: str, echoes: dict[str, dict[str, Any]]) -> None:
    student, _, file = name.partition("/")
    rows = PROGRAMS[name].splitlines()
    (line,) = [number for number, row in enumerate(rows, 1) if "here" in row]
    check = echoes[student]
    assert check["outcome"] == "fail"
    assert check["place"] is not None, check["message"]
    assert (check["place"]["file"], check["place"]["line"]) == (file, line)
    assert check["place"]["text"] == rows[line - 1].strip()


def test_a_program_that_spins_is_said_to_be_busy(echoes: dict[str, dict[str, Any]]) -> None:
    assert re.fullmatch(r"busy: \d+ % CPU for more than 2 s", echoes["spinning_python"]["stuck"])
