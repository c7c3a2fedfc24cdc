from socket import *
from threading import Thread, Lock

members = {}
lock = Lock()


def tell(text, but=None):
    for sock in list(members):
        if sock is not but:
            try:
                sock.sendall((text + '\n').encode())
            except OSError:
                pass


def handle(sock, addr):
    name = None
    reader = sock.makefile('r', encoding='utf-8', newline='\n')
    try:
        name = reader.readline().strip()
        if not name:
            return
        with lock:
            tell(name + ' joined')
            members[sock] = name
            sock.sendall(('Welcome, ' + name + '\n').encode())
        for line in reader:
            line = line.rstrip('\r\n')
            if line == '/quit':
                break
            with lock:
                tell(name + ': ' + line, but=sock)
    except OSError as e:
        print(addr, e)
    finally:
        with lock:
            if members.pop(sock, None) is not None:
                tell(name + ' left')
        reader.close()
        sock.close()


s = socket(AF_INET, SOCK_STREAM)
s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
s.bind(('', 9000))
s.listen(10)
print('Chat server started')
while True:
    conn, addr = s.accept()
    Thread(target=handle, args=(conn, addr)).start()
