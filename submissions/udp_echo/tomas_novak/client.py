#!/usr/bin/env python3
import socket

# ukol 2 - klient
# autor: Tomas Novak (xnovak17)

PORT = 12000

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
veta = input("Input lowercase sentence: ")
s.sendto(veta.encode(), ("127.0.0.1", PORT))
data, adresa = s.recvfrom(1024)
print("From server:", data.decode())
