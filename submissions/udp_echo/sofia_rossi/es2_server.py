"""Esercizio 2: server UDP

Sofia Rossi, matricola 0512105
"""

import socket


class UdpServer:
    """Riceve frasi e le rispedisce in maiuscolo."""

    def __init__(self, port):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.bind(("", port))

    def run(self):
        while True:
            frase, mittente = self.sock.recvfrom(2048)
            self.sock.sendto(frase.swapcase(), mittente)


if __name__ == "__main__":
    server = UdpServer(12000)
    print("server pronto")
    try:
        server.run()
    except KeyboardInterrupt:
        print("ciao")
