# Ahmed Hassan, lab 5, client
import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect(("localhost", 12345))
print(client.recv(1024).decode())
client.close()
