#!/usr/bin/env python3
"""
TCP task - chat server
Aisha Khan
References: lecture 5 slides, docs.python.org/3/library/socket.html
"""
import socket


def reply_for(message):
    if message == b"Exit":
        return b"Disconnect"
    return "Your data was " + str(len(message)) + " bytes"


def talk_to(client):
    while True:
        message = client.recv(1024)
        if not message:
            break
        print("Received Message from Client:", message.decode())
        client.send(reply_for(message))
        if message == b"Exit":
            break
    client.close()
    print("Reply sent, Server socket closed")


def main():
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("0.0.0.0", 1060))
    server.listen(5)
    while True:
        print("Listening at", server.getsockname())
        client, address = server.accept()
        print("The server now is connected to:", address)
        print("Socket connects between", client.getsockname(), "and", address)
        try:
            talk_to(client)
        except:
            print("client disconnected")
            client.close()


main()
