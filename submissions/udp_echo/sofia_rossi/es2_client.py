"""Esercizio 2: client UDP

Sofia Rossi, matricola 0512105
"""

import socket

SERVER = ("127.0.0.1", 12000)

frase = input()
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
    sock.connect(SERVER)
    sock.send(frase.encode())
    print("Risposta:", sock.recv(2048).decode())
