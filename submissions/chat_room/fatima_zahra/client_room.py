import select
import socket
import sys

s = socket.create_connection(("localhost", 9000))
print("Your name, please:", flush=True)
while True:
    ready, _, _ = select.select([s, sys.stdin], [], [])
    if s in ready:
        data = s.recv(4096)
        if not data:
            break
        print(data.decode(), end="", flush=True)
    if sys.stdin in ready:
        line = sys.stdin.readline()
        s.sendall(line.encode())
        if line.strip() in ("/quit", ""):
            break
s.close()
