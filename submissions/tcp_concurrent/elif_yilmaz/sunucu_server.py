import select
import socket
import sys

dinleyen = socket.socket()
dinleyen.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
dinleyen.bind(("0.0.0.0", 50000))
dinleyen.listen(5)
hepsi = [dinleyen]
while True:
    hazir, _, _ = select.select(hepsi, [], [])
    for s in hazir:
        if s is dinleyen:
            istemci, adres = s.accept()
            hepsi.append(istemci)
            continue
        veri = s.recv(2048)
        if veri == b"quit":
            s.close()
            sys.exit()
        if veri:
            s.sendall(veri.upper())
        else:
            hepsi.remove(s)
            s.close()
