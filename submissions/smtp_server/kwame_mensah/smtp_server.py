#!/usr/bin/env python3
"""smtp_server.py - Kwame Mensah

A simple SMTP server with asyncio would be nicer, but we had sockets in class.
"""
import socket


def read_line(conn):
    """Returns a line, or None if the client closed the connection."""
    line = bytearray()
    while not line.endswith(b'\r\n'):
        byte = conn.recv(1)
        if not byte:
            return None
        line += byte
    return bytes(line[:-2])


def dialogue(conn):
    conn.sendall(b'220 kwame.example.org Simple Mail Transfer Service Ready\r\n')
    greeted, sender, recipients = False, None, []
    while (line := read_line(conn)) is not None:
        command = line.upper()
        if command.startswith((b'HELO', b'EHLO')):
            greeted = True
            reply = b'250 kwame.example.org'
        elif command.startswith(b'MAIL FROM:'):
            reply = b'503 Bad sequence of commands'
            if greeted:
                sender, reply = line[10:], b'250 OK'
        elif command.startswith(b'RCPT TO:'):
            reply = b'503 Bad sequence of commands'
            if sender:
                recipients.append(line[8:])
                reply = b'250 OK'
        elif command == b'DATA':
            reply = b'503 Bad sequence of commands'
            if recipients:
                conn.sendall(b'354 Start mail input; end with <CRLF>.<CRLF>\r\n')
                while (line := read_line(conn)) not in (b'.', None):
                    print(line)
                sender, recipients, reply = None, [], b'250 OK'
        elif command == b'QUIT':
            conn.sendall(b'221 Service closing transmission channel\r\n')
            return
        else:
            reply = b'500 Syntax error, command unrecognized'
        conn.sendall(reply + b'\r\n')


def main():
    with socket.create_server(('', 2525)) as server:
        while True:
            conn, address = server.accept()
            with conn:
                dialogue(conn)
            print(address, 'done')


main()
