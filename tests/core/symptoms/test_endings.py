"""Causes that dying programs name, and what only looks like them (played by `test_registry`)."""

from __future__ import annotations

from tests.core.symptoms.evidence_samples import Line, crashed, played, seen

STATUS_1 = "your server ended: it exited with status 1"
LEFT: tuple[Line, ...] = (("alice", "connected", "port 1"), ("alice", "closed"))
STAYED: tuple[Line, ...] = (("alice", "connected", "port 1"), ("alice", "sent", "x"))
GET: Line = ("alice", "sent", "GET /a.png HTTP/1.1\r\n\r\n")
READ = (
    '  File "/work/s.py", line 20, in get_file\n    content = f.read()\n'
    '  File "<frozen codecs>", line 325, in decode\nUnicodeDecodeError: no\n'
)
ACCEPT = (
    '  File "/work/s.py", line 10, in <module>\n    conn, addr = server.accept()\n'
    "                 ~~~~~~~~~~~~~^^\n"
    '  File "/usr/lib/python3.13/socket.py", line 295, in accept\n    fd, addr = self._accept()\n'
    "               ~~~~~~~~~~~~^^\nOSError: [Errno 22] Invalid argument"
)
NULL = 'java.lang.NullPointerException: Cannot invoke "String.equals(Object)"'
ARRAY = "java.lang.StringIndexOutOfBoundsException: Range [0, 0 + -1) out of bounds"
NOT_ENOUGH = "ValueError: not enough values to unpack (expected 2, got 1)"
PORT = '  File "/work/c.py", line 5, in <module>\n    port = int(sys.argv[1])\n'
SPLIT = "    target = line.split(' ')[1]\n             ~~~~~~~~~~~~~~~^^^\n"
READ_UTF = "\tat java.base/java.io.DataInputStream.readUTF(DataInputStream.java:594)"

SHOWN = [
    ("python2", seen(reason="python2", message="s.py is written for Python 2")),
    ("semicolon", seen(reason="build_failed", message="S.java:23: error: ';' expected")),
    ("semicolon", seen(reason="build_failed", message="s.c:3: error: expected ';' before 'for'")),
    (
        "semicolon",
        seen(reason="build_failed", message="s.c:3: error: expected ',' or ';' before 'for'"),
    ),
    ("brace", seen(reason="build_failed", message="S.java:9: error: reached end of file while")),
    ("undeclared", seen(reason="build_failed", message="'x' was not declared in this scope")),
    ("never_waited", seen(reason="zombies")),
    ("no_listen", crashed(ACCEPT)),
    ("no_listen", played(output="accept: Invalid argument", reason="exited_early")),
    ("address_in_use", crashed("OSError: [Errno 98] Address already in use")),
    ("text_mode", crashed(READ, GET)),
    ("str_and_bytes", crashed("TypeError: a bytes-like object is required, not 'str'")),
    ("text_and_number", crashed('TypeError: can only concatenate str (not "int") to str')),
    ("not_utf8", crashed("UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff")),
    ("client_left", crashed("ConnectionResetError: [Errno 104] Connection reset by peer")),
    ("client_left", crashed("", message="it was killed by SIGPIPE (it wrote to a connection …)")),
    ("client_left", played(reason="exited_early", message="recv: Connection reset by peer")),
    ("thread_left", crashed("java.net.SocketException: Connection reset", reason="no_reply")),
    ("zero_as_error", played(reason="exited_early", message="(recv: Success)")),
    ("null_line", crashed(NULL, *LEFT)),
    ("minus_one", played(*LEFT, reason="refused", message=ARRAY)),
    ("java_read_utf", crashed(f"java.io.EOFException\n{READ_UTF}")),
    ("cut_message", seen(sent=("GET / HT", "TP/1.1\r\n"), reason="crashed", message=NOT_ENOUGH)),
    ("no_such_file", crashed("FileNotFoundError: [Errno 2] No such file or directory: 'x'")),
    ("directory", crashed("IsADirectoryError: [Errno 21] Is a directory: '.'")),
    ("no_arguments", crashed(f"{PORT}IndexError: list index out of range")),
    ("bad_argument", crashed(f"{PORT}ValueError: invalid literal for int()")),
    ("too_few_words", crashed(f"{SPLIT}IndexError: list index out of range")),
    ("nobody_listens", crashed("ConnectionRefusedError: [Errno 111] Connection refused")),
    ("not_connected", crashed("OSError: [Errno 107] Transport endpoint is not connected")),
    ("no_destination", crashed("OSError: [Errno 89] Destination address required")),
    ("unknown_host", crashed("socket.gaierror: [Errno -2] Name or service not known")),
    ("bad_memory", crashed("", message="it was killed by SIGSEGV (bad memory access)")),
    ("missing_module", crashed("ModuleNotFoundError: No module named 'numpy'")),
    ("end_of_input", crashed("EOFError: EOF when reading a line")),
    ("usage", crashed("usage: c.py PORT", message=f"{STATUS_1} (x)", reason="no_connection")),
]

HANDLED = {"reason": "not_closed"}  # it printed the error, and runs on
UNSHOWN = [
    ("python2", seen(reason="build_failed", message="s.py is written for Python 2")),
    ("semicolon", seen(reason="build_failed", message="s.c:3: error: expected ')' before ';'")),
    ("brace", seen(reason="build_failed", message="s.c:3: error: expected ')' before '{'")),
    ("undeclared", seen(reason="build_failed", message="error: 'x' was declared twice")),
    ("never_waited", seen(reason="still_running")),
    ("no_listen", crashed(ACCEPT, ("server", "listens", "tcp/1060"))),
    ("no_listen", crashed("recv()\nOSError: [Errno 22] Invalid argument")),
    ("address_in_use", crashed("Address already in use", **HANDLED)),
    ("text_mode", crashed(READ, ("alice", "sent", "hello"))),
    ("text_mode", crashed("    x = c.recv(9).decode()\nUnicodeDecodeError: no", GET)),
    ("str_and_bytes", crashed("TypeError: 'int' object is not callable")),
    ("text_and_number", crashed("TypeError: 'int' object is not callable")),
    ("not_utf8", crashed("UnicodeEncodeError: 'ascii' codec can't encode")),
    ("client_left", crashed("ConnectionResetError, handled", **HANDLED)),
    ("client_left", crashed("java.net.SocketException: Connection reset", reason="no_reply")),
    ("thread_left", crashed("SocketException: Connection", ("server", "exited"))),
    ("zero_as_error", played(reason="exited_early", message="(bind: Success)")),
    ("null_line", crashed(NULL, *STAYED)),
    ("minus_one", played(*STAYED, reason="refused", message=ARRAY)),
    ("java_read_utf", crashed("java.io.EOFException\n\tat java.io.DataInputStream.readInt(")),
    ("cut_message", seen(sent=("GET\r\n",), reason="crashed", message=NOT_ENOUGH)),
    ("no_such_file", crashed("FileNotFoundError, handled", **HANDLED)),
    ("directory", crashed("IsADirectoryError, handled", **HANDLED)),
    ("no_arguments", crashed("    x = line[1]\nIndexError: list index out of range")),
    ("bad_argument", crashed("    x = int(line)\nValueError: invalid literal for int()")),
    ("too_few_words", crashed("    x = table[9]\nIndexError: list index out of range")),
    ("nobody_listens", crashed("ConnectionAbortedError: [Errno 103]")),
    ("not_connected", crashed("OSError: [Errno 9] Bad file descriptor")),
    ("no_destination", crashed("OSError: [Errno 90] Message too long")),
    ("unknown_host", crashed("socket.timeout: timed out")),
    ("bad_memory", crashed("Segmentation fault", message="it was killed by SIGABRT")),
    ("missing_module", crashed("ImportError: cannot import name 'x'")),
    ("end_of_input", crashed("EOFError: Ran out of input")),
    ("usage", crashed("usage: c.py PORT", message="no reply", reason="no_reply")),
]
