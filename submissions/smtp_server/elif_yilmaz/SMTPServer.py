import socket

HOST, PORT = '', 2525
COMMANDS = ['HELO', 'EHLO', 'MAIL FROM', 'RCPT TO', 'DATA', 'QUIT']

serverSocket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serverSocket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serverSocket.bind((HOST, PORT))
serverSocket.listen(1)
print('The mail server is ready to receive')


def receiveLine(connection):
    line = b''
    while not line.endswith(b'\n'):
        char = connection.recv(1)
        if char == b'':
            raise ConnectionError('client left')
        line += char
    return line.decode(errors='ignore').strip()


def serve(connection):
    connection.sendall(b'220 mail server\r\n')
    while True:
        line = receiveLine(connection)
        command = line.split()[0].upper() if line else ''
        if command not in COMMANDS:
            answer = '500 Unknown command'
        elif command == 'QUIT':
            connection.sendall(b'221 Bye\r\n')
            return
        elif command == 'DATA':
            connection.sendall(b'354 Enter mail\r\n')
            while receiveLine(connection) != '.':
                pass
            answer = '250 Mail accepted'
        else:
            answer = '250 OK'
        connection.sendall(answer.encode() + b'\r\n')


while True:
    connectionSocket, address = serverSocket.accept()
    try:
        serve(connectionSocket)
    except OSError as error:
        print(error)
    connectionSocket.close()
