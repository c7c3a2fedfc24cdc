"""SMTP server: takes messages from mail clients and prints them (RFC 5321).

    python3 smtp_server.py [port]

    client                                  server
                                            220 localhost SMTP server ready
    HELO laptop                             250 OK
    MAIL FROM:<ann@example.org>             250 OK
    RCPT TO:<bob@example.org>               250 OK
    DATA                                    354 End the message with a line that is only a dot
    Subject: Lunch?                         (nothing: this is the message, not commands)

    At noon, as usual.
    .                                       250 OK
    QUIT                                    221 Goodbye            (and closes the connection)

One client at a time. Nothing is delivered: the messages are printed.
"""

import re
import socket
import sys

SERVER_PORT = 2525  # mail servers use 25, for which one has to be root
WAITING_CLIENTS = 16
MAX_LINE = 64 * 1024  # bytes; RFC 5321 asks for 512 in commands and 1000 in messages

SENDER = re.compile(rb"FROM: ?<([^<>]*)>( .*)?", re.IGNORECASE)  # empty in error reports
RECIPIENT = re.compile(rb"TO: ?<([^<>]+)>( .*)?", re.IGNORECASE)
END_OF_MESSAGE = b"."

REPLIES = {
    220: "localhost SMTP server ready",
    221: "Goodbye",
    250: "OK",
    354: "End the message with a line that is only a dot",
    500: "Command not recognized",
    501: "Syntax error in parameters or arguments",
    503: "Bad sequence of commands",
}


class ClientLeft(Exception):
    """The client has closed its side, in whatever it was saying, or never ends its line."""


class Connection:
    """Lines from the client, replies to it."""

    def __init__(self, client_socket, lines):
        self.socket = client_socket
        # TCP is a stream: a line may come in many pieces, or many lines in one piece. A file
        # made of the socket keeps on receiving until a line is whole, and keeps the rest.
        self.lines = lines

    def read_line(self):
        """Return the next line without its line end (CR LF; a bare LF is forgiven)."""
        line = self.lines.readline(MAX_LINE)
        if not line.endswith(b"\n"):
            raise ClientLeft
        return line.rstrip(b"\r\n")

    def reply(self, code):
        """Send one reply: the code, which counts, and a text for people."""
        self.socket.sendall(f"{code} {REPLIES[code]}\r\n".encode("ascii"))


def readable(data):
    """Return bytes as text; what is no UTF-8 is shown as \\x.. instead of raising an error."""
    return data.decode("utf-8", errors="backslashreplace")


# ---- the dialogue ----------------------------------------------------------------------


class Session:
    """One client's dialogue: what it has said so far decides what may come next."""

    def __init__(self, connection):
        self.connection = connection
        self.has_greeted = False
        self.is_over = False
        self.forget_message()
        self.commands = {
            b"HELO": self.hello,
            b"EHLO": self.hello,
            b"MAIL": self.mail_from,
            b"RCPT": self.rcpt_to,
            b"DATA": self.data,
            b"QUIT": self.quit,
        }

    def run(self):
        """Answer command after command until QUIT."""
        self.connection.reply(220)
        while not self.is_over:
            verb, _, argument = self.connection.read_line().partition(b" ")
            # Commands may be written in small letters, and smtplib does so.
            command = self.commands.get(verb.upper(), self.unknown)
            self.connection.reply(command(argument))

    def forget_message(self):
        self.sender = None
        self.recipients = []

    # Each command takes its argument and returns the code of the reply.

    def hello(self, _):
        self.has_greeted = True
        # The reply to EHLO would go on with our extensions, one a line. We have none.
        return 250

    def mail_from(self, argument):
        if not self.has_greeted or self.sender is not None:
            return 503
        match = SENDER.fullmatch(argument)
        if not match:
            return 501
        self.sender = readable(match[1])
        return 250

    def rcpt_to(self, argument):
        if self.sender is None:
            return 503
        match = RECIPIENT.fullmatch(argument)
        if not match:
            return 501
        self.recipients.append(readable(match[1]))
        return 250

    def data(self, _):
        if not self.recipients:
            return 503
        self.connection.reply(354)
        message = self.read_message()
        print(self.sender, self.recipients, readable(message), sep="\n")
        self.forget_message()
        return 250

    def read_message(self):
        """Return the message up to the dot. Nothing in it is a command, not even QUIT."""
        lines = []
        while (line := self.connection.read_line()) != END_OF_MESSAGE:
            # A line of the message that begins with a dot got one more from the client, so
            # that it cannot be taken for the end (RFC 5321, section 4.5.2).
            lines.append(line.removeprefix(b"."))
        return b"\n".join(lines)

    def quit(self, _):
        self.is_over = True
        return 221

    def unknown(self, _):
        return 500


# ---- connections -----------------------------------------------------------------------


def serve_next_client(listening_socket):
    """Wait for a client and hold one dialogue; closes that connection only."""
    client_socket, _ = listening_socket.accept()
    with client_socket, client_socket.makefile("rb") as lines:
        try:
            Session(Connection(client_socket, lines)).run()
        except ClientLeft:
            print("Client left without QUIT", file=sys.stderr)


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
    # After QUIT the server closes first, which leaves the connection in TIME_WAIT for a
    # minute. Without SO_REUSEADDR a restarted server could not bind its port till then.
    listening_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening_socket.bind(("", port))
    listening_socket.listen(WAITING_CLIENTS)
    return listening_socket


def main():
    port = port_from(sys.argv)
    # Lines appear at once, also when stdout is not a terminal, in whatever encoding.
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")
    try:
        listening_socket = open_listening_socket(port)
    except OSError as error:
        sys.exit(f"Cannot listen on TCP port {port}: {error}")

    with listening_socket:
        print(f"The mail server is ready at port {port}")
        while True:
            try:
                serve_next_client(listening_socket)
            except OSError as error:
                # A reset or a broken pipe ends this dialogue, not the server.
                print("Client lost:", error, file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nServer stopped")
