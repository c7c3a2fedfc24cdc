"""TCP greeting client: connects, prints what the server says, ends.

    python3 tcp_greeting_client.py [host [port]]
"""

import socket
import sys

SERVER_PORT = 12345
PIECE = 1024  # bytes taken in one recv


def server_address_from(arguments):
    """Return (host, port) from the command line, with the usual ones as defaults.

    gethostname() is the name of this computer, which must be known to it: /etc/hosts has it.
    """
    host = arguments[1] if len(arguments) > 1 else socket.gethostname()
    port = arguments[2] if len(arguments) > 2 else str(SERVER_PORT)
    if not (port.isdecimal() and 0 < int(port) < 65536):
        sys.exit(f"usage: {arguments[0]} [host [port]]")
    return host, int(port)


def receive_all(client_socket):
    """Return everything the server says until it closes.

    TCP is a stream: what was sent at one go may arrive in pieces. The end of the connection is
    the end of the greeting.
    """
    greeting = b""
    while piece := client_socket.recv(PIECE):
        greeting += piece
    return greeting


def main():
    server_address = server_address_from(sys.argv)
    # What our terminal cannot show is printed as \x.. instead of raising an error.
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with socket.create_connection(server_address) as client_socket:
            greeting = receive_all(client_socket)
    except OSError as error:
        sys.exit(f"Cannot talk to {server_address}: {error}")
    if not greeting:
        sys.exit("The server closed the connection without a word")
    print(greeting.decode("utf-8", errors="backslashreplace"))


if __name__ == "__main__":
    main()
