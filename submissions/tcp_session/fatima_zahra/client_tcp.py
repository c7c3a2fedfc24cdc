import socket

s = socket.socket()
s.connect(("localhost", 50000))
user = input("What is your name? ")
text = ""
while text != "quit":
    text = input(user + "> ")
    s.sendall(text.encode())
    print(s.recv(2048).decode())
s.close()
