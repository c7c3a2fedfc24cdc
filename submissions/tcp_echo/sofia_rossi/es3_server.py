"""Esercizio 3: server TCP

Sofia Rossi, matricola 0512105
"""

import socket


class TcpServer:
    """Riceve una frase per connessione e la rispedisce in maiuscolo."""

    def __init__(self, port):
        self.sock = socket.create_server(("", port))

    def rispondi(self, conn):
        with conn:
            frase = conn.recv(2048)
            conn.sendall(frase.upper())

    def run(self):
        while True:
            conn, _ = self.sock.accept()
            try:
                self.rispondi(conn)
            except OSError as errore:
                print("errore:", errore)


if __name__ == "__main__":
    server = TcpServer(12000)
    print("server pronto")
    try:
        server.run()
    except KeyboardInterrupt:
        print("ciao")
