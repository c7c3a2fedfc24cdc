# Elif Yılmaz - Bilgisayar Ağları, Ödev 3 (istemci)
# Çalıştırma: python istemci_client.py 1600 "hello from client1"
import socket
import sys

PORT = 1600

if len(sys.argv) < 3 or not sys.argv[1].isdigit():
    print('Kullanım: istemci_client.py 1600 "hello from client1"')
    sys.exit(1)

istemci = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
istemci.bind(("", PORT))
istemci.sendto(sys.argv[2].encode(), ("localhost", 12000))
cevap, adres = istemci.recvfrom(2048)
print("From server:", cevap.decode())
istemci.close()
