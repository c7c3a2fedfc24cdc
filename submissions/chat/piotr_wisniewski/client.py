from socket import socket, AF_INET, SOCK_STREAM

s = socket(AF_INET, SOCK_STREAM)
s.connect(('127.0.0.1', 1060))
while True:
    message = input('> ')
    s.sendall(message.encode())
    print('Server says:', s.recv(100).decode())
    if message == 'Exit':
        break
s.close()
print('disconnected, bye')
