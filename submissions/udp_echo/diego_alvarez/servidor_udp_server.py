# Diego Alvarez - practica 2
# Probado en mi portatil (192.168.1.23) y en el de mi companero
from socket import *

IP = "192.168.1.23"
PUERTO = 12000

s = socket(AF_INET, SOCK_DGRAM)
s.bind((IP, PUERTO))
print("servidor listo en", IP, PUERTO)
while True:
    mensaje, cliente = s.recvfrom(4096)
    s.sendto(mensaje.upper(), cliente)
