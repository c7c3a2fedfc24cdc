# TCP Task - chat client
from socket import *
from chatlib import PORT, BUFSIZE

clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect(('localhost', PORT))

while True:
    message = input('Enter message to send or type Exit to disconnect: ')
    if message == '':
        continue
    clientSocket.send(message.encode())
    reply = clientSocket.recv(BUFSIZE).decode()
    print('Received Message from Server:', reply)
    if reply == 'Disconnect':
        break

print('Now you are disconnected from the server')
clientSocket.close()
