# SMTP server, Amara Okafor
# one thread per client
import socket
import threading

PORT = 2525


def send(conn, text):
    conn.sendall((text + '\r\n').encode())


def lines_of(conn):
    """Yields the lines the client sends, until it has left."""
    buffer = b''
    while True:
        data = conn.recv(2048)
        if not data:
            return
        buffer += data
        while b'\r\n' in buffer:
            line, buffer = buffer.split(b'\r\n', 1)
            yield line.decode('utf-8', 'replace')


def talk(conn):
    helo = False
    sender = None
    recipients = []
    send(conn, '220 amaras-laptop ESMTP')
    lines = lines_of(conn)
    for line in lines:
        upper = line.upper()
        if upper.startswith('HELO'):
            helo = True
            send(conn, '250 Hello')
        elif upper.startswith('EHLO'):
            helo = True
            send(conn, '250-Hello')
            send(conn, '250-SIZE 1000000')
            send(conn, '250 HELP')
        elif upper.startswith('MAIL FROM:'):
            if helo:
                sender = line[10:]
                send(conn, '250 OK')
            else:
                send(conn, '503 HELO first')
        elif upper.startswith('RCPT TO:'):
            if sender:
                recipients.append(line[8:])
                send(conn, '250 OK')
            else:
                send(conn, '503 need MAIL FROM')
        elif upper == 'DATA':
            if not recipients:
                send(conn, '503 need RCPT TO')
                continue
            send(conn, '354 End with .')
            text = []
            for part in lines:
                if part == '.':
                    break
                text.append(part[1:] if part.startswith('.') else part)
            else:
                return
            print('--- mail from', sender, 'to', recipients)
            print('\n'.join(text))
            sender, recipients = None, []
            send(conn, '250 Queued')
        elif upper == 'QUIT':
            send(conn, '221 Bye')
            return
        else:
            send(conn, '500 What?')


def serve(conn, addr):
    print(addr, 'connected')
    try:
        talk(conn)
    except OSError as e:
        print(addr, e)
    conn.close()


server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('', PORT))
server.listen(5)
print('SMTP server on port', PORT)
while True:
    conn, addr = server.accept()
    threading.Thread(target=serve, args=(conn, addr), daemon=True).start()
