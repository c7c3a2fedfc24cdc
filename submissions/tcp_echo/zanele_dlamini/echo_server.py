from socket import socket, AF_INET, SOCK_STREAM

# Zanele Dlamini, CSC3002F
# server for the TCP part of practical 1

ADDRESS = ("", 12000)
ANSWER = "YOUR MESSAGE WAS RECEIVED"

server = socket(AF_INET, SOCK_STREAM)
server.bind(ADDRESS)
server.listen()
print("Ready on", server.getsockname())

while True:
    connection, client = server.accept()
    with connection:
        try:
            data = connection.recv(4096)
            print(client, "said", data)
            connection.sendall(ANSWER.encode())
        except ConnectionError:
            print(client, "left")
