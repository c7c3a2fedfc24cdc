import socket
import threading

clients = {}


def handle(sock):
    name = sock.recv(1024).decode().strip()
    for other in clients:
        other.send(f"{name} joined\n".encode())
    clients[sock] = name
    sock.send(f"Welcome, {name}\n".encode())
    while True:
        message = sock.recv(1024)
        if not message or message == b"/quit\n":
            break
        for other in clients:
            if other is not sock:
                other.send(f"{name}: " + message)
    del clients[sock]
    sock.close()
    for other in clients:
        other.send(f"{name} left\n".encode())


server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("", 9000))
server.listen()
while True:
    sock, addr = server.accept()
    threading.Thread(target=handle, args=(sock,)).start()
