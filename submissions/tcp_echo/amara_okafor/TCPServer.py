# TCPServer.py
# COMP 2207 - lab 3, TCP socket programming
# Amara Okafor
#
# One sentence per connection: receive it, send it back in capital letters,
# close the connection and wait for the next client.

from socket import *

serverPort = 12000


def serve(connectionSocket, addr):
    """Answer one client. A client that goes away is only reported."""
    try:
        sentence = connectionSocket.recv(2048)
        print("got", len(sentence), "bytes from", addr)
        connectionSocket.sendall(sentence.upper())
    except OSError as e:
        print("client", addr, "is gone:", e)
    finally:
        connectionSocket.close()


def main():
    serverSocket = socket(AF_INET, SOCK_STREAM)
    # otherwise "Address already in use" when I restart it too quickly
    serverSocket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    serverSocket.bind(('', serverPort))
    serverSocket.listen(5)
    print("The server is ready to receive")

    while True:
        connectionSocket, addr = serverSocket.accept()
        serve(connectionSocket, addr)


if __name__ == "__main__":
    main()
