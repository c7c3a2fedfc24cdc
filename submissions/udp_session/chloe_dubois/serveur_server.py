# Chloé Dubois, TP réseaux 4 - serveur
import socket

serveur = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
serveur.bind(("127.0.0.1", 50000))
print("serveur lancé")

while True:
    message, adresse = serveur.recvfrom(2048)
    print("Client>", message.decode(errors="replace"))
    if message == b"quit":
        break
    serveur.sendto(message, adresse)
