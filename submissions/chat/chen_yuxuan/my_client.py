# -*- coding: utf-8 -*-
# Chen Yuxuan 2021-0457
import socket
import sys

conn = socket.socket()
conn.connect(('localhost', 1060))

print('Enter message to send or type Exit to disconnect: ', end='', flush=True)
for line in sys.stdin:
    line = line.strip()
    conn.sendall(line.encode('utf-8'))
    print('Received Message from Server:', conn.recv(2048).decode('utf-8'))
    if line == 'Exit':
        print('Now you are disconnected from the server')
        break
    print('Enter message to send or type Exit to disconnect: ', end='', flush=True)
conn.close()
