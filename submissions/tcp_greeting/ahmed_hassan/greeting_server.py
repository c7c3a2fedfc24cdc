# Ahmed Hassan, lab 5, server
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("", 12345))
server.listen()
while True:
    client, address = server.accept()
    print("Got connection from", address)
    client.sendall("Thank you for connecting".encode("ascii"))
    client.close()
