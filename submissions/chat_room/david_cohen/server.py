import select
import socket

server = socket.create_server(('', 9000))
names = {}    # socket -> name
buffers = {}  # socket -> bytes without a newline yet


def send_all(text):
    for sock in names:
        try:
            sock.sendall(f'{text}\n'.encode())
        except OSError:
            pass


def on_line(sock, line):
    if sock not in names:
        send_all(f'{line} joined')
        names[sock] = line
        sock.sendall(f'Welcome, {line}\n'.encode())
    else:
        send_all(f'{names[sock]}: {line}')


def drop(sock):
    del buffers[sock]
    name = names.pop(sock, None)
    sock.close()
    if name:
        send_all(f'{name} left')


while True:
    readable, _, _ = select.select([server, *buffers], [], [])
    for sock in readable:
        if sock is server:
            client, _ = server.accept()
            buffers[client] = b''
            continue
        try:
            data = sock.recv(4096)
        except ConnectionError:
            data = b''
        if not data:
            drop(sock)
            continue
        *lines, buffers[sock] = (buffers[sock] + data).split(b'\n')
        for line in lines:
            text = line.decode().rstrip('\r')
            if text == '/quit':
                drop(sock)
                break
            on_line(sock, text)
