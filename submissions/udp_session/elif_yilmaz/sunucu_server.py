# Elif Yılmaz - Bilgisayar Ağları, Ödev 4 (sunucu)
import socket

sunucu = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sunucu.bind(("127.0.0.1", 50000))
print("UDP server started ...")
mesaj = b""
while mesaj != b"quit":
    mesaj, istemci = sunucu.recvfrom(2048)
    print("Client>", mesaj)
    sunucu.sendto(mesaj.upper(), istemci)
print("Terminate server ...")
