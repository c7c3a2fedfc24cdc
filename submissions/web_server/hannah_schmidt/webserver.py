#import socket module
from socket import *
import sys # In order to terminate the program

def contentType(name):
    if name.endswith('.html') or name.endswith('.htm'):
        return 'text/html'
    if name.endswith('.png'):
        return 'image/png'
    if name.endswith('.jpg'):
        return 'image/jpeg'
    return 'text/plain'

serverSocket = socket(AF_INET, SOCK_STREAM)
#Prepare a sever socket
serverPort = 6789
serverSocket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serverSocket.bind(('', serverPort))
serverSocket.listen(1)

while True:
    #Establish the connection
    print('Ready to serve...')
    connectionSocket, addr = serverSocket.accept()
    try:
        message = b''
        while b'\r\n\r\n' not in message:
            part = connectionSocket.recv(1024)
            if not part:
                break
            message += part
    except ConnectionResetError:
        message = b''
    words = message.split()
    if len(words) < 3:
        connectionSocket.close()
        continue
    if words[0] != b'GET':
        connectionSocket.sendall(b'HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n')
        connectionSocket.close()
        continue

    filename = words[1].decode()
    f = open(filename[1:], 'rb')
    outputdata = f.read()
    f.close()
    #Send the HTTP header lines into socket
    connectionSocket.send(b'HTTP/1.1 200 OK\r\n')
    connectionSocket.send(('Content-Type: ' + contentType(filename) + '\r\n').encode())
    connectionSocket.send(('Content-Length: ' + str(len(outputdata)) + '\r\n\r\n').encode())
    #Send the content of the requested file to the client
    connectionSocket.sendall(outputdata)
    connectionSocket.close()

serverSocket.close()
sys.exit() #Terminate the program after sending the corresponding data
