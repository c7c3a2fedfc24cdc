"""Esercizio 3: client TCP

Sofia Rossi, matricola 0512105
"""

import socket

SERVER = ("127.0.0.1", 12000)

frase = input("Input lowercase sentence: ")
with socket.create_connection(SERVER) as sock:
    sock.sendall(frase.encode())
    print("Risposta:", sock.recv(20).decode())
