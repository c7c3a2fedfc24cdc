"""Dumps as the real tools print them become stacks."""

from __future__ import annotations

from grader.core.places.dumps import (
    compiled_stacks,
    eu_stacks,
    gdb_stacks,
    java_stacks,
    python_stacks,
)
from grader.core.places.frames import Frame
from grader.core.places.tracebacks import last_traceback

FAULTHANDLER = """\
some output of the program
Fatal Python error: Aborted

Thread 0x00007f3c (most recent call first):
  File "/usr/lib/python3.13/threading.py", line 359 in wait
  File "/work/chat/server.py", line 30 in listen

Current thread 0x00007f3d (most recent call first):
  File "/usr/lib/python3.13/socket.py", line 295 in accept
  File "/work/chat/server.py", line 12 in <module>

Extension modules: none (total: 1)
"""

THREAD_DUMP = """\
2026-11-21 05:07:49
Full thread dump OpenJDK 64-Bit Server VM (21.0.12.1+1 mixed mode, sharing):

"main" #1 [29] prio=5 os_prio=0 cpu=51.52ms elapsed=0.99s tid=0x00007f8a58019700 nid=29 runnable
   java.lang.Thread.State: RUNNABLE
\tat sun.nio.ch.Net.accept(java.base@21.0.12.1/Native Method)
\tat java.net.ServerSocket.accept(java.base@21.0.12.1/ServerSocket.java:543)
\tat echo.Server.serve(Server.java:2)
\tat echo.Server.main(Server.java:4)

"worker 1" #12 prio=5 os_prio=0 cpu=0.20ms tid=0x00007f8a58062740 nid=0x20 waiting on condition
   java.lang.Thread.State: WAITING (parking)
\tat java.lang.Object.wait0(java.base@21.0.12.1/Native Method)
\t- waiting on <0x0000000687402630> (a java.lang.Object)

JNI global refs: 12, weak refs: 0
"""

EU_STACK = """\
PID 13 - process
TID 13:
#0  0x00007f6b238d572e
#1  0x00007f6b2394ccd6 accept
#2  0x000055857f36d23a main
    /work/s.c:7:47
#3  0x00007f6b23864d65 __libc_start_main
TID 15:
#0  0x00007f6b23933ae8 sleep
#1  0x000055857f36d1a7 - Worker::run(int)
    /work/src/worker.cpp:8
"""


GDB = """\
[Thread debugging using libthread_db enabled]
0x00007f0e in __libc_recv (fd=4, buf=0x7ffd, len=1, flags=0) at ../sysdeps/linux/recv.c:28

Thread 2 (Thread 0x7f1 (LWP 31) "srv" (Exiting)):
#0  0x00007f0e in clone3 () from /lib/x86_64-linux-gnu/libc.so.6

Thread 1 (Thread 0x7f0 (LWP 30) "srv"):
#0  0x00007f0e in __libc_recv (fd=4, buf=0x7ffd, len=1) at ../sysdeps/linux/recv.c:28
#1  0x00005626 in read_line[abi:cxx11](int) (c=c@entry=4) at echo server.cpp:10
#2  main () at echo server.cpp:25
[Inferior 1 (process 30) detached]
"""


def test_gdb_tells_every_thread_and_its_places() -> None:
    ending, main = gdb_stacks(GDB)
    assert (ending.task, ending.frames) == (31, ())
    assert (main.task, main.calls[1]) == (30, "read_line[abi:cxx11](int)")
    assert main.frames[1:] == (
        Frame("echo server.cpp", 10, "read_line"),
        Frame("echo server.cpp", 25, "main"),
    )
    assert compiled_stacks(GDB) == [ending, main]
    assert compiled_stacks(EU_STACK) == eu_stacks(EU_STACK)


def test_faulthandler_tells_every_thread_with_the_innermost_call_first() -> None:
    first, second = python_stacks(FAULTHANDLER)
    assert first.frames[1] == Frame("/work/chat/server.py", 30, "listen")
    assert second.frames[0] == Frame("/usr/lib/python3.13/socket.py", 295, "accept")
    assert second.frames[1] == Frame("/work/chat/server.py", 12, "<module>")


def test_a_thread_dump_tells_threads_by_the_kernels_number() -> None:
    main, worker = java_stacks(THREAD_DUMP)
    assert (main.task, worker.task) == (29, 32)
    assert main.frames == (
        Frame("Server.java", 2, "Server.serve"),
        Frame("Server.java", 4, "Server.main"),
    )
    assert worker.frames == ()


def test_frames_of_the_jdk_are_not_taken_for_files_of_the_same_name() -> None:
    main, _ = java_stacks(THREAD_DUMP)
    assert "ServerSocket.java" not in {frame.file for frame in main.frames}


def test_eu_stack_puts_the_place_below_its_frame() -> None:
    main, worker = eu_stacks(EU_STACK)
    assert (main.task, main.frames) == (13, (Frame("/work/s.c", 7, "main"),))
    assert main.calls == ("", "accept", "main", "__libc_start_main")
    assert worker.frames == (Frame("/work/src/worker.cpp", 8, "Worker::run"),)


def test_what_is_no_dump_has_no_stacks() -> None:
    noise = "hello\n  File nothing\nTID x:\n#0 0x\n" * 10
    assert python_stacks(noise) == java_stacks(noise) == eu_stacks(noise) == []


def test_the_last_python_traceback_counts() -> None:
    errors = """\
Traceback (most recent call last):
  File "/work/server.py", line 3, in <module>
    first()
ValueError: one
noise
Traceback (most recent call last):
  File "/work/server.py", line 20, in <module>
    serve(sock)
    ~~~~~^^^^^^
  File "/work/server.py", line 9, in serve
    text = data.decode()
UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff
"""
    stack = last_traceback(errors)
    assert stack is not None
    assert stack.frames == (
        Frame("/work/server.py", 9, "serve"),
        Frame("/work/server.py", 20, "<module>"),
    )


def test_a_java_trace_is_read_to_its_cause() -> None:
    errors = """\
Exception in thread "main" java.lang.NullPointerException: line is null
\tat java.base/java.util.Objects.requireNonNull(Objects.java:233)
\tat echo.Server.reply(Server.java:17)
\tat echo.Server.main(Server.java:8)
"""
    stack = last_traceback(errors)
    assert stack is not None
    assert stack.frames[-2:] == (
        Frame("Server.java", 17, "Server.reply"),
        Frame("Server.java", 8, "Server.main"),
    )


def test_a_program_that_printed_no_traceback_has_none() -> None:
    assert last_traceback("Error: could not do it\n") is None
    assert last_traceback("") is None
