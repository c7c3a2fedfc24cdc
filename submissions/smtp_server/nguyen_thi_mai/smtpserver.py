from socket import *

serverPort = 2525
serverSocket = socket(AF_INET, SOCK_STREAM)
serverSocket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serverSocket.bind(('', serverPort))
serverSocket.listen(1)
print('The server is ready to receive')


def converse(connection):
    state = 'START'
    connection.send('220 smtp server ready\r\n'.encode())
    while True:
        data = connection.recv(1024)
        if not data:
            return
        line = data.decode('latin-1').strip()
        if state == 'DATA':
            if line == '.':
                connection.send('250 message accepted\r\n'.encode())
                state = 'HELO'
            else:
                print(line)
            continue
        command = line[:4].upper()
        if command in ('HELO', 'EHLO'):
            state = 'HELO'
            reply = '250 hello'
        elif command == 'MAIL':
            reply = '250 ok' if state == 'HELO' else '503 bad sequence'
            if state == 'HELO':
                state = 'MAIL'
        elif command == 'RCPT':
            reply = '250 ok' if state in ('MAIL', 'RCPT') else '503 bad sequence'
            if state == 'MAIL':
                state = 'RCPT'
        elif command == 'DATA':
            reply = '354 go ahead' if state == 'RCPT' else '503 bad sequence'
            if state == 'RCPT':
                state = 'DATA'
        elif command == 'QUIT':
            connection.send('221 bye\r\n'.encode())
            return
        else:
            reply = '500 unknown command'
        connection.send((reply + '\r\n').encode())


while True:
    connectionSocket, addr = serverSocket.accept()
    try:
        converse(connectionSocket)
    except ConnectionError:
        print('connection lost')
    connectionSocket.close()
