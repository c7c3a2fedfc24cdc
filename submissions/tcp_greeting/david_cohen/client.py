# David Cohen 0412 - client
from socket import *

c = socket()
c.connect((gethostname(), 12345))
print(c.recv(1024).decode())
c.close()
