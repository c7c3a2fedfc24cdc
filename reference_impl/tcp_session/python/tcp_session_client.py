"""TCP session client: sends what is typed, line by line, and prints each reply until quit.

    python3 tcp_session_client.py [host [port]]
"""

import socket
import sys

SERVER_HOST = "127.0.0.1"
SERVER_PORT = 50000
MAX_REPLY = 64 * 1024
QUIT_MESSAGE = b"quit"


def server_address_from(arguments):
    """Return (host, port) from the command line, with the usual ones as defaults."""
    host = arguments[1] if len(arguments) > 1 else SERVER_HOST
    port = arguments[2] if len(arguments) > 2 else str(SERVER_PORT)
    if not (port.isdecimal() and 0 < int(port) < 65536):
        sys.exit(f"usage: {arguments[0]} [host [port]]")
    return host, int(port)


def read_message(prompt):
    """Return the bytes of the next message to send.

    An empty line is asked again, for zero bytes are no message in TCP: the server would
    never answer. The end of the input (Ctrl-D) means quit.
    """
    while True:
        print(prompt, end="", flush=True)
        line = sys.stdin.buffer.readline()
        if not line:
            return QUIT_MESSAGE
        if message := line.strip():
            return message


def converse(client_socket, user_name):
    """Send message after message and print the replies; quit is sent and has none."""
    while True:
        message = read_message(f"{user_name}> ")
        client_socket.sendall(message)
        if message == QUIT_MESSAGE:
            return
        reply = client_socket.recv(MAX_REPLY)
        if not reply:
            sys.exit("The server closed the connection")
        print(reply.decode("utf-8", errors="backslashreplace"), flush=True)


def main():
    server_address = server_address_from(sys.argv)
    # What our terminal cannot show is printed as \x.. instead of raising an error.
    sys.stdout.reconfigure(errors="backslashreplace")
    print("Enter your name: ", end="", flush=True)
    # Through the buffer like all that follows, so that none of it is read ahead.
    user_name = sys.stdin.buffer.readline().strip().decode("utf-8", errors="backslashreplace")
    try:
        with socket.create_connection(server_address) as client_socket:
            converse(client_socket, user_name)
    except OSError as error:
        sys.exit(f"Cannot talk to {server_address}: {error}")


if __name__ == "__main__":
    main()
