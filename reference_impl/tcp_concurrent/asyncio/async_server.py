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


def upper_case(message):
    """Return the bytes of `message` in upper case; any bytes will do.

    Text is upper-cased as text ("é" becomes "É"). Bytes that are no UTF-8 only have their
    ASCII letters changed.
    """
    try:
        return message.decode("utf-8").upper().encode("utf-8")
    except UnicodeDecodeError:
        return message.upper()


def port_from(arguments):
    """Return the port named on the command line, or the usual one."""
    if len(arguments) < 2:
        return SERVER_PORT
    if not (arguments[1].isdecimal() and 0 < int(arguments[1]) < 65536):
        sys.exit(f"usage: {arguments[0]} [port]")
    return int(arguments[1])


def is_quit(message):
    """Tell whether `message` says goodbye; a newline behind it (as `nc` adds) is fine."""
    return message.rstrip(b"\r\n") == QUIT_MESSAGE


async def converse(reader, writer):
    """Answer message after message. Return when the client said quit or left."""
    # No bytes at all come only when the client has closed its side.
    while message := await reader.read(MAX_MESSAGE):
        if is_quit(message):
            return
        writer.write(upper_case(message))
        # Waits while the client is slow to read, so that replies do not fill our memory.
        await writer.drain()


async def serve_client(reader, writer):
    """Hold one conversation and close its connection."""
    client_address = writer.get_extra_info("peername")
    print("New client connected:", client_address)
    try:
        await converse(reader, writer)
    except OSError as error:
        # A reset or a broken pipe ends this conversation, not the others.
        print("Client lost:", client_address, error)
    finally:
        writer.close()
    print("Client disconnected:", client_address)


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
