#!/usr/bin/env python3
"""TP 2 - client UDP (Chloé Dubois)"""

import argparse
import socket


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="localhost")
    parser.add_argument("-p", "--port", type=int, default=12000)
    args = parser.parse_args()

    phrase = input("Phrase en minuscules : ")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.sendto(phrase.encode(), (args.host, args.port))
        reponse, _ = s.recvfrom(2048)
    print("Réponse :", reponse.decode())


if __name__ == "__main__":
    main()
