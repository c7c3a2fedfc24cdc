import socketserver

room = []


class Guest(socketserver.StreamRequestHandler):
    def handle(self):
        self.name = self.rfile.readline().decode().strip()
        if not self.name:
            return
        self.tell_others(self.name + " joined")
        room.append(self)
        self.tell("Welcome, " + self.name)
        try:
            for line in self.rfile:
                text = line.decode().rstrip("\r\n")
                if text == "/quit":
                    break
                self.tell_others(self.name + ": " + text)
        except ConnectionResetError:
            pass
        self.tell_others(self.name + " left")

    def tell(self, text):
        self.wfile.write(text.encode() + b"\n")

    def tell_others(self, text):
        for guest in room:
            if guest is not self:
                guest.tell(text)


class Room(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Room(("", 9000), Guest).serve_forever()
