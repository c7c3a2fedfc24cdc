import socket

sock = socket.create_connection(("localhost", 9000))
sock.sendall((input("Your name: ") + "\n").encode())
print(sock.recv(1024).decode(), end="")
line = ""
while line != "/quit":
    line = input()
    sock.sendall((line + "\n").encode())
    if line != "/quit":
        print(sock.recv(1024).decode(), end="")
