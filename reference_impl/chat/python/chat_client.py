"""Chat client: sends messages to the server until the user types Exit.

    python3 chat_client.py [host [port]]
"""

import socket
import sys

SERVER_HOST = "127.0.0.1"
SERVER_PORT = 1060
MAX_REPLY = 64 * 1024
EXIT_MESSAGE = b"Exit"
PROMPT = "Enter message to send or type Exit to disconnect: "


def server_address_from(arguments):
    """Return (host, port) from the command line, with the usual ones as defaults."""
    host = arguments[1] if len(arguments) > 1 else SERVER_HOST
    port = arguments[2] if len(arguments) > 2 else str(SERVER_PORT)
    if not (port.isdecimal() and 0 < int(port) < 65536):
        sys.exit(f"usage: {arguments[0]} [host [port]]")
    return host, int(port)


def read_message():
    """Return the bytes of the next message to send.

    An empty line is asked again, for zero bytes are no message in TCP: the server would
    never answer. The end of the input (Ctrl-D) means Exit.
    """
    while True:
        print(PROMPT, end="", flush=True)
        line = sys.stdin.buffer.readline()
        if not line:
            return EXIT_MESSAGE
        if message := line.rstrip(b"\r\n"):
            return message


def exchange(client_socket, message):
    """Send one message, print the server's reply."""
    client_socket.sendall(message)
    reply = client_socket.recv(MAX_REPLY)
    if not reply:
        sys.exit("The server closed the connection")
    text = reply.decode("utf-8", errors="backslashreplace")
    print("Received Message from Server:", text, flush=True)


def converse(client_socket):
    """One exchange per line typed, Exit being the last one."""
    message = None
    while message != EXIT_MESSAGE:
        message = read_message()
        exchange(client_socket, message)


def main():
    server_address = server_address_from(sys.argv)
    # What our terminal cannot show is printed as \x.. instead of raising an error.
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with socket.create_connection(server_address) as client_socket:
            converse(client_socket)
    except OSError as error:
        sys.exit(f"Cannot talk to {server_address}: {error}")
    print("Now you are disconnected from the server")


if __name__ == "__main__":
    main()
