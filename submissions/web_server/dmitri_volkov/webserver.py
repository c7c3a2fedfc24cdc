# Web server, Dmitri Volkov
import socket
import os.path

PORT = 6789

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('', PORT))
s.listen(5)
print "Server is listening on port %d" % PORT

while True:
    c, addr = s.accept()
    request = c.recv(4096)
    print addr, repr(request)
    try:
        method, path, version = request.split('\r\n')[0].split(' ')
    except ValueError, e:
        print "bad request:", e
        c.send('HTTP/1.1 400 Bad Request\r\n\r\n')
        c.close()
        continue
    path = path[1:]
    if os.path.isfile(path) and '..' not in path:
        data = open(path, 'rb').read()
        c.send('HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n' % len(data))
        c.send(data)
    else:
        c.send('HTTP/1.1 404 Not Found\r\n\r\n<h1>Not found</h1>')
    c.close()
