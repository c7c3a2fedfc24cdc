from socket import socket, AF_INET, SOCK_STREAM, SOL_SOCKET, SO_REUSEADDR

RECV = 100      # messages are short

s = socket(AF_INET, SOCK_STREAM)
s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
s.bind(('0.0.0.0', 1060))
s.listen(1)

while True:
    print('Listening at', s.getsockname())
    sc, sockname = s.accept()
    print('The server now is connected to:', sockname)
    print('Socket connects between', sc.getsockname(), 'and', sockname)
    while True:
        try:
            message = sc.recv(RECV)
        except ConnectionResetError:
            break
        if len(message) == 0:
            break
        print('Received Message from Client:', message.decode('utf8', 'ignore'))
        if message == b'Exit':
            sc.sendall(b'Disconnect')
            break
        sc.sendall(b'Your data was ' + str(len(message)).encode() + b' bytes')
    sc.close()
    print('Reply sent, Server socket closed')
