import socket
import sys
import threading

sock = socket.create_connection(('localhost', 9000))


def show():
    while data := sock.recv(4096):
        sys.stdout.write(data.decode())
        sys.stdout.flush()


threading.Thread(target=show).start()
for line in sys.stdin:
    sock.sendall(line.encode())
    if line == '/quit\n':
        break
