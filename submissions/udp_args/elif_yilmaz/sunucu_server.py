# Elif Yılmaz - Bilgisayar Ağları, Ödev 3 (sunucu)
import socket

sunucu = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sunucu.bind(("", 12000))
print("The server is ready to receive")
while True:
    mesaj, istemci = sunucu.recvfrom(2048)
    print("This message: ", mesaj)
    print("is received from:", istemci)
    sunucu.sendto(mesaj.upper(), istemci)
