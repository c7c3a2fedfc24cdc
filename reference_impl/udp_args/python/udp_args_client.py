"""UDP client with arguments: sends a message from a port of its own and prints the reply.

    python3 udp_args_client.py <bind port> <message>

A message of several words is put in quotes, so that the shell hands it over as one argument.
"""

import socket
import sys

SERVER_HOST = "127.0.0.1"
SERVER_PORT = 12000
MAX_DATAGRAM = 65507

# UDP may lose the question or the answer, and nobody would tell us: never wait for ever.
REPLY_TIMEOUT = 20  # seconds


def settings_from(arguments):
    """Return (bind port, message) from the command line, or end the program."""
    try:
        return int(arguments[1]), arguments[2]
    except (IndexError, ValueError) as error:
        # sys.exit with a text prints it to stderr and ends with status 1.
        sys.exit(f"{error}\nusage: {arguments[0]} <bind port> <message>")


def ask(client_socket, message, server_address):
    """Send `message` as one datagram and return the server's reply."""
    client_socket.sendto(message, server_address)
    reply, _ = client_socket.recvfrom(MAX_DATAGRAM)
    return reply


def main():
    bind_port, message = settings_from(sys.argv)
    server_address = (SERVER_HOST, SERVER_PORT)
    # What our terminal cannot show is printed as \x.. instead of raising an error.
    sys.stdout.reconfigure(errors="backslashreplace")

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client_socket:
        try:
            # Without bind() the operating system would choose the port at the first sendto().
            client_socket.bind(("", bind_port))
        except (OSError, OverflowError) as error:  # in use, not ours, or beyond 65535
            sys.exit(f"Cannot bind port {bind_port}: {error}")
        client_socket.settimeout(REPLY_TIMEOUT)
        try:
            # surrogateescape: the very bytes that stood on the command line, whatever they are.
            question = message.encode("utf-8", errors="surrogateescape")
            reply = ask(client_socket, question, server_address)
        except TimeoutError:
            sys.exit(f"No reply from {server_address} within {REPLY_TIMEOUT} seconds")
        except OSError as error:
            sys.exit(f"Cannot talk to {server_address}: {error}")
    print(reply.decode("utf-8", errors="backslashreplace"))


if __name__ == "__main__":
    main()
