"""The frame shown is the student's own, in the thread that is blocked."""

from __future__ import annotations

from grader.agent.protocol import Blocked
from grader.core.model import Place
from grader.core.places.choosing import choose, complained_of, own_file, taking_lock
from grader.core.places.frames import Frame, Stack

FILES = {
    "server.py": b"import socket\ns = socket.socket()\nc, a = s.accept()\n",
    "lib/server.py": b"def read(c):\n    return c.recv(10)\n",
    "src/echo/Server.java": b"class Server {\n  accept();\n}\n",
}


def test_the_innermost_frame_in_a_file_of_the_students_is_chosen() -> None:
    stack = Stack(
        (Frame("/usr/lib/socket.py", 9, "accept"), Frame("/work/server.py", 3, "<module>"))
    )
    assert choose([stack], None, FILES) == Place(
        file="server.py", line=3, function="module", text="c, a = s.accept()"
    )


def test_the_longest_path_wins() -> None:
    assert own_file(Frame("/work/lib/server.py", 2), FILES) == "lib/server.py"
    assert own_file(Frame("/work/server.py", 2), FILES) == "server.py"
    assert own_file(Frame("server.py", 2), FILES) == "server.py"


def test_a_bare_name_is_found_in_its_folder_when_there_is_only_one() -> None:
    assert own_file(Frame("Server.java", 2), FILES) == "src/echo/Server.java"
    assert own_file(Frame("Server.java", 2), {**FILES, "old/Server.java": b""}) == ""
    assert own_file(Frame("/usr/lib/x/Server.java", 2), FILES) == ""


def test_the_blocked_thread_is_told_by_its_number() -> None:
    other = Stack((Frame("server.py", 2),), task=11)
    right = Stack((Frame("server.py", 3),), task=12)
    blocked = Blocked("server", 10, "sleep", task=12)
    assert choose([other, right], blocked, FILES) == choose([right], None, FILES)


def test_without_a_number_it_is_told_by_what_its_line_does() -> None:
    main = Stack((Frame("server.py", 3),))
    worker = Stack((Frame("lib/server.py", 2, "read"),))
    chosen = choose([main, worker], Blocked("server", 10, "recv"), FILES)
    assert chosen is not None
    assert (chosen.file, chosen.line) == ("lib/server.py", 2)


def test_a_stack_of_foreign_files_has_no_place() -> None:
    assert choose([Stack((Frame("/usr/lib/socket.py", 9),))], None, FILES) is None


def test_a_line_that_the_file_does_not_have_has_no_text() -> None:
    chosen = choose([Stack((Frame("server.py", 999),))], None, FILES)
    assert chosen is not None
    assert chosen.text == ""


def test_the_line_that_waits_for_a_lock_is_found_among_all_threads() -> None:
    files = {"s.py": b"while True:\n    job = queue.get()\n    with lock:\n"}
    pool, dead = Stack((Frame("s.py", 2),)), Stack((Frame("s.py", 3, "leave"),))
    assert taking_lock([pool, dead], files) == Place("s.py", 3, "leave", "with lock:")
    assert taking_lock([pool], files) is None


def test_the_line_that_a_compiler_complains_of() -> None:
    found = complained_of("server.py:3:5: error: no", FILES)
    assert found == Place("server.py", 3, "", "c, a = s.accept()")
    assert complained_of("Server.java:2: error: no", FILES) is not None
    assert complained_of("ld: error: no", FILES) is None
    assert complained_of("other.c:3:5: error: no", FILES) is None
