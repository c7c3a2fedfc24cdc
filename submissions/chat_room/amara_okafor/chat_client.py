from socket import *
from threading import Thread

sock = socket(AF_INET, SOCK_STREAM)
sock.connect(('localhost', 9000))
name = input('Your name: ')
sock.sendall((name + '\n').encode())


def listen():
    for line in sock.makefile('r', encoding='utf-8'):
        print(line, end='')


Thread(target=listen, daemon=True).start()
while True:
    line = input()
    sock.sendall((line + '\n').encode())
    if line == '/quit':
        break
