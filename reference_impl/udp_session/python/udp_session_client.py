"""UDP session client: sends line after line and prints the replies, until you type quit.

    python3 udp_session_client.py [host [port]]
"""

import socket
import sys

SERVER_HOST = "127.0.0.1"
SERVER_PORT = 50000
MAX_DATAGRAM = 65507
QUIT = "quit"

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
    """Return one line from the keyboard without blanks around it; quit at the end of input."""
    print(prompt, end="", flush=True)  # a prompt has no newline, so it must be flushed
    line = sys.stdin.readline()
    return line.strip() if line else QUIT


def converse(client_socket, user_name, server_address):
    """One exchange per line typed; quit is sent, too, but never answered."""
    while True:
        line = read_line(f"{user_name}> ")
        client_socket.sendto(line.encode("utf-8", errors="surrogateescape"), server_address)
        if line == QUIT:
            return
        try:
            reply, _ = client_socket.recvfrom(MAX_DATAGRAM)
        except TimeoutError:
            print(f"No reply within {REPLY_TIMEOUT} seconds", file=sys.stderr)
        else:
            print(reply.decode("utf-8", errors="backslashreplace"))


def main():
    server_address = server_address_from(sys.argv)
    # What our terminal cannot show is printed as \x.. instead of raising an error.
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.stdin.reconfigure(errors="surrogateescape")

    user_name = read_line("Enter your name: ")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client_socket:
        client_socket.settimeout(REPLY_TIMEOUT)
        try:
            converse(client_socket, user_name, server_address)
        except OSError as error:
            sys.exit(f"Cannot talk to {server_address}: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print()
