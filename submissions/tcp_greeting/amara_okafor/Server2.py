# Server2.py
# COMP 2207 - lab 4, from example 2 of the lecture
# Amara Okafor

from socket import *

s = socket()
host = gethostname()
port = 12345
s.bind((host, port))
print("Server host is", host)
s.listen(1)
while True:
    c, addr = s.accept()
    print('Got connection from', addr)
    c.send('Thank you for connecting'.encode())
    c.close()
