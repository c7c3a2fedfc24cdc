import socket

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('', 2525))
s.listen(1)
print('ready')

while True:
    c, a = s.accept()
    f = c.makefile('r', errors='replace', newline='\n')
    for line in f:
        cmd = line.strip().upper()
        if cmd.startswith('HELO') or cmd.startswith('EHLO'):
            c.send(b'250 Hello\r\n')
        elif cmd.startswith('MAIL FROM'):
            c.send(b'250 OK\r\n')
        elif cmd.startswith('RCPT TO'):
            c.send(b'250 OK\r\n')
        elif cmd == 'DATA':
            c.send(b'354 Go\r\n')
            while f.readline().strip() != '.':
                pass
            c.send(b'250 OK\r\n')
        elif cmd == 'QUIT':
            c.send(b'221 Bye\r\n')
            break
        else:
            c.send(b'500 Unknown\r\n')
    c.close()
