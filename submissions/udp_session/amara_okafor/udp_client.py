# udp_client.py
# COMP 2207 - lab 3, a conversation over UDP
# Amara Okafor

from socket import *
import sys

MAX_BUF = 2048
SERV_PORT = 50000

addr = ('127.0.0.1', SERV_PORT)
s = socket(AF_INET, SOCK_DGRAM)

username = input('Enter your name: ')
while True:
    print('%s> ' % username, end='')
    sys.stdout.flush()
    txtout = sys.stdin.readline().strip()
    s.sendto(txtout.encode('utf-8'), addr)
    if txtout == 'quit':
        break
    modifiedMsg, srvAddr = s.recvfrom(MAX_BUF)
    print(modifiedMsg.decode('utf-8'))
s.close()
