# UDPServer-usingarg.py
# COMP 2207 - lab 2, task "UDP using arguments"
# Amara Okafor

from socket import *

serverPort = 12000
serverSocket = socket(AF_INET, SOCK_DGRAM)
serverSocket.bind(('', serverPort))
print("The server is ready to receive")
while True:
    message, clientAddress = serverSocket.recvfrom(2048)
    print("This message: ", message.decode(errors='replace'))
    print("is received from:", clientAddress)
    serverSocket.sendto(message.upper(), clientAddress)
