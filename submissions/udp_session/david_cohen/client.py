# David Cohen 0412 - client
from socket import *

c = socket(AF_INET, SOCK_DGRAM)
name = input("Name: ")
line = input(name + "> ").strip()
c.sendto(line.encode(), ('127.0.0.1', 50000))
if line != 'quit':
    data, addr = c.recvfrom(2048)
    print(data.decode())
c.close()
