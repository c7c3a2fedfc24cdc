# Sofia Rossi, Reti di calcolatori, esercizio 4
from socket import socket, AF_INET, SOCK_DGRAM

client = socket(AF_INET, SOCK_DGRAM)
name = input("Enter your name: ")
while True:
    text = input(name + "> ").strip()
    if text == "quit":
        break
    client.sendto(text.encode(), ("127.0.0.1", 50000))
    reply, server = client.recvfrom(2048)
    print(reply.decode())
client.close()
