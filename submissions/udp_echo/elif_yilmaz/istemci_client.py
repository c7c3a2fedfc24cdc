# Elif Yılmaz - Bilgisayar Ağları, Ödev 2 (istemci)
import socket

SUNUCU = ("localhost", 12000)

istemci = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
cumle = input("Input lowercase sentence: ")
istemci.sendto(cumle.encode(), SUNUCU)

# wait for the answer, then show the sentence in capitals
cevap, adres = istemci.recvfrom(2048)
print("From server:", cumle.upper())
istemci.close()
