# TCP chat, client
import socket

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect(("localhost", 1060))
while True:
    text = input("Enter message to send or type Exit to disconnect: ")
    s.send(text.encode())
    data = s.recv(1024)
    print("Received Message from Server:", data.decode())
    if data == "Disconnect":
        print("Now you are disconnected from the server")
        s.close()
        break
