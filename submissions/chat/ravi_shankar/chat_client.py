import socket

PORT = 1060

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
    sock.connect(('localhost', PORT))
    while True:
        msg = input('Enter message to send or type Exit to disconnect: ')
        sock.sendall(msg.encode())
        reply = sock.recv(4096).decode()
        print('Received Message from Server:', reply)
        if reply == 'Disconnect':
            print('Now you are disconnected from the server')
            break
