# Chloé Dubois, TP réseaux 4 - client
import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
nom = input("Enter your name: ")
while True:
    ligne = input(nom + "> ").strip()
    client.sendto(ligne.encode(), ("localhost", 50000))
    if ligne == "quit":
        break
    reponse, adresse = client.recvfrom(2048)
    print(ligne.upper())
