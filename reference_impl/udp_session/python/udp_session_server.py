"""UDP session server: prints what clients say, answers in upper case, ends at "quit".

    python3 udp_session_server.py [port]

UDP knows no connections, so a session is nothing but datagrams that follow each other: any
number of clients may talk to the server at the same time, and the "quit" of any one ends it.
"""

import socket
import sys

SERVER_HOST = "127.0.0.1"  # this computer only, as in the lecture
SERVER_PORT = 50000
QUIT = b"quit"

# The largest payload of an IPv4 datagram: 65535 - 20 (IP header) - 8 (UDP header).
MAX_DATAGRAM = 65507


def port_from(arguments):
    """Return the port named on the command line, or the usual one."""
    if len(arguments) < 2:
        return SERVER_PORT
    if not (arguments[1].isdecimal() and 0 < int(arguments[1]) < 65536):
        sys.exit(f"usage: {arguments[0]} [port]")
    return int(arguments[1])


def serve(server_socket):
    """Answer datagrams until one says quit, which is not answered."""
    while True:
        message, client_address = server_socket.recvfrom(MAX_DATAGRAM)
        print("Client>", message.decode("utf-8", errors="backslashreplace"), flush=True)
        if message == QUIT:
            return
        try:
            # Upper-cased as bytes: what is no ASCII letter goes back as it came.
            server_socket.sendto(message.upper(), client_address)
        except OSError as error:
            # One reply that cannot be sent is no reason to leave all the others.
            print(f"Datagram not answered: {error}", file=sys.stderr)


def main():
    port = port_from(sys.argv)
    # What our terminal cannot show is printed as \x.. instead of raising an error.
    sys.stdout.reconfigure(errors="backslashreplace")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server_socket:
        try:
            server_socket.bind((SERVER_HOST, port))
        except OSError as error:
            sys.exit(f"Cannot open UDP port {port}: {error}")
        # Flushed, or the line would wait in a buffer when stdout is not a terminal.
        print("UDP server started ...", flush=True)
        serve(server_socket)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nServer stopped")
