# Elif Yılmaz - Bilgisayar Ağları, Ödev 3 (sunucu)
import socket

PORT = 12000

sunucu = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sunucu.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sunucu.bind(("0.0.0.0", PORT))
sunucu.listen(3)
print("Sunucu hazır, port", PORT)

while True:
    try:
        baglanti, adres = sunucu.accept()
        mesaj = baglanti.recv(2048)
        print(adres, "->", mesaj)
        baglanti.send(mesaj.upper())
        baglanti.close()
    except KeyboardInterrupt:
        print("Sunucu kapandı")
        break
    except Exception as hata:
        print("Hata:", hata)
