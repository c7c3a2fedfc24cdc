# Chloé Dubois, TP réseaux 3 - serveur
import socket

serveur = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
serveur.bind(("", 12000))
print("The server is ready to receive")

while True:
    message, adresse = serveur.recvfrom(2048)
    print("This message: ", message.decode(errors="replace"))
    print("is received from:", adresse)
    # renvoyer le message
    serveur.sendto(message, adresse)
