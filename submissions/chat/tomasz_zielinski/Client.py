from socket import *

serverName = 'localhost'
serverPort = 1060
clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect((serverName, serverPort))
print("Connected, my address is", clientSocket.getsockname())

sentence = ""
while sentence != "Exit":
    sentence = input("Enter message to send or type Exit to disconnect: ")
    clientSocket.send(sentence.encode())
    modifiedSentence = clientSocket.recv(1024)
    print("Received Message from Server:", modifiedSentence.decode())

clientSocket.close()
print("Now you are disconnected from the server")
