# TCP server, lab 5: talks with one client at a time
from socket import *

SERV_PORT = 50000

s = socket(AF_INET, SOCK_STREAM)
s.bind(('127.0.0.1', SERV_PORT))
s.listen(1)
print('TCP server started ...')

while True:
    sckt, addr = s.accept()
    print('New client connected ..', addr)
    while True:
        try:
            txtin = sckt.recv(1024)
        except ConnectionError:
            print('Client vanished ..')
            break
        if txtin == b'quit' or txtin == b'':
            print('Client disconnected ..')
            break
        print('Client> ' + txtin.decode('utf-8', 'replace'))
        txtout = txtin.upper()
        sckt.send(txtout)
    sckt.close()
    print('Waiting for a new client ...')
