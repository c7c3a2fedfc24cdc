import socket

# Nguyen Thi Mai - 20211873
# bai tap 3: TCP server

TCP_IP = ""
TCP_PORT = 12000
BUFFER_SIZE = 32   # size of the message

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((TCP_IP, TCP_PORT))
s.listen(1)

while True:
    conn, addr = s.accept()
    print("Connection address:", addr)
    try:
        data = conn.recv(BUFFER_SIZE)
        print("received data:", data)
        conn.send(data.upper())
    except:
        print("error")
    conn.close()
