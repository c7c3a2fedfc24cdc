"""Web server homework, Yuki Sato.

Run:  python3 web_server.py     then open http://localhost:6789/index.html
Works with text files (HTML, CSS) and images.
"""
import os
import pathlib
import socket

PORT = 6789
HERE = pathlib.Path(__file__).resolve().parent

TEXT_TYPES = {'.html': 'text/html', '.css': 'text/css', '.txt': 'text/plain'}
IMAGE_TYPES = {'.png': 'image/png', '.jpg': 'image/jpeg', '.gif': 'image/gif'}


def build(status, content_type, length):
    lines = [
        f'HTTP/1.1 {status}',
        f'Content-Type: {content_type}; charset=utf-8' if 'text' in content_type
        else f'Content-Type: {content_type}',
        f'Content-Length: {length}',
        'Connection: close',
        '',
        '',
    ]
    return '\r\n'.join(lines).encode('ascii')


def respond(line):
    """Response bytes for a request line."""
    parts = line.split()
    if len(parts) != 3:
        return build('400 Bad Request', 'text/html', 0)
    if parts[0] != 'GET':
        return build('405 Method Not Allowed', 'text/html', 0)
    path = (HERE / parts[1].lstrip('/')).resolve()
    if HERE not in path.parents or not path.is_file():
        page = '<h1>404 Not Found</h1>'
        return build('404 Not Found', 'text/html', len(page)) + page.encode()
    ending = path.suffix.lower()
    if ending in TEXT_TYPES:
        text = path.read_bytes().decode('utf-8')
        return build('200 OK', TEXT_TYPES[ending], len(text)) + text.encode('utf-8')
    data = path.read_bytes()
    return build('200 OK', IMAGE_TYPES.get(ending, 'application/octet-stream'), len(data)) + data


def receive_line(conn):
    data = b''
    while b'\r\n\r\n' not in data:
        more = conn.recv(2048)
        if not more:
            return ''
        data += more
    return data.decode('latin-1').splitlines()[0]


def main():
    with socket.create_server(('', PORT)) as server:
        print('serving', os.fspath(HERE), 'on port', PORT)
        while True:
            conn, _ = server.accept()
            with conn:
                try:
                    line = receive_line(conn)
                    print(line)
                    if line:
                        conn.sendall(respond(line))
                except OSError as error:
                    print(error)


if __name__ == '__main__':
    main()
