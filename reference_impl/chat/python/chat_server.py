"""Chat server: confirms every message with its length, until the client says Exit.

    python3 chat_server.py [port]

    client sends        server replies
    Hi                  Your data was 2 bytes
    Exit                Disconnect             (and closes the connection)

One conversation at a time. The protocol has no message boundaries of its own: what arrives
together is one message, so a client must wait for the reply before it goes on.
"""

import socket
import sys

SERVER_PORT = 1060
MAX_MESSAGE = 64 * 1024  # bytes taken in one recv
MORE_MAY_FOLLOW = 0.1  # seconds within which the pieces of one message follow each other
WAITING_CLIENTS = 16
EXIT_MESSAGE = b"Exit"


def port_from(arguments):
    """Return the port named on the command line, or the usual one."""
    if len(arguments) < 2:
        return SERVER_PORT
    if not (arguments[1].isdecimal() and 0 < int(arguments[1]) < 65536):
        sys.exit(f"usage: {arguments[0]} [port]")
    return int(arguments[1])


def open_listening_socket(port):
    """Return a TCP socket listening on `port` on every address of this machine."""
    listening_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # After Exit the server closes first, which leaves the connection in TIME_WAIT for a
    # minute. Without SO_REUSEADDR a restarted server could not bind its port till then.
    listening_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening_socket.bind(("", port))
    listening_socket.listen(WAITING_CLIENTS)
    return listening_socket


def is_exit(message):
    """Tell whether `message` says goodbye; a newline behind it (as `nc` adds) is fine."""
    return message.rstrip(b"\r\n") == EXIT_MESSAGE


def reply_to(message):
    """Return the reply to `message`. Its length is counted in bytes, not characters."""
    if is_exit(message):
        return b"Disconnect"
    return f"Your data was {len(message)} bytes".encode("ascii")


def receive_message(connection):
    """Return one message, or no bytes when the client has closed its side.

    TCP knows no messages: a client that writes byte by byte may have its text arrive in
    pieces. Nothing in this protocol marks the end, so what follows at once still belongs to
    the message. (The textbook takes the first piece for all of it.)
    """
    message = connection.recv(MAX_MESSAGE)
    connection.settimeout(MORE_MAY_FOLLOW)
    try:
        while piece := connection.recv(MAX_MESSAGE):
            message += piece
    except TimeoutError:
        pass
    finally:
        connection.settimeout(None)
    return message


def converse(connection):
    """Answer message after message. Return when the client said Exit or left."""
    # No bytes at all come only when the client has closed its side.
    while message := receive_message(connection):
        # Bytes that are no UTF-8 are shown as \x..; a log line must not end the server.
        text = message.decode("utf-8", errors="backslashreplace")
        print("Received Message from Client:", text)
        # sendall, not send: send may take only part of the bytes and leave us the rest.
        connection.sendall(reply_to(message))
        if is_exit(message):
            print("Reply sent, Server socket closed")
            return


def serve_next_client(listening_socket):
    """Wait for a client and hold one conversation; closes that connection only."""
    print("Listening at", listening_socket.getsockname())
    connection, client_address = listening_socket.accept()
    with connection:
        print("The server now is connected to:", client_address)
        # Not getpeername(): it raises an error if the client is already gone again.
        print("Socket connects between", connection.getsockname(), "and", client_address)
        converse(connection)


def main():
    port = port_from(sys.argv)
    # Lines appear at once, also when stdout is not a terminal, in whatever encoding.
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")
    try:
        listening_socket = open_listening_socket(port)
    except OSError as error:
        sys.exit(f"Cannot listen on TCP port {port}: {error}")

    with listening_socket:
        while True:
            try:
                serve_next_client(listening_socket)
            except OSError as error:
                # A reset or a broken pipe ends this conversation, not the server.
                print("Client lost:", error, file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nServer stopped")
