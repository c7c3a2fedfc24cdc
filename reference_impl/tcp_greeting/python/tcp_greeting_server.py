"""TCP greeting server: thanks each client for connecting, and closes the connection.

    python3 tcp_greeting_server.py [port]

Here the server speaks first, and the client only listens.
"""

import socket
import sys

SERVER_PORT = 12345
GREETING = b"Thank you for connecting"  # bytes: a socket carries no str
WAITING_CLIENTS = 16


def port_from(arguments):
    """Return the port named on the command line, or the usual one."""
    if len(arguments) < 2:
        return SERVER_PORT
    if not (arguments[1].isdecimal() and 0 < int(arguments[1]) < 65536):
        sys.exit(f"usage: {arguments[0]} [port]")
    return int(arguments[1])


def open_listening_socket(port):
    """Return a TCP socket listening on `port`.

    The lecture binds gethostname(). That is one address of this machine, and often not the
    one that "localhost" stands for; "" is all of them, so clients of either name get through.
    """
    listening_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # The side that closes first (here: the server) keeps the connection in TIME_WAIT for
    # a minute. Without SO_REUSEADDR a restarted server could not bind its port till then.
    listening_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening_socket.bind(("", port))
    listening_socket.listen(WAITING_CLIENTS)
    return listening_socket


def greet_next_client(listening_socket):
    """Wait for a client, greet it, close its connection (and not the listening socket)."""
    connection, _ = listening_socket.accept()
    with connection:
        connection.sendall(GREETING)


def main():
    port = port_from(sys.argv)
    try:
        listening_socket = open_listening_socket(port)
    except OSError as error:
        sys.exit(f"Cannot listen on TCP port {port}: {error}")

    with listening_socket:
        # Flushed, or the line would wait in a buffer when stdout is not a terminal.
        print("Server host is", socket.gethostname(), flush=True)
        while True:
            try:
                greet_next_client(listening_socket)
            except OSError as error:
                # A client that resets or goes away early harms only itself.
                print(f"Client lost: {error}", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nServer stopped")
