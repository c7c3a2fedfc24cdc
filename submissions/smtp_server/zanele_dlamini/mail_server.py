import socket

SPOOL = []


def get(f):
    line = f.readline()
    if line == '':
        raise OSError('nobody there')
    return line.strip('\r\n')


def receive_mail(conn):
    """Receives one mail and puts it into the spool."""
    f = conn.makefile('r', encoding='latin-1', newline='\n')

    def put(reply):
        conn.sendall(reply.encode() + b'\r\n')

    hello, sender, to, lines = False, None, [], []
    put('220 zanele')
    while True:
        line = get(f)
        word = line[:4].upper()
        if word == 'HELO' or word == 'EHLO':
            hello = True
            put('250 Sawubona')
        elif word == 'MAIL':
            if hello:
                sender = line
            put('250 OK' if hello else '503 HELO first')
        elif word == 'RCPT':
            if sender:
                to.append(line)
            put('250 OK' if sender else '503 MAIL first')
        elif word == 'DATA' and to:
            put('354 OK')
            line = get(f)
            while line != '.':
                lines.append(line)
                line = get(f)
            SPOOL.append((sender, to, lines))
            put('250 OK')
            return
        elif word == 'DATA':
            put('503 RCPT first')
        elif word == 'QUIT':
            put('221 Hamba kahle')
            return
        else:
            put('500 unknown')


s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('0.0.0.0', 2525))
s.listen()
while True:
    c, _ = s.accept()
    try:
        receive_mail(c)
        print(len(SPOOL), 'mails so far')
    except OSError as e:
        print(e)
    c.close()
