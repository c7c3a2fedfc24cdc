# Мария Иванова, лабораторная 5
from socket import *

s = socket(AF_INET, SOCK_STREAM)
s.bind((gethostname(), 12345))
s.listen(1)
while True:
    c, addr = s.accept()
    print('Got connection from', addr)
    c.send(b'Thank you for connecting')
    c.close()
