import socket

HOST = '0.0.0.0'
PORT = 1060


def handle(conn):
    """One conversation, until Exit (or until the client is gone)."""
    while True:
        data = conn.recv(1024)
        if not data:
            return
        text = data.decode('utf-8')
        print(f'Received Message from Client: {text}')
        if text == 'Exit':
            conn.sendall('Disconnect'.encode('utf-8'))
            return
        answer = f'Your data was {len(text)} bytes'
        conn.sendall(answer.encode('utf-8'))


def main():
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind((HOST, PORT))
        s.listen()
        while True:
            print(f'Listening at {s.getsockname()}')
            conn, addr = s.accept()
            print(f'The server now is connected to: {addr}')
            print(f'Socket connects between {conn.getsockname()} and {addr}')
            with conn:
                try:
                    handle(conn)
                except ConnectionResetError:
                    print('connection reset')
            print('Reply sent, Server socket closed')


if __name__ == '__main__':
    main()
