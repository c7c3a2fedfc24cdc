#!/usr/bin/env python3
"""TP 3 - serveur TCP (Chloé Dubois)"""

import socketserver

from reseau.options import TAILLE, lire_options


class Majuscules(socketserver.BaseRequestHandler):
    """Un message par connexion, renvoyé en majuscules."""

    def handle(self):
        message = self.request.recv(TAILLE)
        print(self.client_address[0], "a envoyé", len(message), "octets")
        self.request.sendall(message.upper())


class Serveur(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    options = lire_options("Serveur TCP")
    with Serveur(("", options.port), Majuscules) as serveur:
        print("Serveur TCP en attente sur le port", options.port)
        serveur.serve_forever()
