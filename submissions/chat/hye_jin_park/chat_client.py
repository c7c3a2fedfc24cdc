"""Chat client (TCP task)."""
import socket

with socket.create_connection(('localhost', 1060)) as sock:
    while True:
        message = input('Enter message to send or type Exit to disconnect: ')
        # the newline tells the server where the message ends
        sock.sendall((message + '\n').encode())
        print('Received Message from Server:', sock.recv(1024).decode())
        if message == 'Exit':
            print('Now you are disconnected from the server')
            break
