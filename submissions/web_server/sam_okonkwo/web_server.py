import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('0.0.0.0', 6789))
server.listen(5)
print('http://localhost:6789/home.html')

while True:
    conn, addr = server.accept()
    request = conn.recv(2048).decode()
    if len(request.split()) > 1:
        name = request.split()[1].lstrip('/')
        try:
            with open(name, 'rb') as f:
                page = f.read()
            status = '200 OK'
        except OSError:
            page = b'<h1>404</h1>'
            status = '404 Not Found'
        conn.sendall(status.encode() + b'\r\nContent-Type: text/html\r\n\r\n' + page)
    conn.close()
