import socketserver


class Conversation(socketserver.BaseRequestHandler):
    def handle(self):
        print("connexion", self.client_address)
        try:
            while True:
                texte = self.request.recv(4096)
                if texte in (b"", b"quit"):
                    break
                self.request.sendall(texte.upper())
        except ConnectionError as erreur:
            print(erreur)
        print("fin", self.client_address)


class Serveur(socketserver.ForkingMixIn, socketserver.TCPServer):
    allow_reuse_address = True


if __name__ == "__main__":
    with Serveur(("", 50000), Conversation) as serveur:
        print("Le serveur attend...")
        serveur.serve_forever()
