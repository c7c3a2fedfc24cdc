from socket import *

serverPort = 1060
serverSocket = socket(AF_INET, SOCK_STREAM)
serverSocket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serverSocket.bind(('', serverPort))
serverSocket.listen(1)
print("Listening at", serverSocket.getsockname())

connectionSocket, clientAddress = serverSocket.accept()
serverSocket.close()      # we have our client, nobody else may come in now
print("The server now is connected to:", clientAddress)
print("Socket connects between", connectionSocket.getsockname(), "and", clientAddress)

while 1:
    data = connectionSocket.recv(1024)
    if data == b"":
        break
    print("Received Message from Client:", data.decode())
    if data.decode() == "Exit":
        connectionSocket.send("Disconnect".encode())
        connectionSocket.close()
        print("Reply sent, Server socket closed")
        break
    connectionSocket.send(("Your data was " + str(len(data)) + " bytes").encode())

# otherwise the window is gone before one can read it
input("Press Enter to quit")
