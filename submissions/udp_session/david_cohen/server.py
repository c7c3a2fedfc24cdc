# David Cohen 0412 - server
from socket import *

s = socket(AF_INET, SOCK_DGRAM)
s.bind(('127.0.0.1', 50000))
print("ready")

data, addr = s.recvfrom(2048)
print(data)
if data != b'quit':
    s.sendto(data.upper(), addr)
s.close()
