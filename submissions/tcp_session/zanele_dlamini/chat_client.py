import socket
import sys

print("Enter your name: ", end="", flush=True)
name = sys.stdin.readline().strip()
sock = socket.create_connection(("localhost", 50000))
while True:
    print(name + "> ", end="", flush=True)
    line = sys.stdin.readline().strip()
    sock.sendall(line.encode())
    if line == "quit\n":
        break
    print(sock.recv(4096).decode())
