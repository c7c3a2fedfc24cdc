"""UDP echo server that tells who said what: answers in upper case, prints text and sender.

    python3 udp_args_server.py [port]

For each datagram it prints two lines, the second with the pair that recvfrom() returns:

    This message:  hello from client1
    is received from: ('127.0.0.1', 1600)
"""

import socket
import sys

SERVER_PORT = 12000

# The largest payload of an IPv4 datagram: 65535 - 20 (IP header) - 8 (UDP header).
# A smaller buffer would silently cut off the end of a larger datagram.
MAX_DATAGRAM = 65507


def port_from(arguments):
    """Return the port named on the command line, or the usual one."""
    if len(arguments) < 2:
        return SERVER_PORT
    if not (arguments[1].isdecimal() and 0 < int(arguments[1]) < 65536):
        sys.exit(f"usage: {arguments[0]} [port]")
    return int(arguments[1])


def open_server_socket(port):
    """Return a UDP socket bound to `port` on every address of this machine."""
    server_socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server_socket.bind(("", port))
    return server_socket


def answer_one_datagram(server_socket):
    """Wait for a datagram, print it with its sender, send its upper-case twin back."""
    message, client_address = server_socket.recvfrom(MAX_DATAGRAM)
    text = message.decode("utf-8", errors="backslashreplace")
    print("This message: ", text)
    print("is received from:", client_address, flush=True)
    # Upper-cased as bytes: what is no ASCII letter, or no text at all, goes back as it came.
    server_socket.sendto(message.upper(), client_address)


def main():
    port = port_from(sys.argv)
    # What our terminal cannot show is printed as \x.. instead of raising an error.
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        server_socket = open_server_socket(port)
    except OSError as error:
        sys.exit(f"Cannot open UDP port {port}: {error}")

    with server_socket:
        # Flushed, or the line would wait in a buffer when stdout is not a terminal.
        print("The server is ready to receive", flush=True)
        while True:
            try:
                answer_one_datagram(server_socket)
            except OSError as error:
                # One reply that cannot be sent is no reason to leave all the others.
                print(f"Datagram not answered: {error}", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nServer stopped")
