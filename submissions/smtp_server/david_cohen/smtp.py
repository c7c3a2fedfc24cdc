"""SMTP server for the homework. Tested with telnet localhost 2525."""
from socket import *


class Server:

    def __init__(self, port=2525):
        self.sock = socket(AF_INET, SOCK_STREAM)
        self.sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        self.sock.bind(('', port))
        self.sock.listen(5)
        print('SMTP server started')

    def run(self):
        while True:
            self.conn, addr = self.sock.accept()
            self.file = self.conn.makefile('rb')
            try:
                self.session()
            except (OSError, EOFError) as e:
                print('client lost', e)
            self.file.close()
            self.conn.close()

    def reply(self, code, text):
        self.conn.sendall(b'%d %s\r\n' % (code, text.encode()))

    def line(self):
        line = self.file.readline()
        if not line:
            raise EOFError
        return line.rstrip(b'\r\n').decode('latin-1')

    def session(self):
        state = 'start'
        self.reply(220, 'Welcome')
        while True:
            line = self.line()
            command = line.upper()
            if command.startswith('HELO '):
                state = 'ready'
                self.reply(250, 'Hello ' + line[5:])
            elif command.startswith('MAIL FROM:') and state == 'ready':
                state = 'mail'
                self.reply(250, 'OK')
            elif command.startswith('RCPT TO:') and state in ('mail', 'rcpt'):
                state = 'rcpt'
                self.reply(250, 'OK')
            elif command == 'DATA' and state == 'rcpt':
                state = 'ready'
                self.reply(354, 'Send the message')
                while (line := self.line()) != '.':
                    print('   ', line)
                self.reply(250, 'OK')
            elif command == 'QUIT':
                self.reply(221, 'Goodbye')
                return
            elif command[:4] in ('MAIL', 'RCPT', 'DATA'):
                self.reply(503, 'Bad sequence')
            else:
                self.reply(500, 'Unknown command')


Server().run()
