from socket import *

s = socket(AF_INET, SOCK_STREAM)
s.connect(('127.0.0.1', 50000))
username = input('Enter your name: ')
while True:
    txtout = input('%s> ' % username).strip()
    if not txtout:
        continue
    s.send(txtout.encode('utf-8'))
    if txtout == 'quit':
        break
    reply = s.recv(2048)
    print('From server:', reply.decode('utf-8'))
s.close()
