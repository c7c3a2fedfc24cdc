"""TCP session server: holds a conversation on each connection, in upper case.

    python3 tcp_session_server.py [port]

    client sends        server replies
    hello               HELLO
    quit                                (nothing: it closes the connection)

One conversation at a time: the next client waits in the queue of the listening socket. The
protocol has no message boundaries of its own: what one recv() returns is one message, so a
client must wait for the reply before it goes on.
"""

import socket
import sys

SERVER_PORT = 50000
MAX_MESSAGE = 64 * 1024  # bytes taken in one recv
WAITING_CLIENTS = 16
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


def is_quit(message):
    """Tell whether `message` says goodbye; a newline behind it (as `nc` adds) is fine."""
    return message.rstrip(b"\r\n") == QUIT_MESSAGE


def converse(connection):
    """Answer message after message. Return when the client said quit or left."""
    # No bytes at all come only when the client has closed its side.
    while message := connection.recv(MAX_MESSAGE):
        if is_quit(message):
            return
        # sendall, not send: send may take only part of the bytes and leave us the rest.
        # As bytes: what is no ASCII letter goes back as it came.
        connection.sendall(message.upper())


def serve_next_client(listening_socket):
    """Wait for a client and hold one conversation; closes that connection only."""
    connection, _ = listening_socket.accept()
    with connection:
        converse(connection)


def main():
    port = port_from(sys.argv)
    try:
        listening_socket = open_listening_socket(port)
    except OSError as error:
        sys.exit(f"Cannot listen on TCP port {port}: {error}")

    with listening_socket:
        # Flushed, or the line would wait in a buffer when stdout is not a terminal.
        print("TCP server started", flush=True)
        while True:
            try:
                serve_next_client(listening_socket)
            except OSError as error:
                # A reset or a broken pipe ends this conversation, not the server.
                print("Client lost:", error, file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nServer stopped")
