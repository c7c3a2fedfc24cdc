import mimetypes
import os.path
import socketserver


class WebHandler(socketserver.StreamRequestHandler):
    """Answers one request. rfile and wfile are files, which is handy for a protocol of lines."""

    def handle(self):
        line = self.rfile.readline().decode('latin-1').rstrip()
        header = self.rfile.readline()
        while header.strip():
            header = self.rfile.readline()
        if not line:
            return
        print(self.client_address[0], line)
        words = line.split()
        if len(words) != 3:
            self.answer('400 Bad Request')
        elif words[0] != 'GET':
            self.answer('405 Method Not Allowed')
        else:
            self.get(words[1].partition('?')[0])

    def get(self, path):
        name = os.path.normpath(path).lstrip('/') or 'index.html'
        if not os.path.isfile(name):
            self.answer('404 Not Found')
            return
        with open(name, 'rb') as file:
            self.answer('200 OK', file.read(), mimetypes.guess_type(name)[0])

    def answer(self, status, body=None, kind=None):
        if body is None:
            body = f'<html><body><h1>{status}</h1></body></html>'.encode()
            kind = 'text/html'
        self.wfile.write(f'HTTP/1.1 {status}\r\n'
                         f'Content-Type: {kind or "text/plain"}\r\n'
                         f'Content-Length: {len(body)}\r\n'
                         'Connection: close\r\n\r\n'.encode())
        self.wfile.write(body)


class WebServer(socketserver.TCPServer):
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        raise       # otherwise I do not see my mistakes


if __name__ == '__main__':
    with WebServer(('', 6789), WebHandler) as server:
        server.serve_forever()
