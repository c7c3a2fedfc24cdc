"""Chat room client: sends what is typed, and prints what the others say, both at any time.

    python3 chat_room_client.py [host [port]]
"""

import os
import socket
import sys
import threading

SERVER_HOST = "127.0.0.1"
SERVER_PORT = 9000
QUIT_LINE = b"/quit"


def server_address_from(arguments):
    """Return (host, port) from the command line, with the usual ones as defaults."""
    host = arguments[1] if len(arguments) > 1 else SERVER_HOST
    port = arguments[2] if len(arguments) > 2 else str(SERVER_PORT)
    if not (port.isdecimal() and 0 < int(port) < 65536):
        sys.exit(f"usage: {arguments[0]} [host [port]]")
    return host, int(port)


def read_line():
    """Return the bytes of the next line typed, without its newline; the end means /quit."""
    line = sys.stdin.buffer.readline()
    return line.rstrip(b"\r\n") if line else QUIT_LINE


def print_what_comes(client_socket):
    """Print every line of the room, until the server closes the connection.

    Runs in a thread of its own: the other one waits for the keyboard, and neither may keep
    the other waiting.
    """
    # As a file, the socket is read in lines, in whatever pieces they arrive.
    with client_socket.makefile("r", encoding="utf-8", errors="backslashreplace") as room:
        try:
            for line in room:
                print(line.rstrip("\r\n"), flush=True)
        except OSError as error:
            print("Connection lost:", error, file=sys.stderr)
    print("The chat is over", file=sys.stderr)
    # The main thread is still waiting for the keyboard: end the program over its head.
    os._exit(0)


def send_what_is_typed(client_socket):
    """Send every line typed: the name is the first, /quit the last one."""
    line = None
    while line != QUIT_LINE:
        line = read_line()
        client_socket.sendall(line + b"\n")


def main():
    server_address = server_address_from(sys.argv)
    # What our terminal cannot show is printed as \x.. instead of raising an error.
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with socket.create_connection(server_address) as client_socket:
            print("Your name: ", end="", flush=True)
            printer = threading.Thread(target=print_what_comes, args=(client_socket,))
            printer.start()
            send_what_is_typed(client_socket)
            printer.join()
    except OSError as error:
        sys.exit(f"Cannot talk to {server_address}: {error}")


if __name__ == "__main__":
    main()
