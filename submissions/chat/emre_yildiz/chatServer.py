# Emre Yildiz, network programming, exercise 4: chat server
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('0.0.0.0', 1060))

while True:
    print('Listening at', server.getsockname())
    conn, addr = server.accept()
    print('The server now is connected to:', addr)
    print('Socket connects between', conn.getsockname(), 'and', conn.getpeername())
    while True:
        message = conn.recv(2048)
        if not message:
            break
        print('Received Message from Client:', message.decode())
        if message == b'Exit':
            conn.sendall(b'Disconnect')
            break
        conn.sendall(b'Your data was %d bytes' % len(message))
    conn.close()
    print('Reply sent, Server socket closed')
