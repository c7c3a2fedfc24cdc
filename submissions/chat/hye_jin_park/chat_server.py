"""Chat server (TCP task)."""
import socket

PORT = 1060


def receive(conn):
    """Next message of the client; nothing when there is none any more."""
    try:
        return conn.recv(1024).strip()
    except ConnectionError:
        return b''


sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.bind(('', PORT))
sock.listen(5)
while True:
    print('Listening at', sock.getsockname())
    conn, addr = sock.accept()
    print('The server now is connected to:', addr)
    print('Socket connects between', conn.getsockname(), 'and', addr)
    message = receive(conn)
    while message:
        print('Received Message from Client:', message.decode())
        if message == b'Exit':
            conn.sendall(b'Disconnect')
            message = b''
        else:
            conn.sendall(b'Your data was %d bytes' % len(message))
            message = receive(conn)
    conn.close()
    print('Reply sent, Server socket closed')
