# made with smtplib.SMTP(...).set_debuglevel(1): answers what it says
import socketserver


class Handler(socketserver.StreamRequestHandler):

    def put(self, line):
        self.wfile.write(line.encode() + b'\r\n')

    def handle(self):
        self.put('220 hi')
        ready = mail = rcpt = False
        for raw in self.rfile:
            line = raw.decode('latin-1').strip()
            verb = line.split(' ')[0].lower()
            if verb == 'ehlo':
                ready = True
                self.put('250-hi')
                self.put('250 SIZE 99999')
            elif verb == 'mail':
                mail = ready
                self.put('250 ok' if mail else '503 ehlo first')
            elif verb == 'rcpt':
                rcpt = mail
                self.put('250 ok' if rcpt else '503 mail first')
            elif verb == 'data' and rcpt:
                self.put('354 go')
                for raw in self.rfile:
                    if raw == b'.\r\n':
                        break
                mail = rcpt = False
                self.put('250 ok')
            elif verb == 'data':
                self.put('503 rcpt first')
            elif verb == 'quit':
                self.put('221 bye')
                return
            else:
                self.put('500 unknown')


socketserver.TCPServer.allow_reuse_address = True
socketserver.TCPServer(('', 2525), Handler).serve_forever()
