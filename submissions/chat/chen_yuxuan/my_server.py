# -*- coding: utf-8 -*-
# Chen Yuxuan 2021-0457
import socket
import logging

logging.basicConfig(format='%(asctime)s %(message)s', level=logging.INFO)
log = logging.getLogger('server')


class ChatServer:

    def __init__(self, port=1060):
        self.sock = socket.socket()
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.sock.bind(('0.0.0.0', port))
        self.sock.listen(5)

    def answer(self, data):
        if data == b'Exit':
            return b'Disconnect'
        return 'Your data was {} bytes'.format(len(data)).encode('ascii')

    def serve_client(self, conn):
        data = None
        while data != b'Exit':
            data = conn.recv(2048)
            if not data:
                return
            log.info('got %d bytes', len(data))
            conn.sendall(self.answer(data))

    def run(self):
        log.info('server is up')
        while True:
            conn, addr = self.sock.accept()
            log.info('new client %s', addr[0])
            try:
                self.serve_client(conn)
            except OSError as err:
                log.warning('lost client: %s', err)
            conn.close()


if __name__ == '__main__':
    ChatServer().run()
