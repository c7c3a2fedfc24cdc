# Sofia Rossi, Reti di calcolatori, esercizio 5
import socket

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((socket.gethostname(), 12345))
s.listen(5)
print("Server host is", socket.gethostname())
while True:
    c, addr = s.accept()
    print("Got connection from", addr)
    c.sendall(b"Thank you for connecting\n")
    c.close  # Close the connection
