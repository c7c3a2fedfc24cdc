"""Concurrent TCP server, asynchronous: what clients send comes back in upper case.

    python3 async_server.py [port]

One thread serves all. Wherever a conversation has to wait (`await`), it steps aside, and the event
loop goes on with whichever client has sent something.
"""

import asyncio
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


async def converse(reader, writer):
    """Answer message after message. Return when the client said quit or left."""
    # No bytes at all come only when the client has closed its side.
    while message := await reader.read(MAX_MESSAGE):
        if message == QUIT_MESSAGE:
            return
        # As bytes: what is no ASCII letter goes back as it came.
        writer.write(message.upper())
        # Waits while the client is slow to read, so that replies do not fill our memory.
        await writer.drain()


async def serve_client(reader, writer):
    """Hold one conversation and close its connection."""
    try:
        await converse(reader, writer)
    except OSError as error:
        # A reset or a broken pipe ends this conversation, not the others.
        print("Client lost:", error, file=sys.stderr)
    finally:
        writer.close()


async def serve_for_ever(port):
    """Accept clients; each has a task of its own, which runs `serve_client`."""
    # asyncio sets SO_REUSEADDR by itself on Unix.
    server = await asyncio.start_server(
        serve_client, "0.0.0.0", port, backlog=WAITING_CLIENTS
    )
    async with server:
        # Flushed, or the line would wait in a buffer when stdout is not a terminal.
        print("TCP server started, asynchronous", flush=True)
        await server.serve_forever()


def main():
    port = port_from(sys.argv)
    try:
        asyncio.run(serve_for_ever(port))
    except OSError as error:
        sys.exit(f"Cannot listen on TCP port {port}: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nServer stopped")
