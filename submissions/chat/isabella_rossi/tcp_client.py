import socket
import time

# the messages of the example output
MESSAGES = ['Hi', 'Testing Connection', 'Message1', 'Message2', 'Exit']

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect(('127.0.0.1', 1060))
for message in MESSAGES:
    print('Enter message to send or type Exit to disconnect:', message)
    s.sendall(message.encode())
    print('Received Message from Server:', s.recv(1024).decode())
    time.sleep(0.5)
s.close()
print('Now you are disconnected from the server')
