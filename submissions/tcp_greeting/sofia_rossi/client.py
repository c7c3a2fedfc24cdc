# Sofia Rossi, Reti di calcolatori, esercizio 5
import socket

s = socket.socket()
s.connect((socket.gethostname(), 12345))
print(s.recv(1024).decode().strip())
s.close  # Close the socket when done
