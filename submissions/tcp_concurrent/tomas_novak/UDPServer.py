from socket import *

serverSocket = socket(AF_INET, SOCK_DGRAM)
serverSocket.bind(('', 50000))
print('The server is ready to receive')
while True:
    message, clientAddress = serverSocket.recvfrom(2048)
    if message == b'quit':
        break
    serverSocket.sendto(message.upper(), clientAddress)
