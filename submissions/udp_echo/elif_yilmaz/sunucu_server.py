# Elif Yılmaz - Bilgisayar Ağları, Ödev 2 (sunucu)
import socket

PORT = 12000

sunucu = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sunucu.bind(("0.0.0.0", PORT))
print("Sunucu hazır, port", PORT)

while True:
    try:
        mesaj, adres = sunucu.recvfrom(2048)
        print(adres, "->", mesaj)
        sunucu.sendto(mesaj.upper(), adres)
    except KeyboardInterrupt:
        print("Sunucu kapandı")
        break
