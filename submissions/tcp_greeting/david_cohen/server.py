# David Cohen 0412 - server
from socket import *

s = socket()
s.bind((gethostname(), 12345))
s.listen(1)
print("ready")

c, addr = s.accept()
print(addr)
c.send(b'Thank you for connecting')
c.close()
s.close()
