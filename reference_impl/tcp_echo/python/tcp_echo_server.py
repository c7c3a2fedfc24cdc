"""TCP echo server: one message per connection, answered in upper case.

    python3 tcp_echo_server.py [port]

For ever: accept a connection, receive the message, send the upper-cased bytes, close that
connection. Clients are served one after the other; the next ones wait in the queue of
the listening socket.
"""

import socket
import sys

SERVER_PORT = 12000
MAX_MESSAGE = 64 * 1024  # bytes taken in one recv
MORE_MAY_FOLLOW = 0.1  # seconds within which the pieces of one message follow each other
WAITING_CLIENTS = 16


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
    # The side that closes first (here: the server) keeps the connection in TIME_WAIT for
    # a minute. Without SO_REUSEADDR a restarted server could not bind its port till then.
    listening_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening_socket.bind(("", port))
    listening_socket.listen(WAITING_CLIENTS)
    return listening_socket


def receive_message(connection):
    """Return one message, or no bytes when the client has closed its side.

    TCP knows no messages: a client that writes byte by byte may have its text arrive in
    pieces. Nothing in this protocol marks the end, so what follows at once still belongs to
    the message. (The textbook takes the first piece for all of it.)
    """
    message = connection.recv(MAX_MESSAGE)
    connection.settimeout(MORE_MAY_FOLLOW)
    try:
        while piece := connection.recv(MAX_MESSAGE):
            message += piece
    except TimeoutError:
        pass
    finally:
        connection.settimeout(None)
    return message


def serve_client(connection):
    """Answer the one message of this client; one that says nothing gets nothing."""
    message = receive_message(connection)
    # sendall, not send: send may take only part of the bytes and leave the rest to us.
    # As bytes: what is no ASCII letter goes back as it came.
    connection.sendall(message.upper())


def main():
    port = port_from(sys.argv)
    try:
        listening_socket = open_listening_socket(port)
    except OSError as error:
        sys.exit(f"Cannot listen on TCP port {port}: {error}")

    with listening_socket:
        # Flushed, or the line would wait in a buffer when stdout is not a terminal.
        print("The server is ready to receive", flush=True)
        while True:
            try:
                connection, _ = listening_socket.accept()
                # `with` closes this connection, and not the listening socket.
                with connection:
                    serve_client(connection)
            except OSError as error:
                # A client that resets or goes away early harms only itself.
                print(f"Client lost: {error}", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nServer stopped")
