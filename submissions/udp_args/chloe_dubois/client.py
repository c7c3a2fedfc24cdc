# Chloé Dubois, TP réseaux 3 - client
import socket
import sys

if len(sys.argv) < 3:
    sys.exit("usage: client.py <port> <message>")
try:
    port = int(sys.argv[1])
except ValueError:
    sys.exit("le port doit etre un nombre")

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.bind(("", port))
client.sendto(sys.argv[2].encode(), ("localhost", 12000))
reponse, adresse = client.recvfrom(2048)
print(sys.argv[2].upper())
client.close()
