# SMTP homework
import socket

replies = {'HELO': '250 Hello', 'EHLO': '250 Hello', 'MAIL': '250 OK', 'RCPT': '250 OK',
           'DATA': '354 Go', 'QUIT': '221 Bye', 'NOOP': '250 OK', 'RSET': '250 OK'}

s = socket.create_server(('', 2525))
print('server is ready')
while True:
    c, addr = s.accept()
    with c, c.makefile('rwb', 0) as f:
        try:
            f.write(b'220 Hello\r\n')
            line = f.readline()
            while line:
                command = line[:4].decode('ascii', 'replace').upper().strip()
                f.write(replies.get(command, '500 Unknown').encode() + b'\r\n')
                if command == 'QUIT':
                    break
                if command == 'DATA':
                    while line not in (b'.\r\n', b'.\n', b''):
                        line = f.readline()
                    f.write(b'250 OK\r\n')
                line = f.readline()
        except OSError as e:
            print(e)
