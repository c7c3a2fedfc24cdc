from socket import *
from threading import Thread

SERV_PORT = 50000


def handle_client(s, addr):
    while True:
        try:
            txtin = s.recv(1024)
        except OSError:
            break
        if not txtin or txtin == b'quit':
            break
        print('Client %s> %s' % (addr[1], txtin.decode('utf-8')))
        s.send(txtin.upper())
    print('Client disconnected ...')
    s.close()


s = socket(AF_INET, SOCK_STREAM)
s.bind(('', SERV_PORT))
s.listen(5)
print('TCP server started ...')
while True:
    sckt, addr = s.accept()
    print('New client connected from ..' + str(addr[0]) + ':' + str(addr[1]))
    Thread(target=handle_client, args=(sckt, addr)).start()
