import socket
import threading

clients = {}  # address: connection


def serve(connection, address):
    while True:
        data = connection.recv(4096)
        if data in (b"", b"quit"):
            connection.close()
            return
        clients[address].sendall(data.upper())


listener = socket.create_server(("", 50000))
print("Ready.")
while True:
    connection, (address, port) = listener.accept()
    clients[address] = connection
    threading.Thread(target=serve, args=(connection, address)).start()
