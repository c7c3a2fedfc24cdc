import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("0.0.0.0", 1060))
server.listen(1)

while True:
    print("Listening at", server.getsockname())
    client, client_addr = server.accept()
    print("The server now is connected to:", client_addr)
    print("Socket connects between", client.getsockname(), "and", client_addr)
    while True:
        msg = client.recv(4096)
        if not msg:
            print("No more data from", client_addr)
            break
        print("Received Message from Client:", msg.decode())
        if msg.decode() == "Exit":
            client.sendall("Disconnect".encode())
            break
        client.sendall(f"Your data was {len(msg)} bytes".encode())
    client.close()
    print("Reply sent, Server socket closed")
