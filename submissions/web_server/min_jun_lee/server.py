import socket
import mimetypes
from os import path

BASE = path.realpath('.')


def header(code, text, ctype, size):
    return ('HTTP/1.0 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n'
            .format(code, text, ctype, size)).encode()


def serve(c):
    req = c.recv(4096)
    while req and not req.endswith(b'\r\n\r\n'):
        more = c.recv(4096)
        if not more:
            return
        req += more
    if not req:
        return
    line = req.decode().split('\r\n')[0]
    print(line)
    method = line.split(' ')[0]
    target = line.split(' ')[1]
    if method != 'GET':
        c.sendall(header(405, 'Method Not Allowed', 'text/plain', 0))
        return
    f = path.realpath(BASE + target)
    if not f.startswith(BASE) or not path.isfile(f):
        msg = b'404: ' + target.encode() + b' is not here'
        c.sendall(header(404, 'Not Found', 'text/plain', len(msg)) + msg)
        return
    data = open(f, 'rb').read()
    c.sendall(header(200, 'OK', mimetypes.guess_type(f)[0] or 'text/plain', len(data)) + data)


s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('0.0.0.0', 6789))
s.listen(10)
print('waiting for the browser')
while True:
    c, who = s.accept()
    try:
        serve(c)
    except ConnectionError as err:
        print(who, err)
    finally:
        c.close()
