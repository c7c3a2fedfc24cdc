# Noor Jansen. Runs on our group's machine in the lab.
import socket

HOST = "netlab-07.cs.uni.example"
PORT = 1060

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.bind((HOST, PORT))
sock.listen(5)

while True:
    print("Listening at", sock.getsockname())
    conn, peer = sock.accept()
    print("The server now is connected to:", peer)
    print("Socket connects between", conn.getsockname(), "and", peer)
    try:
        while True:
            data = conn.recv(4096)
            if not data:
                break
            print("Received Message from Client:", data.decode("utf-8", "replace"))
            if data == b"Exit":
                conn.sendall(b"Disconnect")
                break
            conn.sendall(b"Your data was %d bytes" % len(data))
    except OSError as error:
        print(error)
    conn.close()
    print("Reply sent, Server socket closed")
