import os
import socket

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("", 50000))
s.listen(20)
print("server pronto", flush=True)

while True:
    conn, addr = s.accept()
    pid = os.fork()
    if pid == 0:
        s.close()
        while True:
            try:
                msg = conn.recv(1024)
            except ConnectionResetError:
                break
            if msg == b"" or msg == b"quit":
                break
            conn.sendall(msg.upper())
        conn.close()
        os._exit(0)
    conn.close()
    # one child that has ended meanwhile, if there is one
    os.waitpid(-1, os.WNOHANG)
