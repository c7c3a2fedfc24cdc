# David Cohen 0412 - client
from socket import *
import sys

try:
    port = int(sys.argv[1])
    message = sys.argv[2]
except (IndexError, ValueError):
    print("client.py PORT MESSAGE")
    sys.exit(1)

c = socket(AF_INET, SOCK_DGRAM)
c.bind(('', port))
c.sendto(message.encode(), ('127.0.0.1', 12000))
while True:
    data, addr = c.recvfrom(2048)
    print(data.decode())
