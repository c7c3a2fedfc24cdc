# UDPClient-usingarg.py <port> <message>
# COMP 2207 - lab 2, task "UDP using arguments"
# Amara Okafor

import sys
from socket import *

serverName = 'localhost'
serverPort = 12000

if len(sys.argv) != 3 or not sys.argv[1].isdigit():
    print("Usage: python UDPClient-usingarg.py <port> <message>")
    sys.exit(1)

clientSocket = socket(AF_INET, SOCK_DGRAM)
clientSocket.bind(('', int(sys.argv[1])))
clientSocket.sendto(sys.argv[2].encode(), (serverName, serverPort))
modifiedMessage, serverAddress = clientSocket.recvfrom(2048)
print(modifiedMessage.decode())
clientSocket.close()
