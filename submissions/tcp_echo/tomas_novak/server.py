#!/usr/bin/env python3
import socket

# ukol 2 - server
# autor: Tomas Novak (xnovak17)

PORT = 12000

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", PORT))
print("server bezi")

while True:
    data, adresa = s.recvfrom(1024)
    s.sendto(data.upper(), adresa)
