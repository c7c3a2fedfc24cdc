import socket

# Nguyen Thi Mai - 20211873
# bai tap 3: TCP client

TCP_IP = "127.0.0.1"
TCP_PORT = 12000

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((TCP_IP, TCP_PORT))
MESSAGE = input()
s.send(bytes(MESSAGE, "utf-8"))
data = s.recv(1024)
s.close()
print("received data: %s" % data.decode())
