import socket

name = input()
with socket.create_connection(('localhost', 50000)) as sock:
    while True:
        message = input(f'{name}> ')
        sock.sendall(message.encode())
        if message == 'quit':
            break
        print(sock.recv(1024).decode())
