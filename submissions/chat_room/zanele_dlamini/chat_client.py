import socket
import sys
import threading

print("Enter your name: ", end="", flush=True)
name = sys.stdin.readline().strip()
sock = socket.create_connection(("localhost", 9000))
sock.sendall((name + "\n").encode())


def receive():
    while True:
        print(sock.recv(4096).decode(), end="", flush=True)


threading.Thread(target=receive, daemon=True).start()
while True:
    line = sys.stdin.readline().strip()
    sock.sendall((line + "\n").encode())
