# udp_server.py
# COMP 2207 - lab 3, a conversation over UDP
# Amara Okafor

from socket import *

MAX_BUF = 2048
SERV_PORT = 50000

addr = ('127.0.0.1', SERV_PORT)
s = socket(AF_INET, SOCK_DGRAM)
s.bind(addr)
print('UDP server started ...')

while True:
    print('Client> ', end='')
    txtin, addr = s.recvfrom(MAX_BUF)
    print(txtin.decode('utf-8', errors='replace'))
    if txtin == b'quit':
        print('Terminate server ...')
        break
    s.sendto(txtin.upper(), addr)
s.close()
