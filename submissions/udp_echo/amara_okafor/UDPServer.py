# UDPServer.py
# COMP 2207 - lab 2, UDP socket programming
# Amara Okafor
#
# Receives a sentence from a client, changes it to capital letters and
# sends it back. Tested on the lab machine (Ubuntu 22.04, Python 3.10).

from socket import *

serverPort = 12000


def main():
    # SOCK_DGRAM means UDP
    serverSocket = socket(AF_INET, SOCK_DGRAM)
    serverSocket.bind(('', serverPort))
    print("The server is ready to receive")

    while True:
        message, clientAddress = serverSocket.recvfrom(2048)
        print("got", len(message), "bytes from", clientAddress)
        # bytes have upper() too, so no decode/encode is needed here
        modifiedMessage = message.upper()
        serverSocket.sendto(modifiedMessage, clientAddress)


if __name__ == "__main__":
    main()
