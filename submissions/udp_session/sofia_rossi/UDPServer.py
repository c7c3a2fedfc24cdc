# Sofia Rossi, Reti di calcolatori, esercizio 4
from socket import socket, AF_INET, SOCK_DGRAM

server = socket(AF_INET, SOCK_DGRAM)
server.bind(("127.0.0.1", 50000))
print("UDP server started ...")
while True:
    text, client = server.recvfrom(2048)
    print("Client>", text)
    server.sendto(text.upper(), client)
