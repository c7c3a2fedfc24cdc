import os
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("", 50000))
s.listen(5)
print("Forking server started", flush=True)
clients = []

while True:
    sckt, addr = s.accept()
    clients.append(sckt)
    if os.fork() == 0:
        s.close()
        try:
            while True:
                data = sckt.recv(1024)
                if not data or data == b"quit":
                    break
                sckt.send(data.upper())
        except OSError as e:
            print(e, file=sys.stderr)
        sckt.close()
        os._exit(0)
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
