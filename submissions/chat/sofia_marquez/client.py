import socket
import sys

SERVER = ('127.0.0.1', 1060)


def main():
    with socket.create_connection(SERVER) as s:
        while True:
            text = input('Enter message to send or type Exit to disconnect: ')
            if not text:
                continue
            s.sendall(text.encode('utf-8'))
            print(f'Received Message from Server: {s.recv(1024).decode()}')
            if text == 'Exit':
                sys.exit('Now you are disconnected from the server')


if __name__ == '__main__':
    main()
