# Omar Haddad, lab 3: the server asks for its port when it starts
from socket import *

port = int(input("Which port should I listen on? "))

server = socket(AF_INET, SOCK_STREAM)
server.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
server.bind(("", port))
server.listen(5)
print("Server started, press Ctrl-C to end it")

while True:
    conn, addr = server.accept()
    try:
        data = conn.recv(4096)
        conn.sendall(data.upper())
    except OSError as e:
        print(addr, e)
    conn.close()
