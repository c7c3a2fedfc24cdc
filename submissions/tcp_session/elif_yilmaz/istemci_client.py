import socket

s = socket.socket()
s.connect(("127.0.0.1", 50000))
ad = input("Adiniz / your name: ")
while True:
    mesaj = input(ad + "> ")
    s.send(mesaj.encode())
    if mesaj == "quit":
        break
    cevap = s.recv(2048)
    print("Server:", mesaj.upper())
s.close()
