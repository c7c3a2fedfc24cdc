"""Concurrent TCP server, by the socketserver module: what comes in goes back in upper case.

    python3 socketserver_server.py [port]

The module accepts the clients and starts a thread for each; what is left for us is the one
conversation, in `handle`.
"""

import socketserver
import sys

SERVER_PORT = 50000
MAX_MESSAGE = 64 * 1024  # bytes taken in one recv
WAITING_CLIENTS = 64
QUIT_MESSAGE = b"quit"


def port_from(arguments):
    """Return the port named on the command line, or the usual one."""
    if len(arguments) < 2:
        return SERVER_PORT
    if not (arguments[1].isdecimal() and 0 < int(arguments[1]) < 65536):
        sys.exit(f"usage: {arguments[0]} [port]")
    return int(arguments[1])


class Conversation(socketserver.BaseRequestHandler):
    """One client's conversation. When `handle` returns, the connection is closed."""

    def handle(self):
        """Answer message after message. Return when the client said quit or left."""
        try:
            # No bytes at all come only when the client has closed its side.
            while message := self.request.recv(MAX_MESSAGE):
                if message == QUIT_MESSAGE:
                    break
                # sendall, not send: send may take only part of the bytes.
                # As bytes: what is no ASCII letter goes back as it came.
                self.request.sendall(message.upper())
        except OSError as error:
            # A reset or a broken pipe ends this conversation, not the others.
            print("Client lost:", error, file=sys.stderr)


class Server(socketserver.ThreadingTCPServer):
    """Listens, and starts a thread for each client."""

    # After quit the server closes first, which leaves the connection in TIME_WAIT for a
    # minute. Without SO_REUSEADDR a restarted server could not bind its port till then.
    allow_reuse_address = True
    request_queue_size = WAITING_CLIENTS
    # Daemon threads do not keep the program alive, nor does its end wait for them.
    daemon_threads = True


def main():
    port = port_from(sys.argv)
    try:
        server = Server(("", port), Conversation)
    except OSError as error:
        sys.exit(f"Cannot listen on TCP port {port}: {error}")

    with server:
        # Flushed, or the line would wait in a buffer when stdout is not a terminal.
        print("TCP server started, socketserver with threads", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nServer stopped")
