import socket

# Nguyen Thi Mai - 20211873
# bai tap 2: UDP server

UDP_IP = ""
UDP_PORT = 12000

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind((UDP_IP, UDP_PORT))

while True:
    data, addr = sock.recvfrom(32)   # size of the message
    print("received message: %s" % data)
    sock.sendto(data.upper(), addr)
