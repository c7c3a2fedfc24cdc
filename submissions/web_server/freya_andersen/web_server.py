"""A small web server. Freya Andersen, spring term.

One request at a time; the port is 6789.
"""
import os
import socket

MIME = {'html': 'text/html', 'css': 'text/css', 'js': 'text/javascript', 'txt': 'text/plain',
        'png': 'image/png', 'jpg': 'image/jpeg', 'svg': 'image/svg+xml'}


class BadRequest(Exception):
    pass


class Request:
    """Method, path and headers of a request."""

    def __init__(self, text):
        lines = text.split('\r\n')
        words = lines[0].split(' ')
        if len(words) != 3:
            raise BadRequest(lines[0])
        self.method, self.path, self.version = words
        self.headers = {}
        for line in lines[1:]:
            if line:
                name, value = line.split(': ', 1)
                self.headers[name.lower()] = value


class Response:

    def __init__(self, status, body=b'', mime='text/html'):
        self.status = status
        self.body = body or f'<h1>{status}</h1>'.encode()
        self.mime = mime

    def to_bytes(self):
        head = (f'HTTP/1.1 {self.status}\r\nContent-Type: {self.mime}\r\n'
                f'Content-Length: {len(self.body)}\r\nConnection: close\r\n\r\n')
        return head.encode() + self.body


def respond(request):
    if request.method != 'GET':
        return Response('405 Method Not Allowed')
    root = os.getcwd()
    path = os.path.abspath(root + '/' + request.path)
    if not path.startswith(root + '/'):
        return Response('403 Forbidden')
    if not os.path.isfile(path):
        return Response('404 Not Found')
    with open(path, 'rb') as f:
        return Response('200 OK', f.read(), MIME.get(path.split('.')[-1], 'text/plain'))


def main():
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(('', 6789))
    server.listen()
    while True:
        conn, addr = server.accept()
        try:
            text = conn.recv(8192).decode('iso-8859-1')
            if text:
                request = Request(text)
                print(addr[0], request.method, request.path, request.headers.get('user-agent'))
                conn.sendall(respond(request).to_bytes())
        except BadRequest as e:
            print('bad request', e)
            conn.sendall(Response('400 Bad Request').to_bytes())
        except OSError as e:
            print(e)
        conn.close()


main()
