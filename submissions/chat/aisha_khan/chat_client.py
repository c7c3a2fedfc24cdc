#!/usr/bin/env python3
"""
TCP task - chat client
Aisha Khan
"""
import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("127.0.0.1", 1060))
while True:
    message = input("Enter message to send or type Exit to disconnect: ")
    client.send(bytes(message, "utf-8"))
    print("Received Message from Server:", str(client.recv(1024), "utf-8"))
    if message == "Exit":
        client.close()
        print("Now you are disconnected from the server")
        break
