# HW: Web Server
# Elif Yilmaz, 20190412
# Tested on Windows 11 with Firefox 121 and Chrome 120: http://localhost:6789/index.html
#
# References:
#   Kurose & Ross, Computer Networking, chapter 2, programming assignment 1
#   https://developer.mozilla.org/en-US/docs/Web/HTTP/Status
from socket import *
import mimetypes
import os

SERVER_PORT = 6789
ROOT = os.path.dirname(os.path.abspath(__file__))


def read_request(connectionSocket):
    """Receives until the empty line; returns the first line of the request."""
    request = b''
    while b'\r\n\r\n' not in request and len(request) < 65536:
        data = connectionSocket.recv(4096)
        if not data:
            break
        request += data
    return request.split(b'\r\n')[0].decode('latin-1')


def make_response(status, content_type, body):
    header = 'HTTP/1.1 ' + status + '\r\n'
    header += 'Content-Type: ' + content_type + '\r\n'
    header += 'Content-Length: ' + str(len(body)) + '\r\n'
    header += 'Connection: close\r\n\r\n'
    return header.encode() + body


def error_page(status):
    return make_response(status, 'text/html', ('<h1>' + status + '</h1>').encode())


def answer(request_line):
    """Returns the whole response to a request line."""
    words = request_line.split()
    if len(words) != 3:
        return error_page('400 Bad Request')
    method, path, version = words
    if method != 'GET':
        return error_page('501 Not Implemented')
    if path == '/':
        path = '/index.html'
    path = path.split('?')[0]
    filename = os.path.realpath(os.path.join(ROOT, path.lstrip('/')))
    if not filename.startswith(ROOT + os.sep):
        return error_page('403 Forbidden')
    try:
        with open(filename, 'rb') as f:
            body = f.read()
    except OSError:
        return error_page('404 Not Found')
    content_type = mimetypes.guess_type(filename)[0] or 'application/octet-stream'
    return make_response('200 OK', content_type, body)


serverSocket = socket(AF_INET, SOCK_STREAM)
serverSocket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serverSocket.bind(('', SERVER_PORT))
serverSocket.listen(5)

while True:
    print('Ready to serve...')
    connectionSocket, addr = serverSocket.accept()
    try:
        line = read_request(connectionSocket)
        print(addr, line)
        if line:
            connectionSocket.sendall(answer(line))
    except ConnectionError as e:
        print('connection lost:', e)
    connectionSocket.close()
