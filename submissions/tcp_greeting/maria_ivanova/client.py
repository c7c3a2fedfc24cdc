# Мария Иванова, лабораторная 5
from socket import *

while True:
    s = socket(AF_INET, SOCK_STREAM)
    s.connect((gethostname(), 12345))
    data = s.recv(1024)
    print(data.decode())
    s.close()
