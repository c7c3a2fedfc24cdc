# TCP Task - chat server
# Amara Okafor, Networks lab group 3
# tested on Ubuntu 22.04 and Windows 10
from socket import *
from chatlib import PORT, BUFSIZE, EXIT_WORD, make_reply

serverSocket = socket(AF_INET, SOCK_STREAM)
serverSocket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serverSocket.bind(('0.0.0.0', PORT))
serverSocket.listen(1)

while True:
    print('Listening at', serverSocket.getsockname())
    connectionSocket, addr = serverSocket.accept()
    print('The server now is connected to:', addr)
    print('Socket connects between', connectionSocket.getsockname(), 'and', addr)

    try:
        while True:
            message = connectionSocket.recv(BUFSIZE)
            if not message:
                # the client closed its window without typing Exit
                print('Client left')
                break
            print('Received Message from Client:', message.decode(errors='replace'))
            connectionSocket.send(make_reply(message))
            if message == EXIT_WORD:
                break
    except ConnectionError as e:
        print('Connection lost:', e)

    connectionSocket.close()
    print('Reply sent, Server socket closed')
