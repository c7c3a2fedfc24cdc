# Emma Schmidt - Server
import socket

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
    server.bind(("127.0.0.1", 50000))
    print("Server läuft")
    while True:
        text, client = server.recvfrom(4096)
        print(client, text)
        if text.strip() == b"quit":
            break
        server.sendto(text.upper(), client)
