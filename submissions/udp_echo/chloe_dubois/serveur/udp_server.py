#!/usr/bin/env python3
"""TP 2 - serveur UDP (Chloé Dubois)"""

import argparse
import socket


def traiter(message):
    """Return the answer to a message."""
    message.upper()
    return message


def servir(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind(("", port))
        print("Serveur UDP en attente sur le port", port)
        while True:
            message, client = s.recvfrom(2048)
            s.sendto(traiter(message), client)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("-p", "--port", type=int, default=12000)
    servir(parser.parse_args().port)
