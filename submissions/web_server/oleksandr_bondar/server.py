from socket import *
import os

PORT = 6789

TYPES = {
    'html': 'text/html',
    'css': 'text/css',
    'txt': 'text/plain',
    'png': 'image/png',
    'jpg': 'image/jpeg',
}


def get_file(path):
    """Content of a file of this folder, None if it has no such file."""
    if '/' in path or not os.path.isfile(path):
        return None
    f = open(path)
    content = f.read()
    f.close()
    return content


def handle(conn):
    request = ''
    while '\r\n\r\n' not in request:
        part = conn.recv(1024).decode()
        if part == '':
            return
        request += part
    print(request)
    first = request.split('\r\n')[0].split(' ')
    if len(first) < 3:
        send(conn, '400 Bad Request', 'text/html', 'Bad Request')
        return
    if first[0] != 'GET':
        send(conn, '405 Method Not Allowed', 'text/html', 'Method Not Allowed')
        return
    path = first[1][1:]
    content = get_file(path)
    if content is None:
        send(conn, '404 Not Found', 'text/html', '<h1>Not Found</h1>')
    else:
        send(conn, '200 OK', TYPES.get(path.split('.')[-1], 'text/plain'), content)


def send(conn, status, type, content):
    conn.sendall(('HTTP/1.1 ' + status + '\r\n'
                  'Content-Type: ' + type + '\r\n'
                  'Connection: close\r\n\r\n' + content).encode())


s = socket(AF_INET, SOCK_STREAM)
s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
s.bind(('', PORT))
s.listen(5)
while True:
    conn, addr = s.accept()
    try:
        handle(conn)
    except ConnectionResetError:
        print('reset by', addr)
    conn.close()
