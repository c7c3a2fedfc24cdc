# Emma Schmidt - Client
import socket
import sys

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
    name = input("Enter your name: ")
    while True:
        print(f"{name}> ", end="", flush=True)
        line = sys.stdin.readline()
        client.sendto(line.encode(), ("127.0.0.1", 50000))
        if line == "quit\n":
            break
        reply, _ = client.recvfrom(4096)
        print(reply.decode(), end="")
