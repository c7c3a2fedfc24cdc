# Elif Yılmaz - Bilgisayar Ağları, Ödev 4 (istemci)
import socket

istemci = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
ad = input("Enter your name: ")
satir = ""
while satir != "quit":
    satir = input(f"{ad}> ").strip()
    istemci.sendto(satir.encode(), ("127.0.0.1", 50000))
    cevap, adres = istemci.recvfrom(2048)
    print(cevap.decode())
