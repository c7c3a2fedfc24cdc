from socket import *
import sys
import mimetypes

serverSocket = socket(AF_INET, SOCK_STREAM)
serverSocket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serverSocket.bind(('', 6789))
serverSocket.listen(1)
print('The web server is up on port 6789')

while True:
    connectionSocket, addr = serverSocket.accept()
    try:
        request = connectionSocket.recv(1024).decode()
        while request and '\r\n\r\n' not in request:
            more = connectionSocket.recv(1024).decode()
            if not more:
                request = ''
            request += more
    except ConnectionResetError:
        request = ''
    parts = request.split('\r\n')[0].split()
    if len(parts) != 3 or parts[0] != 'GET' or '..' in parts[1] or parts[1].startswith('//'):
        # nothing that I understand
        connectionSocket.close()
        continue
    try:
        filename = parts[1][1:]
        f = open(filename, 'rb')
        outputdata = f.read()
        f.close()
        header = 'HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n' % mimetypes.guess_type(filename)[0]
        connectionSocket.sendall(header.encode())
        connectionSocket.sendall(outputdata)
        connectionSocket.close()
    except IOError:
        # Send response message for file not found
        connectionSocket.sendall(b'HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n')
        connectionSocket.sendall(b'<html><body><h1>404 Not Found</h1></body></html>')
        # Close the sockets
        serverSocket.close()
        connectionSocket.close()
        break

input('Server stopped. Press Enter to leave.')
sys.exit()
