"""Concurrent TCP server, a thread for each client: what they send comes back in upper case.

    python3 threaded_server.py [port]

The main thread does nothing but accept clients. Each conversation runs in a thread of its own and
may wait for its client as long as it likes: a silent client holds up nobody but its thread.
"""

import socket
import sys
import threading

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


def serve_client(connection):
    """Hold one conversation and close its connection: all that one thread does."""
    with connection:
        try:
            converse(connection)
        except OSError as error:
            # A reset or a broken pipe ends this conversation, not the others.
            print("Client lost:", error, file=sys.stderr)


def main():
    port = port_from(sys.argv)
    try:
        listening_socket = open_listening_socket(port)
    except OSError as error:
        sys.exit(f"Cannot listen on TCP port {port}: {error}")

    with listening_socket:
        # Flushed, or the line would wait in a buffer when stdout is not a terminal.
        print("TCP server started, a thread for each client", flush=True)
        while True:
            connection, _ = listening_socket.accept()
            # A daemon thread does not keep the program alive once the main thread ends.
            threading.Thread(target=serve_client, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nServer stopped")
