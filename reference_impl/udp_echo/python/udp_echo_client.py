"""UDP echo client: sends one line to the server and prints the reply.

    python3 udp_echo_client.py [host [port]]

The client's own port is chosen by the operating system at the first `sendto`.
"""

import socket
import sys

SERVER_HOST = "127.0.0.1"
SERVER_PORT = 12000
MAX_DATAGRAM = 65507

# UDP may lose the question or the answer, and nobody would tell us: never wait for ever.
REPLY_TIMEOUT = 20  # seconds


def server_address_from(arguments):
    """Return (host, port) from the command line, with the usual ones as defaults."""
    host = arguments[1] if len(arguments) > 1 else SERVER_HOST
    port = arguments[2] if len(arguments) > 2 else str(SERVER_PORT)
    if not (port.isdecimal() and 0 < int(port) < 65536):
        sys.exit(f"usage: {arguments[0]} [host [port]]")
    return host, int(port)


def read_line(prompt):
    """Return the bytes of one line from the keyboard, without its newline."""
    print(prompt, end="", flush=True)
    return sys.stdin.buffer.readline().rstrip(b"\r\n")


def ask(client_socket, message, server_address):
    """Send `message` as one datagram and return the server's reply."""
    client_socket.sendto(message, server_address)
    reply, _ = client_socket.recvfrom(MAX_DATAGRAM)
    return reply


def main():
    server_address = server_address_from(sys.argv)
    # What our terminal cannot show is printed as \x.. instead of raising an error.
    sys.stdout.reconfigure(errors="backslashreplace")

    message = read_line("Input lowercase sentence: ")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client_socket:
        client_socket.settimeout(REPLY_TIMEOUT)
        try:
            reply = ask(client_socket, message, server_address)
        except TimeoutError:
            sys.exit(f"No reply from {server_address} within {REPLY_TIMEOUT} seconds")
        except OSError as error:
            sys.exit(f"Cannot talk to {server_address}: {error}")
    print(reply.decode("utf-8", errors="backslashreplace"))


if __name__ == "__main__":
    main()
