"""TCP echo client: sends one line to the server and prints the reply.

    python3 tcp_echo_client.py [host [port]]
"""

import socket
import sys

SERVER_HOST = "127.0.0.1"
SERVER_PORT = 12000


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


def receive_reply(client_socket, expected_length):
    """Return the reply: everything until it is as long as the question, or the end.

    TCP is a stream: a reply sent at one go may arrive in pieces, so one recv may bring
    only its beginning. The server's closing ends a reply that is shorter.
    """
    reply = b""
    while len(reply) < expected_length:
        piece = client_socket.recv(64 * 1024)
        if not piece:
            break
        reply += piece
    return reply


def talk(client_socket):
    """Hold the one exchange of this assignment and print its result."""
    sentence = read_line("Input lowercase sentence: ")
    if not sentence:
        # Zero bytes are no message in TCP: the server would never notice them.
        sys.exit("Nothing to send")
    client_socket.sendall(sentence)
    reply = receive_reply(client_socket, len(sentence))
    if not reply:
        sys.exit("The server closed the connection without a reply")
    print("From Server: " + reply.decode("utf-8", errors="backslashreplace"))


def main():
    server_address = server_address_from(sys.argv)
    # What our terminal cannot show is printed as \x.. instead of raising an error.
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with socket.create_connection(server_address) as client_socket:
            talk(client_socket)
    except OSError as error:
        sys.exit(f"Cannot talk to {server_address}: {error}")


if __name__ == "__main__":
    main()
