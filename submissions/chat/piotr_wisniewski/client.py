from socket import socket, AF_INET, SOCK_STREAM

s = socket(AF_INET, SOCK_STREAM)
s.connect(('127.0.0.1', 1060))
while True:
    message = input('Enter message to send or type Exit to disconnect: ')
    s.sendall(message.encode())
    print('Received Message from Server:', s.recv(100).decode())
    if message == 'Exit':
        break
s.close()
print('Now you are disconnected from the server')
