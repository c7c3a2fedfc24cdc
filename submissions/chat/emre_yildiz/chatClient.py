# Emre Yildiz, network programming, exercise 4: chat client
import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 1060))

while True:
    text = input('Enter message to send or type Exit to disconnect: ')
    client.sendall(text.encode())
    reply = client.recv(2048).decode()
    print('Received Message from Server:', reply)
    if reply == 'Disconnect':
        break

client.close()
print('Now you are disconnected from the server')
