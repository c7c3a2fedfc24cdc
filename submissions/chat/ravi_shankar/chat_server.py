import socket
import threading

PORT = 1060

clients = []
lock = threading.Lock()


def show_clients():
    """Prints how many clients are there."""
    with lock:
        print(len(clients), 'client(s) online')


def add_client(conn):
    with lock:
        clients.append(conn)


def remove_client(conn):
    with lock:
        clients.remove(conn)
        show_clients()


class ClientThread(threading.Thread):

    def __init__(self, conn, addr):
        super().__init__(daemon=True)
        self.conn = conn
        self.addr = addr

    def run(self):
        try:
            while True:
                data = self.conn.recv(4096)
                if not data:
                    break
                print('Received Message from Client:', data.decode('utf-8', 'replace'))
                if data == b'Exit':
                    self.conn.sendall(b'Disconnect')
                    break
                self.conn.sendall(b'Your data was %d bytes' % len(data))
        except OSError as e:
            print(self.addr, e)
        remove_client(self.conn)
        self.conn.close()
        print('Reply sent, Server socket closed')
        print('Listening at', server.getsockname())


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('', PORT))
server.listen()
print('Listening at', server.getsockname())

while True:
    conn, addr = server.accept()
    print('The server now is connected to:', addr)
    print('Socket connects between', conn.getsockname(), 'and', addr)
    add_client(conn)
    ClientThread(conn, addr).start()
