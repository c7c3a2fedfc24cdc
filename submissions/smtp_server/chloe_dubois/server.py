"""Serveur SMTP - Chloé Dubois"""
import socket
import sys

OK = '250 OK'


class ClientGone(Exception):
    pass


class Mail:
    def __init__(self, sender):
        self.sender = sender
        self.recipients = []
        self.lines = []

    def show(self):
        print('From:', self.sender, 'To:', ', '.join(self.recipients))
        for line in self.lines:
            print('  ', line)


class Conversation:
    def __init__(self, sock):
        self.sock = sock
        self.buffer = b''
        self.hello = None
        self.mail = None

    def read(self):
        while b'\n' not in self.buffer:
            more = self.sock.recv(4096)
            if not more:
                raise ClientGone()
            self.buffer += more
        line, _, self.buffer = self.buffer.partition(b'\n')
        return line.decode('utf-8', 'replace').rstrip('\r')

    def write(self, reply):
        self.sock.sendall((reply + '\r\n').encode('utf-8'))

    def run(self):
        self.write('220 chloe.example.fr ESMTP')
        while True:
            line = self.read()
            if line == 'QUIT':
                self.write('221 Au revoir')
                return
            self.write(self.execute(line))

    def execute(self, line):
        if line.startswith('HELO ') or line.startswith('EHLO '):
            self.hello = line[5:]
            return '250 Bonjour ' + self.hello
        if line.startswith('MAIL FROM:'):
            if not self.hello:
                return '503 HELO?'
            self.mail = Mail(line[10:])
            return OK
        if line.startswith('RCPT TO:'):
            if not self.mail:
                return '503 MAIL?'
            self.mail.recipients.append(line[8:])
            return OK
        if line == 'DATA':
            if not self.mail or not self.mail.recipients:
                return '503 RCPT?'
            self.write('354 .')
            line = self.read()
            while line != '.':
                self.mail.lines.append(line)
                line = self.read()
            self.mail.show()
            self.mail = None
            return OK
        return '500 ' + line.split(' ')[0] + ' ?'


def main():
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 2525
    server = socket.create_server(('', port))
    while True:
        sock, address = server.accept()
        with sock:
            try:
                Conversation(sock).run()
            except (ClientGone, OSError):
                print('parti:', address)


if __name__ == '__main__':
    main()
