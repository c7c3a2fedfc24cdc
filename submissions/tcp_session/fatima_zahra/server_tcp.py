"""Upper-case conversation server (lab 5)"""
import socketserver


class Conversation(socketserver.BaseRequestHandler):
    def handle(self):
        while True:
            try:
                data = self.request.recv(2048)
            except OSError:
                return
            if not data:
                return
            self.request.sendall(data.upper())
            if data == b"quit":
                return


socketserver.TCPServer.allow_reuse_address = True
with socketserver.TCPServer(("", 50000), Conversation) as server:
    print("serving")
    server.serve_forever()
