import socket

# Nguyen Thi Mai - 20211873
# bai tap 2: UDP client

UDP_IP = "127.0.0.1"
UDP_PORT = 12000

MESSAGE = input("Input lowercase sentence: ")
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.sendto(bytes(MESSAGE, "utf-8"), (UDP_IP, UDP_PORT))
data, addr = sock.recvfrom(1024)
print("received message: %s" % data.decode())
