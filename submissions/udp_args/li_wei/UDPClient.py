from socket import *
import sys
serverName = '127.0.0.1'
serverPort = 12000
clientPort = int(sys.argv[1])
message = sys.argv[2]
clientSocket = socket(AF_INET, SOCK_DGRAM)
clientSocket.bind(('', clientPort))
clientSocket.sendto(message.encode(), (serverName, serverPort))
modifiedMessage, serverAddress = clientSocket.recvfrom(2048)
print(modifiedMessage.decode())
clientSocket.close()
