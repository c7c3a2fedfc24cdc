import os
import socket
import threading

client = socket.create_connection(("127.0.0.1", 9000))
client.sendall(input("Choose a nickname: ").encode() + b"\n")


def receive():
    while True:
        try:
            message = client.recv(1024)
        except OSError:
            message = b""
        if not message:
            print("Disconnected")
            os._exit(0)
        print(message.decode(), end="", flush=True)


threading.Thread(target=receive).start()
while True:
    message = input()
    client.sendall(message.encode() + b"\n")
    if message == "/quit":
        os._exit(0)
