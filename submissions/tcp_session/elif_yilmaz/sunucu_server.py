import select
import socket

# select() watches all clients, so that nobody has to wait
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
        try:
            veri = s.recv(2048)
        except OSError:
            veri = b""
        if veri in (b"", b"quit"):
            hepsi.remove(s)
            s.close()
        else:
            s.sendall(veri.upper())
