# Diego Alvarez - practica 2
from socket import *

s = socket(AF_INET, SOCK_DGRAM)
frase = input("Escribe una frase en minusculas: ")
s.sendto(frase.encode(), ("192.168.1.23", 12000))
respuesta, servidor = s.recvfrom(4096)
print(respuesta.decode(), servidor)
s.close()
