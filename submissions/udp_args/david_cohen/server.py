# David Cohen 0412 - server
from socket import *

s = socket(AF_INET, SOCK_DGRAM)
s.bind(('', 12000))
print("ready")

data, addr = s.recvfrom(2048)
print("This message: ", data)
print("is received from:", addr)
s.sendto(data.upper(), addr)
s.close()
