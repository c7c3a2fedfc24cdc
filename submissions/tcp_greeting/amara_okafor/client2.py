# client2.py
# COMP 2207 - lab 4, from example 2 of the lecture
# Amara Okafor

from socket import *

s = socket()
host = gethostname()
port = 12345
print("Client host is", host)
s.connect((host, port))
print(s.recv(1024))
s.close()
