"""Chat room server: whatever one says, all the others read.

    python3 chat_room_server.py [port]

    a client sends      that client gets      all the others get
    alice               Welcome, alice        alice joined           (its first line: its name)
    hello               (nothing)             alice: hello
    /quit               (the end)             alice left

All lines are UTF-8 and end with a newline. A client that goes away without /quit has left, too.
One that has not yet sent its name is not in the room: it reads nothing, and nobody hears of it.
"""

import socket
import struct
import sys
import threading

SERVER_PORT = 9000
MAX_LINE = 4096  # bytes in a line, its newline included
WAITING_CLIENTS = 64
SEND_TIMEOUT = 5  # seconds that a member who does not read may hold up the others
QUIT_LINE = b"/quit"


class Room:
    """Who is there. Each method is one event, and all the members see events in one order."""

    def __init__(self):
        self._members = {}  # connection: name
        # Every thread of the server calls us, and a dictionary must not change while another
        # thread walks over it.
        self._lock = threading.Lock()

    def join(self, connection, name):
        """Let a newcomer in, who is welcomed, and tell the others."""
        with self._lock:
            self._tell_all(name + b" joined")
            self._members[connection] = name
            self._tell(connection, b"Welcome, " + name)

    def say(self, connection, text):
        """Tell everybody but the speaker."""
        with self._lock:
            self._tell_all(self._members[connection] + b": " + text, but=connection)

    def leave(self, connection):
        """Forget a member, and tell the others; one who never joined leaves unnoticed."""
        with self._lock:
            name = self._members.pop(connection, None)
            if name is not None:
                self._tell_all(name + b" left")

    def _tell_all(self, line, but=None):
        for connection in self._members:
            if connection is not but:
                self._tell(connection, line)

    def _tell(self, connection, line):
        try:
            connection.sendall(line + b"\n")
        except OSError:
            # That member is gone, which the thread that reads from it will notice: what was
            # said is no business of the speaker's thread any more.
            connection.close_both_ways()


class Connection:
    """A client's connection, in lines."""

    def __init__(self, client_socket):
        self._socket = client_socket
        self._received = b""

    def read_line(self):
        """Return the next line without its end, or None when there will be no more.

        TCP is a stream: one recv may bring half a line, or three. What was received and is
        not yet a line waits here for the rest.
        """
        while b"\n" not in self._received:
            piece = self._socket.recv(MAX_LINE)
            if not piece or len(self._received) > MAX_LINE:
                return None
            self._received += piece
        line, _, self._received = self._received.partition(b"\n")
        return line.removesuffix(b"\r")

    def sendall(self, data):
        """Send all of `data`."""
        self._socket.sendall(data)

    def close_both_ways(self):
        """Wake up the thread that waits for this client's next line: there will be none."""
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it is closed already


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
    # After /quit the server closes first, which leaves the connection in TIME_WAIT for a
    # minute. Without SO_REUSEADDR a restarted server could not bind its port till then.
    listening_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening_socket.bind(("", port))
    listening_socket.listen(WAITING_CLIENTS)
    return listening_socket


def attend(room, connection):
    """Follow one client from its name to its leaving."""
    name = connection.read_line()
    if not name:
        return  # left without a word
    room.join(connection, name)
    while True:
        text = connection.read_line()
        if text is None or text == QUIT_LINE:
            return
        if text:
            room.say(connection, text)


def serve_client(room, client_socket):
    """All that the thread of one client does."""
    # A member who stops reading must not stop the room: sending to it fails after a while.
    # (Not settimeout: receiving may take as long as it likes.)
    time_limit = struct.pack("ll", SEND_TIMEOUT, 0)  # seconds, microseconds
    client_socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, time_limit)
    connection = Connection(client_socket)
    with client_socket:
        try:
            attend(room, connection)
        except OSError:
            pass  # a reset: it has left as well
        finally:
            room.leave(connection)


def main():
    port = port_from(sys.argv)
    try:
        listening_socket = open_listening_socket(port)
    except OSError as error:
        sys.exit(f"Cannot listen on TCP port {port}: {error}")

    room = Room()
    with listening_socket:
        # Flushed, or the line would wait in a buffer when stdout is not a terminal.
        print("The room is open", flush=True)
        while True:
            client_socket, _ = listening_socket.accept()
            # Nothing is read here: a client that takes its time to send its name would hold
            # up all who come after it.
            threading.Thread(
                target=serve_client, args=(room, client_socket), daemon=True
            ).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nThe room is closed")
