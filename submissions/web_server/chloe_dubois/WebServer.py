#import socket module
from socket import *

serverSocket = socket(AF_INET, SOCK_STREAM)
#Prepare a sever socket
serverSocket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serverSocket.bind(('', 6789))
serverSocket.listen(1)
while True:
    #Establish the connection
    print('Ready to serve...')
    connectionSocket, addr = serverSocket.accept()
    try:
        message = connectionSocket.recv(1024)
        while message and b'\r\n\r\n' not in message:
            part = connectionSocket.recv(1024)
            message = message + part if part else b''
        if len(message.split()) < 3:
            connectionSocket.close()
            continue
        method = message.split()[0]
        filename = message.split()[1]
        if method != b'GET' or b'..' in filename or filename.startswith(b'//'):
            raise IOError('not for you')
        f = open(filename[1:], 'rb')
        outputdata = f.read()
        f.close()
        #Send one HTTP header line into socket
        connectionSocket.send(b'HTTP/1.1 200 OK\r\n')
        if filename.endswith(b'.png'):
            connectionSocket.send(b'Content-Type: image/png\r\n\r\n')
            connectionSocket.sendall(outputdata)
        else:
            connectionSocket.send(b'Content-Type: text/html\r\n\r\n')
            #Send the content of the requested file to the client
            for line in outputdata.splitlines(True):
                connectionSocket.send(line)
            connectionSocket.send(b'\r\n')
        connectionSocket.close()
    except ConnectionError:
        #the browser went away
        connectionSocket.close()
    except IOError:
        #Send response message for file not found
        connectionSocket.send(b'HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n')
        connectionSocket.send(b'<html><body><h1>404 Not Found</h1></body></html>\r\n')
        #Close client socket
        connectionSocket.close()
