import socketserver

ADDRESS = ('', 1060)


class ChatHandler(socketserver.BaseRequestHandler):
    """Handles one connection."""

    def setup(self):
        print('The server now is connected to:', self.client_address)
        print('Socket connects between', self.request.getsockname(), 'and', self.client_address)

    def handle(self):
        while data := self.request.recv(1024):
            print('Received Message from Client:', data.decode())
            if data.decode() == 'Exit':
                self.request.sendall(b'Disconnect')
                return
            self.request.sendall(f'Your data was {len(data)} bytes'.encode())

    def finish(self):
        print('Reply sent, Server socket closed')
        print('Listening at', self.server.server_address)


class ChatServer(socketserver.TCPServer):
    allow_reuse_address = True


with ChatServer(ADDRESS, ChatHandler) as server:
    print('Listening at', server.server_address)
    server.serve_forever()
