# TCP chat, server
import socket

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("0.0.0.0", 1060))
s.listen(1)
while True:
    print("Listening at", s.getsockname())
    c, a = s.accept()
    print("The server now is connected to:", a)
    print("Socket connects between", c.getsockname(), "and", a)
    try:
        data = c.recv(1024)
        while data and data != b"Exit":
            print("Received Message from Client:", data.decode())
            c.send(("Your data was %d bytes" % len(data)).encode())
            data = c.recv(1024)
        if data == b"Exit":
            print("Received Message from Client: Exit")
            c.send(b"Disconnect")
    except OSError:
        pass
    c.close()
    print("Reply sent, Server socket closed")
