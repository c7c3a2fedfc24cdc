"""What the server and the client have in common."""

PORT = 1060
BUFSIZE = 2048
EXIT_WORD = b'Exit'


def make_reply(message):
    """The answer to one message (bytes in, bytes out)."""
    if message == EXIT_WORD:
        return b'Disconnect'
    return ('Your data was %d bytes' % len(message)).encode()
