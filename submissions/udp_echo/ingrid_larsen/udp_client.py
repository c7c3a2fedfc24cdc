# Ingrid Larsen, oblig 2
import socket

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sentence = input("Input lowercase sentence: ")
sock.sendto(sentence.encode(), ("localhost", 12000))
reply, _ = sock.recvfrom(4096)
print("From Server:", reply.decode())
