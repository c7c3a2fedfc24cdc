#!/usr/bin/env python3
"""TP 3 - client TCP (Chloé Dubois)"""

import socket

from reseau.options import TAILLE, lire_options


def main():
    options = lire_options("Client TCP")
    phrase = input("Phrase en minuscules : ")
    # the connection is opened only once there is something to send
    with socket.create_connection((options.host, options.port)) as s:
        s.sendall((phrase + "\n").encode())
        reponse = s.recv(TAILLE)
    print("Réponse :", reponse.decode().rstrip())


if __name__ == "__main__":
    main()
