# Elif Yılmaz - Bilgisayar Ağları, Ödev 3 (istemci)
import socket

SUNUCU = ("localhost", 12000)

istemci = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
istemci.connect(SUNUCU)
cumle = input("Input lowercase sentence: ")
istemci.send(cumle)

cevap = istemci.recv(2048)
print("From server:", cevap)
istemci.close()
