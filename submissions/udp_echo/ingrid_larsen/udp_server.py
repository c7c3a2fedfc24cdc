# Ingrid Larsen, oblig 2
import socket

import numpy as np

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("", 12000))
print("ready")
while True:
    data, addr = sock.recvfrom(4096)
    letters = np.frombuffer(data, dtype=np.uint8).copy()
    small = (letters >= ord("a")) & (letters <= ord("z"))
    letters[small] -= 32
    sock.sendto(letters.tobytes(), addr)
