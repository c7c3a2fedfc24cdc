import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("127.0.0.1", 1060))
while True:
    msg = input("Enter message to send or type Exit to disconnect: ")
    if msg:
        client.sendall(msg.encode())
        answer = client.recv(4096).decode()
        print("Received Message from Server:", answer)
        if answer == "Disconnect":
            client.close()
            break
print("Now you are disconnected from the server")
