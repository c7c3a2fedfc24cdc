"""The checks of `specs/tcp_echo.yml`, written for check50 as its manual shows.

Two things differ from what its authors write for programs without sockets. Checks run at the
same time there and would all want port 12000, so each takes a lock first: they are chained. And
a server is ready when a connection is no longer refused; a fixed sleep would only be slower.
Timeouts are 3 seconds, check50's own default.
"""

import contextlib
import fcntl
import functools
import random
import socket
import string
import struct
import tempfile
import time

import check50

PORT = 12000
TIMEOUT = 3


def chained(function):
    """Hold the port's lock while a check runs."""

    @functools.wraps(function)
    def alone():
        with open(tempfile.gettempdir() + "/check50-port-12000.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                function()
            finally:  # check50 would end them after the lock is given back
                while running:
                    running.pop().kill()

    return alone


def word():
    return "".join(random.choices(string.ascii_lowercase, k=8))


running = []  # a program ends when nobody refers to it any more


def start(command):
    running.append(check50.run(command))
    return running[-1]


def start_server():
    start("python3 server.py")


def connect():
    end = time.monotonic() + TIMEOUT
    while True:
        try:
            return socket.create_connection(("127.0.0.1", PORT), timeout=TIMEOUT)
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise check50.Failure("the connection was refused") from None
            time.sleep(0.01)


def expect(connection, wanted):
    got = b""
    try:
        while len(got) < len(wanted) and (data := connection.recv(4096)):
            got += data
    except TimeoutError:
        raise check50.Failure(f"no reply within {TIMEOUT} seconds") from None
    except ConnectionError as error:
        raise check50.Failure(f"the connection broke: {error}") from None
    if got != wanted:
        raise check50.Mismatch(wanted.decode(errors="replace"), got.decode(errors="replace"))


def talk(text):
    """One client's whole conversation."""
    with connect() as connection:
        connection.sendall(text.encode())
        expect(connection, text.upper().encode())


@contextlib.contextmanager
def host():
    """A server of ours for the client to come to."""
    with socket.create_server(("127.0.0.1", PORT)) as listener:
        listener.settimeout(TIMEOUT)

        def accept():
            try:
                connection = listener.accept()[0]
            except TimeoutError:
                raise check50.Failure("the client did not connect") from None
            connection.settimeout(TIMEOUT)
            return connection

        yield accept


@check50.check()
def server_exists():
    """server.py exists"""
    check50.exists("server.py")


@check50.check(server_exists)
@chained
def server_listens():
    """listens on TCP port 12000"""
    start_server()
    connect().close()


@check50.check(server_listens)
@chained
def echoes():
    """replies in upper case"""
    start_server()
    talk("hello " + word())


@check50.check(echoes)
@chained
def exact_reply():
    """the reply is exactly the message in upper case"""
    start_server()
    text = "exact " + word()
    with connect() as connection:
        connection.sendall(text.encode())
        expect(connection, text.upper().encode())
        connection.settimeout(0.5)
        with contextlib.suppress(TimeoutError, ConnectionError):
            if rest := connection.recv(100):
                raise check50.Failure(f"more came: {rest!r}")


@check50.check(echoes)
@chained
def mixed_text():
    """leaves digits, spaces and punctuation alone"""
    start_server()
    talk(f"a1 b2,  {word()}! (3.14) Z")


@check50.check(echoes)
@chained
def closes():
    """closes the connection after the reply"""
    start_server()
    text = "bye " + word()
    with connect() as connection:
        connection.sendall(text.encode())
        expect(connection, text.upper().encode())
        try:
            rest = connection.recv(100)
        except TimeoutError:
            raise check50.Failure("the connection stays open") from None
        if rest:
            raise check50.Failure(f"more came: {rest!r}")


@check50.check(echoes)
@chained
def next_clients():
    """serves one client after another"""
    start_server()
    for text in ("first ", "second ", "third "):
        talk(text + word())


@check50.check(next_clients)
@chained
def waiting_clients():
    """clients that connect early are served in their turn"""
    start_server()
    with connect() as alice, connect() as bob:
        for client in (alice, bob):
            text = "turn " + word()
            client.sendall(text.encode())
            expect(client, text.upper().encode())
            client.close()


@check50.check(echoes)
@chained
def long_message():
    """takes a message of 1,000 bytes"""
    start_server()
    talk("".join(random.choices(string.ascii_lowercase, k=1000)))


@check50.check(next_clients)
@chained
def survives_leaver():
    """outlives a client that leaves without a word"""
    start_server()
    connect().close()
    talk("still there " + word())


@check50.check(next_clients)
@chained
def survives_reset():
    """outlives a client that resets its connection"""
    start_server()
    connection = connect()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
    talk("still there " + word())


@check50.check(next_clients)
@chained
def survives_bytes():
    """outlives a message that is not text"""
    start_server()
    with connect() as connection:
        connection.sendall(bytes.fromhex("fffe806100c3"))
    talk("still there " + word())


@check50.check()
def client_exists():
    """client.py exists"""
    check50.exists("client.py")


@check50.check(client_exists)
@chained
def client_connects():
    """the client connects to the server"""
    with host() as accept:
        start("python3 client.py").stdin("hello " + word(), prompt=False)
        accept().close()


@check50.check(client_connects)
@chained
def client_prompts():
    """the client asks for a line"""
    with host():
        start("python3 client.py").stdout(r"\S")


@check50.check(client_connects)
@chained
def client_sends():
    """the client sends what is typed"""
    with host() as accept:
        text = "good morning " + word()
        start("python3 client.py").stdin(text, prompt=False)
        expect(accept(), text.encode())


@check50.check(client_sends)
@chained
def client_prints():
    """the client prints the reply"""
    with host() as accept:
        text, reply = "good evening " + word(), "REPLY " + word().upper()
        client = start("python3 client.py").stdin(text, prompt=False)
        connection = accept()
        expect(connection, text.encode())
        connection.sendall(reply.encode())
        connection.close()
        client.stdout(reply, regex=False)


@check50.check(client_prints)
@chained
def client_exits():
    """the client ends by itself after the reply"""
    with host() as accept:
        text, reply = "good night " + word(), "REPLY " + word().upper()
        client = start("python3 client.py").stdin(text, prompt=False)
        connection = accept()
        expect(connection, text.encode())
        connection.sendall(reply.encode())
        connection.close()
        client.stdout(reply, regex=False)
        client.exit()
