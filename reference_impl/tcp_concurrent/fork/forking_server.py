"""Concurrent TCP server, a process for each client: what they send comes back in upper case.

    python3 forking_server.py [port]

The parent does nothing but accept clients and fork. Each child has a copy of the connection and
holds the conversation; whatever happens to it, parent and siblings do not notice. For Unix only.
"""

import os
import signal
import socket
import sys

SERVER_PORT = 50000
MAX_MESSAGE = 64 * 1024  # bytes taken in one recv
WAITING_CLIENTS = 64
QUIT_MESSAGE = b"quit"


def port_from(arguments):
    """Return the port named on the command line, or the usual one."""
    if len(arguments) < 2:
        return SERVER_PORT
    if not (arguments[1].isdecimal() and 0 < int(arguments[1]) < 65536):
        sys.exit(f"usage: {arguments[0]} [port]")
    return int(arguments[1])


def open_listening_socket(port):
    """Return a TCP socket listening on `port` on every address of this machine."""
    listening_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # After quit the server closes first, which leaves the connection in TIME_WAIT for a
    # minute. Without SO_REUSEADDR a restarted server could not bind its port till then.
    listening_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening_socket.bind(("", port))
    listening_socket.listen(WAITING_CLIENTS)
    return listening_socket


def converse(connection):
    """Answer message after message. Return when the client said quit or left."""
    # No bytes at all come only when the client has closed its side.
    while message := connection.recv(MAX_MESSAGE):
        if message == QUIT_MESSAGE:
            return
        # sendall, not send: send may take only part of the bytes and leave us the rest.
        # As bytes: what is no ASCII letter goes back as it came.
        connection.sendall(message.upper())


def bury_children(_signal_number, _frame):
    """Collect every child that has ended: one not waited for stays behind as a zombie.

    Signals are not counted: two children that end together may raise one SIGCHLD. So ask
    until there is nobody left.
    """
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    except ChildProcessError:
        pass  # there are no children at all


def serve_client(connection):
    """Hold one conversation: all that one child does."""
    try:
        converse(connection)
    except OSError as error:
        # A reset or a broken pipe ends this conversation, not the others.
        print("Client lost:", error, file=sys.stderr)


def fork_for(connection, listening_socket):
    """Leave a client to a new child."""
    if os.fork() != 0:
        # The parent's copy must be closed too: the client sees the end only when no process
        # has the connection open any more.
        connection.close()
        return
    listening_socket.close()
    serve_client(connection)
    # _exit, not exit: nothing that the parent has yet to do may be done twice. The connection is
    # closed with the child.
    os._exit(0)


def main():
    port = port_from(sys.argv)
    try:
        listening_socket = open_listening_socket(port)
    except OSError as error:
        sys.exit(f"Cannot listen on TCP port {port}: {error}")

    signal.signal(signal.SIGCHLD, bury_children)
    with listening_socket:
        # Flushed before any fork, or each child would have a copy of it to print.
        print("TCP server started, a process for each client", flush=True)
        while True:
            connection, _ = listening_socket.accept()
            fork_for(connection, listening_socket)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nServer stopped")
