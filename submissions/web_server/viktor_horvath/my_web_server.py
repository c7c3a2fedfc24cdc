"""Web server with persistent connections (HTTP/1.1), Viktor Horvath."""
import mimetypes
import os
import socket

ROOT = os.path.abspath(os.path.dirname(__file__))


def read_request(conn):
    data = b''
    while not data.endswith(b'\r\n\r\n'):
        part = conn.recv(1)
        if not part:
            return None
        data += part
    return data.decode('latin-1')


def make_answer(request):
    words = request.split('\r\n')[0].split()
    if len(words) != 3:
        return b'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'
    if words[0] != 'GET':
        return b'HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\nContent-Length: 0\r\n\r\n'
    name = os.path.abspath(ROOT + '/' + words[1])
    if name.startswith(ROOT + '/') and os.path.isfile(name):
        status = b'HTTP/1.1 200 OK\r\n'
        with open(name, 'rb') as f:
            body = f.read()
    else:
        name = 'error.html'
        status = b'HTTP/1.1 404 Not Found\r\n'
        body = b'<h1>There is no such page</h1>'
    mime = mimetypes.guess_type(name)[0] or 'application/octet-stream'
    return status + b'Content-Type: ' + mime.encode() + b'\r\n\r\n' + body


def serve(conn):
    """Answers all requests of one connection."""
    request = read_request(conn)
    while request:
        print(request.split('\r\n')[0])
        conn.sendall(make_answer(request))
        if 'connection: close' in request.lower() or len(request.split()) < 3:
            return
        request = read_request(conn)


server = socket.create_server(('', 6789))
print('Serving', ROOT)
while True:
    conn, addr = server.accept()
    with conn:
        try:
            serve(conn)
        except OSError as e:
            print(addr, e)
