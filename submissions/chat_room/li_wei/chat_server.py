import socket
import threading

clients = {}
lock = threading.Lock()


def broadcast(message, sender=None):
    with lock:
        for client in clients:
            if client != sender:
                client.sendall(message.encode() + b"\n")


def remove(client):
    with lock:
        name = clients.pop(client)
        client.close()
        broadcast(name + " left")


def handle(client):
    reader = client.makefile("r", encoding="utf-8")
    name = reader.readline().strip()
    if not name:
        return
    broadcast(name + " joined")
    with lock:
        clients[client] = name
    client.sendall(f"Welcome, {name}\n".encode())
    try:
        for line in reader:
            line = line.strip()
            if line == "/quit":
                break
            broadcast(f"{name}: {line}", client)
    except OSError:
        pass
    reader.close()
    remove(client)


server = socket.create_server(("", 9000))
print("Server is listening...")
while True:
    client, address = server.accept()
    print(f"Connected with {address}")
    threading.Thread(target=handle, args=(client,)).start()
